import type { ExecutionSummary } from "../../lyceum/port";
import { createExecution } from "../create/create";
import { formatFileName, formatStartKey, type StartKey } from "../run/identity/start-key";
import { recordedRun } from "../testing/maps";
import { modelError, unclearStart } from "../testing/model-service";
import { abortsOf, createWorld, someInputs } from "../testing/world";
import { reportOn } from "../watch/ports";
import { createDuplicateWatch, decideDuplicate } from "./duplicate-runs";

const key: StartKey = {
  scope: "ssssss",
  resource: "rrrrrrr",
  inputs: "iiiiiii",
  attempt: 2,
  onDelete: "abort",
  tag: "sent",
};

test.each<[string, string, Partial<StartKey>, boolean, "end" | "report" | "leave"]>([
  ["a start of this process, again", "running", {}, false, "end"],
  ["the same, which was to be left alone", "running", { onDelete: "leave" }, false, "end"],
  ["the same, which this process knows", "running", {}, true, "leave"],
  ["the same, which has ended", "completed", {}, false, "leave"],
  ["the same, which is being stopped", "cancelling", {}, false, "leave"],
  ["another command's start of the same attempt", "running", { tag: "else" }, false, "report"],
  ["another attempt", "running", { attempt: 1, inputs: "ooooooo", tag: "else" }, false, "report"],
  ["one whose name was cut", "running", { tag: "" }, false, "report"],
  ["another command's, which was to be left alone", "running", { tag: "else", onDelete: "leave" }, false, "leave"],
])("a run in the list that may be a second run: %s", (_name, status, parts, isKnown, expected) => {
  const { tag = "", ...rest } = { ...key, ...parts };
  const found: StartKey = tag === "" ? rest : { ...rest, tag };
  const run: ExecutionSummary = { executionId: "late", status, fileName: formatFileName(found, "label") };
  const sent = [formatStartKey(key), formatStartKey({ ...key, onDelete: "leave" })];
  const cache = { isKnown: () => isKnown, hasSent: (startKey: string) => sent.includes(startKey) };
  expect(decideDuplicate(run, found, cache)).toBe(expected);
});

/**
 * Makes a world in which the first start gets no answer and the second start makes a run. Later, the delayed first
 * start makes a run too.
 */
function heldStart() {
  const world = createWorld();
  const { service, clock } = world;
  service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 30, status: "completed", returnCode: 0 },
  ];
  // The lookup needs 30 s to prove that the first start made no run.
  service.behaviour.starts = [{ ...unclearStart(true), commitAfter: 35 }];
  return { ...world, clock };
}

const CREATED_LATER = "A start that got no clear answer has created run";

test("a start that a service carried out late is aborted in the tick that shows it, and reported", async () => {
  const { context, service, reported } = heldStart();
  const outputs = await createExecution(context, someInputs({ waitFor: "completed" }));
  expect(outputs).toMatchObject({ executionId: "run-1", status: "completed" });
  expect(abortsOf({ service })).toEqual(["run-2"]);
  expect(reported.join()).toContain(`${CREATED_LATER} run-2 (pending) later; it was aborted and has ended.`);
});

test("a create that ends in the meantime waits until the late start is aborted and reported", async () => {
  const { context, service, reported } = heldStart();
  // Run 1 ends in the tick that shows run 2, whose abort takes longer.
  service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 5, status: "completed", returnCode: 0 },
  ];
  await createExecution(context, someInputs({ waitFor: "completed" }));
  expect(service.calls.indexOf("abort run-2")).toBeLessThan(service.calls.indexOf("record run-1"));
  expect(reported.at(-1)).toContain("run-2 (pending) later; it was aborted and has ended.");
});

test("a late start is also aborted while the command waits for another resource", async () => {
  const { context, service, reported, clock } = heldStart();
  const other = someInputs({ $urn: "urn:pulumi:dev::shop::t::other", waitFor: "completed" });
  const own = await createExecution(context, someInputs({ waitFor: "accepted" }));
  await createExecution(context, other);
  expect(own.executionId).toBe("run-1");
  expect(abortsOf({ service })).toHaveLength(1);
  expect(service.runs.find(({ executionId }) => executionId === abortsOf({ service })[0])?.request.file_name).toMatch(
    new RegExp(`^${own.startKey.slice(0, 24)}.{4}-train$`),
  );
  expect(reported.join()).toContain(CREATED_LATER);
  expect(clock.now()).toBeGreaterThan(0);
});

test("a run that another command has started for the resource is reported once, and goes on", async () => {
  const world = createWorld();
  const { service, clock } = world;
  service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 30, status: "completed", returnCode: 0 },
  ];
  clock.at(5, () => {
    const [first] = service.runs;
    const { file_name: name = "" } = first?.request ?? {};
    void service.client.start({ compose_file_code: "", file_name: `${name.slice(0, 24)}held${name.slice(28)}` });
  });
  await createExecution(world.context, someInputs({ waitFor: "completed" }));
  expect(abortsOf(world)).toEqual([]);
  expect(world.reported.filter((line) => line.includes("pulumi-lyceum abort run-2"))).toHaveLength(1);
});

