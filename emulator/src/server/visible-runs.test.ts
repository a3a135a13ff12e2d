import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accepted } from "../executions/execution";
import { ExecutionStore } from "../executions/execution-store";
import type { ActiveView } from "../faults/decide";
import { VisibleRuns } from "./visible-runs";

let folder: string;
let store: ExecutionStore;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "visible-"));
  store = new ExecutionStore(join(folder, "journal"), { log: () => undefined });
  for (const [at, id] of ["local-a", "local-b", "local-c"].entries()) {
    store.start({}, (sequence) =>
      accepted({ executionId: id, sequence, fileName: id, machine: "cpu", at: 1_000 * (at + 1) }),
    );
  }
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const view = (fault: ActiveView["fault"], match: ActiveView["match"] = {}): ActiveView => ({
  id: "fault-1",
  match,
  fault,
});
const lag = view({ kind: "lagging-list", seconds: 2 });
const forgetB = view({ kind: "forget" }, { executionId: "local-b" });

test.each<[string, readonly ActiveView[], readonly string[]]>([
  ["without a fault, all runs", [], ["a", "b", "c"]],
  ["with a lag of two seconds, runs of two seconds and more", [lag], ["a"]],
  ["with a lag of other runs, all runs", [{ ...lag, match: { executionId: "local-b" } }], ["a", "c"]],
  ["with a forgotten run, the others", [forgetB], ["a", "c"]],
  ["with both, the runs that neither hides", [forgetB, { ...lag, match: { executionId: "local-a" } }], ["a", "c"]],
  ["with forms of ids, all runs", [view({ kind: "id-forms" })], ["a", "b", "c"]],
])("the list shows %s", (_what, views, expected) => {
  const visible = new VisibleRuns(store, views, 3_000);
  const ids = expected.map((name) => `local-${name}`);
  expect(visible.active().map(({ executionId }) => executionId)).toEqual(ids);
  expect(visible.history().map(({ executionId }) => executionId)).toEqual([...ids].reverse());
});

test.each<[string, readonly ActiveView[], boolean, boolean]>([
  ["without a fault", [], true, false],
  ["that a fault forgets", [forgetB], false, true],
  ["of which only the list is late", [lag], true, false],
  ["when a fault forgets another one", [view({ kind: "forget" }, { executionId: "local-a" })], true, false],
])("a run %s", (_what, views, isFound, isForgotten) => {
  const visible = new VisibleRuns(store, views, 3_000);
  expect([visible.find("local-b") !== undefined, visible.isForgotten("local-b")]).toEqual([isFound, isForgotten]);
  expect([visible.find("local-z"), visible.isForgotten("local-z")]).toEqual([undefined, false]);
});

test("other forms of an id are known only with a fault", () => {
  const forms = ["local-b", "LOCAL-B", "exec-Local-b", "local-z"];
  const of = (views: readonly ActiveView[]) => forms.map((form) => new VisibleRuns(store, views, 0).idOf(form));
  expect(of([])).toEqual(forms);
  expect(of([view({ kind: "id-forms" })])).toEqual(["local-b", "local-b", "local-b", "local-z"]);
});
