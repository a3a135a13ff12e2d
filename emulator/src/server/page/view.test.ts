import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulatedEngine } from "../../engines/simulated";
import { accepted } from "../../executions/execution";
import { ExecutionStore } from "../../executions/execution-store";
import { hideNothing } from "../../executions/hidden-secrets";
import type { Fault, InjectedFault } from "../../faults/fault";
import { InjectedFaults } from "../../faults/injected-faults";
import { ManualClock } from "../../testing/manual-clock";
import { RequestLog } from "../request-log";
import { PAGE_LIMITS } from "./texts";
import { pageView } from "./view";

let folder: string;
let store: ExecutionStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "view-"));
  store = new ExecutionStore(join(folder, "journal"), { log: () => undefined });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const [faults, requests] = [new InjectedFaults(), new RequestLog()];
function view(asked: { readonly run?: string; readonly from?: number } = {}) {
  const clock = new ManualClock(9_000);
  const state = { store, clock, engine: createSimulatedEngine(clock), faults, requests, hideSecrets: hideNothing };
  const filter = { search: "", status: "", service: "" };
  return pageView(state, { run: asked.run, from: asked.from ?? 0, filter, host: "h:1" }, ["ping"]);
}

/** Stores a run with this number of lines and errors. */
function start(lines: number, errors = 0) {
  const fields = { executionId: "local-1", sequence: 1, fileName: "name", machine: "cpu", at: 1_000 };
  const run = store.start({}, () => accepted(fields));
  for (let at = 0; at < lines; at++) {
    store.addLine(run, { service: "app", stream: "stdout", message: String(at), timestamp: "2030-01-01" });
  }
  const all = (word: string) => Array.from({ length: errors }, (_, at) => `${word} ${at}`);
  store.update(run, { ...run.execution, errors: all("error"), dockerErrors: all("of Docker") });
}

test.each([
  ["all lines, if they are not too many", PAGE_LIMITS.lines, 0, PAGE_LIMITS.lines, 0, 1],
  ["the first and the last of more lines", PAGE_LIMITS.lines + 1, 0, PAGE_LIMITS.lines, 0, 1],
  ["the last of many new lines", PAGE_LIMITS.lines + 6, 5, PAGE_LIMITS.lines, 6, 7],
  ["the new lines", 10, 8, 2, 8, 9],
])("the page gets %s", (_what, count, from, shown, first, second) => {
  start(count);
  const indexes = view({ run: "local-1", from }).run?.lines.map(({ index }) => index) ?? [];
  expect([indexes.length, indexes[0], indexes[1], indexes.at(-1)]).toEqual([shown, first, second, count - 1]);
  if (from === 0) expect(indexes[PAGE_LIMITS.firstLines]).toBe(PAGE_LIMITS.firstLines + count - shown);
});

test("the page gets the first errors of a run, those of Docker last, and nothing of an unknown run", () => {
  start(0, PAGE_LIMITS.errors - 1);
  const errors = view({ run: "local-1" }).run?.errors ?? [];
  expect([errors.length, errors[0], errors.at(-1)]).toEqual([PAGE_LIMITS.errors, "error 0", "of Docker 0"]);
  expect(view({ run: "local-1" }).run?.timeline).toEqual([{ status: "pending", at: "1970-01-01T00:00:01.000Z" }]);
  expect([view({ run: "local-2" }).run, Object.keys(view()).includes("run")]).toEqual([null, false]);
});

test("the page shows the emulator, and its newest requests first", () => {
  for (let at = 0; at < PAGE_LIMITS.requests + 2; at++) {
    const path = `/api/v2/external/${at}`;
    requests.add({ at: "", operation: null, method: "GET", path, query: {}, headers: {}, authorized: true });
  }
  const shown = view();
  expect(shown).toMatchObject({ engine: "simulated", now: "1970-01-01T00:00:09.000Z", operations: ["ping"] });
  expect(shown.baseUrl).toBe("http://h:1/api/v2/external");
  expect(shown.requests.map(({ path }) => path)).toEqual(
    Array.from({ length: PAGE_LIMITS.requests }, (_, at) => `/${PAGE_LIMITS.requests + 1 - at}`),
  );
  expect(shown.requests[0]).toMatchObject({ status: null, fault: null });
});

test.each<[Fault, string]>([
  [{ kind: "status", status: 503, commit: "before" }, "status 503 (effect: before)"],
  [{ kind: "delay", seconds: 7, commit: "never" }, "delay 7 s (effect: never)"],
  [{ kind: "hold", commit: "after" }, "hold (effect: after)"],
  [{ kind: "reset", commit: "never" }, "reset (effect: never)"],
  [{ kind: "lagging-list", seconds: 5 }, "lagging-list 5 s"],
  [{ kind: "short-pages", entries: 2 }, "short-pages 2"],
  [{ kind: "forget" }, "forget"],
  [{ kind: "id-forms" }, "id-forms"],
  [{ kind: "reshape", empty: true }, "reshape"],
])("the page shows the injected fault %p as %s", (fault, what) => {
  faults.remove();
  faults.add({ operation: "*", match: {}, after: 0, times: 1, fault });
  expect(view().faults).toMatchObject({ total: 1, shown: [{ what, match: "", matched: 0, fired: 0, holding: 0 }] });
});

test.each<[InjectedFault["match"], string]>([
  [{ executionId: "local-1" }, "run local-1"],
  [{ fileNamePrefix: "a" }, "file names that begin with a"],
  [{ executionId: "local-1", fileNamePrefix: "a" }, "run local-1, file names that begin with a"],
])("the page shows which runs an injected fault is about: %p", (match, about) => {
  faults.remove();
  for (let count = 0; count <= PAGE_LIMITS.faults; count++) {
    faults.add({ operation: "*", match, after: 0, times: "always", fault: { kind: "forget" } });
  }
  const { total, shown } = view().faults;
  expect([total, shown.length, shown[0]?.match]).toEqual([PAGE_LIMITS.faults + 1, PAGE_LIMITS.faults, about]);
});
