import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createExecution } from "../create/create";
import { createWorld, someInputs } from "../testing/world";
import { ARGUMENT_ERROR, LIFECYCLE_CATALOGUE } from "./error-catalogue";
import { ago, type CancelledAbort, lifecycleErrors, messageOf } from "./errors";

const page = readFileSync(join(__dirname, "../../../docs/reference/errors.md"), "utf8");

test.each([...Object.entries(LIFECYCLE_CATALOGUE), [ARGUMENT_ERROR.code, ARGUMENT_ERROR] as const])(
  "%s is in the guide, with its title and its remedy",
  (code, { title, remedy }) => {
    expect(page).toContain(`### ${code}: ${title}\n`);
    expect(page).toContain(remedy);
  },
);

test("each code of this module in the guide exists", () => {
  const named = [...page.matchAll(/\bLYC3\d{3}\b/g)].map(([code]) => code);
  expect(named.filter((code) => code !== "LYC3999" && !Object.hasOwn(LIFECYCLE_CATALOGUE, code))).toEqual([]);
});

test.each([
  ["status", "The run continues and its id is saved."],
  ["missing", "Lyceum now answers 404 for it, so its current status is unknown. Its id is saved."],
  ["unreachable", "Lyceum has not shown it since, so its current status is unknown. Its id is saved."],
] as const)("a clock that runs out claims no more of the run than was seen: %s", (latest, claim) => {
  const run = { id: "run-7", clock: "queue", clockSeconds: 5, status: "pending", statusAge: 1000, latest } as const;
  expect(lifecycleErrors.deadline(run).message).toContain(`Its last status was pending, 1 s ago. ${claim}`);
});

test("the provider names at most five runs that may come from a start", () => {
  const message = (possible: readonly string[]) =>
    lifecycleErrors.unknownStart({ key: "k", cause: "c", possible }).message;
  expect(message([])).not.toContain("Since the start");
  expect(message(["r1", "r2", "r3", "r4", "r5", "r6"])).toContain(
    "Lyceum shows r1, r2, r3, r4, r5, which may be this run.",
  );
});

test.each([
  ["all missing files", ["a"], ["b", "c"], "have a (artifacts.a). The bucket has b, c."],
  ["a bucket without files", ["a", "b"], [], "have a (artifacts.a), b (artifacts.b). The bucket has no files."],
  [
    "at most five missing files",
    ["a", "b", "c", "d", "e", "f", "g"],
    ["h"],
    "d (artifacts.d), e (artifacts.e) and 2 more. The bucket has h.",
  ],
])("the error of a run without its artifacts names %s", (_what, names, others, text) => {
  const missing = names.map((name) => ({ name, key: name }));
  expect(lifecycleErrors.noArtifact("r1", missing, others).message).toContain(text);
});

test.each([
  ["earlier", "before the run started"],
  ["later", "long after the run ended"],
] as const)("an artifact from an %s time is from %s", (by, text) => {
  const file = { name: "model", key: "a", modified: "2026-03-01T00:00:00Z" };
  expect(lifecycleErrors.otherArtifact("r1", file, by).message).toContain(`2026-03-01T00:00:00Z, ${text}`);
});

test("a run without a proved end stays until its time limits have passed, if they are known", () => {
  const message = (endsBy?: number) => lifecycleErrors.unprovenDelete("r1", "running", "u", endsBy).message;
  expect(message()).toContain("To remove it from the state now");
  expect(message(0)).toContain("From 1970-01-01T00:00:00.000Z on, a destroy treats it as ended");
});

test.each([
  ["not sent", "", "The run continues and its id is saved.", false],
  ["ended", "", "It has ended, and its id is saved.", false],
  ["noted", "", "Its abort was sent and its id is saved.", true],
  ["unanswered", "", "Its abort was sent, but Lyceum has not answered it yet.", true],
  ["unclear", "503", "Its abort got no clear answer (503), so the run may continue.", false],
  ["missing", "404", "Its abort got no clear answer (404), so the run may continue.", false],
  ["refused", "403", "It was not aborted (403), so the run continues.", false],
  ["unsent", "401", "It was not aborted (401), so the run continues.", false],
] as const)("a cancelled wait whose abort is %s %s claims: %s", (kind, answered, claim, isAborted) => {
  const abort = { kind, answered } as CancelledAbort;
  const { message } = lifecycleErrors.cancelledWait({
    id: "r1",
    status: "running",
    statusAge: 0,
    latest: "status",
    abort,
  });
  expect(message).toContain(claim);
  expect(message.includes("`whenAborted` decides what the next `up` does")).toBe(isAborted);
});

test("the error of a cancelled read names the run, if the read is about a run", () => {
  expect(lifecycleErrors.cancelledRead("r1").message).toContain("read run r1. Its state does not change.");
  expect(lifecycleErrors.cancelledRead(undefined).message).toContain("asked Lyceum. Nothing was changed.");
});

test("the message of a value that is not an error is its text", () => {
  expect([messageOf(new Error("e")), messageOf("text")]).toEqual(["e", "text"]);
});

test("a lookup that gets no answer ends with the total clock, and nothing is started", async () => {
  const { context, service } = createWorld();
  service.behaviour.hangs = true;
  await expect(createExecution(context, someInputs({ clocks: { total: 5 } }))).rejects.toThrow(/^LYC3013: .*\(5 s\)/);
  expect(service.runs).toEqual([]);
});

test.each([
  [-5, "0 s ago"],
  [40_000, "40 s ago"],
  [119_000, "119 s ago"],
  [120_000, "2 min ago"],
  [180_000, "3 min ago"],
  [7_140_000, "119 min ago"],
  [7_200_000, "2 h ago"],
  [7_300_000, "2 h ago"],
])("%d ms is shown as %s", (milliseconds, text) => expect(ago(milliseconds)).toBe(text));

test("the error of a machine that Lyceum does not list names at most 20 machines", () => {
  const names = Array.from({ length: 21 }, (_none, index) => `gpu.m${index + 1}`);
  const message = messageOf(lifecycleErrors.noMachine("run-1", "gpu.x", names));
  expect(message).toContain("gpu.m20)");
  expect(message).not.toContain("gpu.m21");
});