test("a run that another command has started is reported on the row of its own resource", () => {
  const { context } = createWorld();
  const duplicates = createDuplicateWatch();
  const rows: string[] = [];
  const note = (urn: string) => void rows.push(urn);
  const shows: ((active: readonly ExecutionSummary[]) => void)[] = [];
  const poller: typeof context.poller = {
    ...context.poller,
    onList: (see) => {
      shows.push(see);
      return () => undefined;
    },
  };
  for (const resource of ["rrrrrr1", "rrrrrr2"]) {
    const report = reportOn(resource, { progress: note, notice: note, warning: note });
    const own = recordedRun("r1", { startKey: formatStartKey({ ...key, resource }) });
    duplicates.guard({ ...context, poller, report }, own, { begunAt: 0, at: 1 });
  }
  for (const resource of ["rrrrrr2", "unknown", "rrrrrr1"]) {
    const fileName = formatFileName({ ...key, resource, tag: "else" }, "label");
    for (const show of shows) show([{ executionId: `late-${resource}`, status: "running", fileName }]);
  }
  expect([shows.length, rows]).toEqual([1, ["rrrrrr2", "rrrrrr1"]]);
});

test("the second run of a start that a proxy has repeated is aborted", async () => {
  const world = createWorld();
  const { service, clock } = world;
  service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 30, status: "completed", returnCode: 0 },
  ];
  clock.at(0.2, () => {
    const [first] = service.runs;
    if (first !== undefined) void service.client.start(first.request);
  });
  const outputs = await createExecution(world.context, someInputs({ waitFor: "completed" }));
  expect(outputs).toMatchObject({ executionId: "run-1", status: "completed" });
  expect(abortsOf(world)).toEqual(["run-2"]);
  expect(world.reported.join()).toMatch(/has repeated a start, which created run run-2 \(\w+\), too; it was aborted/);
});

test("the provider of a killed command aborts nothing", async () => {
  const { context, service, engine, clock } = heldStart();
  clock.at(33, () => {
    engine.alive = false;
  });
  await createExecution(context, someInputs({ waitFor: "completed" }));
  expect(abortsOf({ service })).toEqual([]);
});

/** Answers every request that can show a run with this status. */
const refuseReads = (status: number) => {
  const error = modelError(status);
  return { failing: { listActive: error, history: error, record: error, olderStatus: error } };
};
const hidden = {
  script: [{ after: 20, status: "failed", returnCode: 1 }],
  failing: { ...refuseReads(403).failing, listActive: undefined, abort: modelError(503) },
};

test.each([
  ["the credential is refused", 36, refuseReads(401), "it could not be aborted (model 401)", 36],
  ["no request shows it any more", 36, refuseReads(403), "it was aborted, but Lyceum has not reported its end", 36],
  ["its end is not reported in time", 34, { abortWorks: false }, "Lyceum has not reported its end", 35 + 120 + 60],
  ["the list no longer shows it", 34, hidden, "it was aborted and has ended", 165],
])("a second run is reported in good time if %s", async (_, at, behaviour, result, seconds) => {
  const { context, service, clock } = heldStart();
  service.behaviour.script = [{ after: 1, status: "running" }];
  const begunAt = clock.now();
  const lines: [string, number][] = [];
  const note = (text: string) => void lines.push([text, (clock.now() - begunAt) / 1000]);
  clock.at(at, () => Object.assign(service.behaviour, behaviour));
  const inputs = someInputs({ waitFor: "completed", gracefulTimeout: 120 });
  await createExecution({ ...context, report: { ...context.report, notice: note, warning: note } }, inputs).catch(
    () => undefined,
  );
  const [text, reportedAt = 0] = lines.find(([line]) => line.includes("created run run-2")) ?? [];
  expect(text).toContain(result);
  expect(Math.abs(reportedAt - seconds)).toBeLessThanOrEqual(1);
});

test.each([
  ["Lyceum refuses its abort", { failing: { abort: modelError(403) } }, "it could not be aborted (", "run `npx"],
  ["its end is not reported", { abortWorks: false }, "it was aborted, but Lyceum has not reported its end", "run `npx"],
  [
    "its abort gets no answer",
    { failing: { abort: modelError(503) }, abortWorks: false },
    "its abort got no clear",
    "run",
  ],
])("a second run is reported with the next command for the user if %s", async (_, behaviour, problem, command) => {
  const { context, service, reported, clock } = heldStart();
  service.behaviour.script = [{ after: 1, status: "running" }];
  clock.at(34, () => Object.assign(service.behaviour, behaviour));
  const begunAt = clock.now();
  await createExecution(context, someInputs({ waitFor: "completed", clocks: { total: 60 } })).catch(() => undefined);
  const line = reported.find((text) => text.includes("created run run-2"));
  expect(line).toContain(problem);
  expect(line).toContain(command);
  expect((clock.now() - begunAt) / 1000).toBeLessThan(65);
});
