import type { Fault } from "../../harness/emulator/control";
import { abortsIn, startsIn } from "../../harness/golden/counts";
import { AT_ONCE, beginUp, type Declared, declare, latest, MANY, starts, untilAll } from "../../harness/many";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import type { RunningStep, StepResult } from "../../harness/step";
import { waitUntil } from "../../harness/wait";

/** What happens to the abort of each execution. */
type Aborts = Readonly<Record<string, Fault["fault"]>>;

const answered = (status: number, more: object = {}): Fault["fault"] => ({ kind: "status", status, ...more });

/** A run that does not end by itself. A different `text` is a different Compose document. */
const scriptOf = (text: number) => ({ start: 0, run: 600 + text });

/** Declares an execution for each name, and then some others. */
function declareAll(
  scenario: Scenario,
  names: readonly string[],
  text: number,
  more: Declared,
  others: Readonly<Record<string, Declared>> = {},
): void {
  const one: Declared = { ...more, script: { ...scriptOf(text), ...more.script } };
  declare(scenario, { ...Object.fromEntries(names.map((name) => [name, one])), ...others });
}

/** Injects the faults into the aborts of the latest runs. Returns the fault's id for each name. */
async function inject(
  scenario: Scenario,
  aborts: Aborts,
  times: 1 | "always" = 1,
): Promise<Readonly<Record<string, string>>> {
  const ids: Record<string, string> = {};
  for (const [name, fault] of Object.entries(aborts)) {
    const { executionId } = await latest(scenario, name);
    const match = { executionId };
    ids[name] = await scenario.control.fault({
      operation: "abortWorkload",
      match,
      fault,
      times,
    });
  }
  return ids;
}

async function untilAborted(scenario: Scenario, count: number): Promise<void> {
  const aborted = async () => (await scenario.runs()).filter(({ status }) => status === "aborted").length;
  await waitUntil(`${count} aborted runs`, async () => (await aborted()) === count);
}

const carriedOut: Aborts = {
  "held-and-late": { kind: "hold", commit: "after" },
  "never-answered": { kind: "hold", commit: "before" },
  "answered-404": answered(404, { commit: "before" }),
  "answered-409": answered(409, { commit: "before" }),
  "answered-503-first": answered(503, { commit: "after" }),
  cut: { kind: "reset", commit: "before" },
  // This is the only abort that is not carried out. It is sent again.
  "cut-and-lost": { kind: "reset", commit: "never" },
};

testScenario(
  "if the service carries out an abort, a replacement and a destroy succeed, whatever the answer is",
  { folder: __dirname, hosts: ONE_HOST, waits: true, ...MANY },
  async (scenario) => {
    const names = Object.keys(carriedOut);
    // Each run takes seconds to stop, so it would still be stopping at the time of a second abort.
    const slow: Declared = { script: { stopTakes: 6 }, gracefulTimeout: 60 };

    /** Runs a command that aborts all runs. One of the aborts is only carried out after all other runs have ended. */
    async function abortingAll(begin: () => RunningStep, abortedBefore: number) {
      const faults = await inject(scenario, carriedOut);
      const step = begin();
      await untilAborted(scenario, abortedBefore + names.length - 1);
      await scenario.control.release(faults["held-and-late"] ?? "");
      const { output, requests } = await step.ended();
      expect(abortsIn(requests)).toBe(names.length + 1);
      expect(output).not.toMatch(/cancelled|LYC\d/);
      await scenario.control.clearFaults();
      return requests;
    }

    declareAll(scenario, names, 0, slow);
    await beginUp(scenario, "one of each").ended();

    declareAll(scenario, names, 1, slow);
    const replaced = await abortingAll(() => beginUp(scenario, "a changed text replaces each run"), 0);
    expect(startsIn(replaced)).toBe(names.length);
    const runs = await scenario.runs();
    expect(runs.map(({ status }) => status).sort()).toEqual([
      ...names.map(() => "aborted"),
      ...names.map(() => "running"),
    ]);

    const destroy = ["destroy", "--yes", "--skip-preview", ...AT_ONCE];
    await abortingAll(
      () => scenario.beginStep("destroy aborts each run", destroy, { requests: "at once" }),
      names.length,
    );
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(runs.map(() => "aborted"));
  },
);

/** Because of this header, the abort is sent only once within the delete clock. */
const headers = { "retry-after": "300" };

/** The aborts, and the code of the error after each. */
const ignored: Readonly<Record<string, readonly [code: string, fault: Fault["fault"]]>> = {
  "never-answered": ["LYC3005", { kind: "hold", commit: "never" }],
  // The abort is carried out after the command has failed.
  late: ["LYC3005", { kind: "hold", commit: "after" }],
  "answered-200": ["LYC3005", answered(200, { body: {} })],
  "answered-409": ["LYC3005", answered(409, { headers })],
  "answered-503": ["LYC3005", answered(503, { headers })],
  "answered-403": ["LYC3018", answered(403)],
  "answered-404": ["LYC3018", answered(404, { headers })],
};

testScenario(
  "if the service does not carry out an abort, a destroy and an up stop, the run stays, and the next destroy aborts it",
  { folder: __dirname, variant: "ignored", waits: true, ...MANY },
  async (scenario) => {
    const names = Object.keys(ignored);
    const bounded: Declared = { clocks: { delete: 4 } };
    declareAll(scenario, names, 0, bounded);
    await beginUp(scenario, "one of each").ended();
    await inject(scenario, Object.fromEntries(names.map((name) => [name, ignored[name]?.[1]])) as Aborts, "always");
    const ids = (await scenario.runs()).map(({ executionId }) => executionId);

    const destroyed = await scenario.destroy("destroy ends none", { fails: true, requests: "at once" }, ...AT_ONCE);
    expect(abortsIn(destroyed.requests)).toBe(names.length);
    for (const name of names) await expectError(destroyed, name);
    // The resources are changed one at a time: with --continue-on-error, Pulumi's `up` hangs after the delete of a
    // replacement has failed (https://github.com/pulumi/pulumi/issues/16373).
    for (const name of ["answered-403", "answered-409"]) {
      const others = names.filter((other) => other !== name);
      // This resource is registered last, so that the totals contain all others.
      const changed: Declared = { ...bounded, script: scriptOf(1), after: others };
      declareAll(scenario, others, 0, bounded, { [name]: changed });
      const stopped = await scenario.up(`${name}: a changed text does not replace the run`, { fails: true });
      expect([abortsIn(stopped.requests), startsIn(stopped.requests)]).toEqual([1, 0]);
      await expectError(stopped, name);
    }
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(ids.map(() => "running"));
    for (const name of names) expect(ids).toContain((await scenario.resource(name)).id);

    await scenario.control.clearFaults();
    await untilAll(scenario, ["late"], "aborted");
    await scenario.destroy("the service answers again: destroy ends all runs", { requests: "at once" });
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(ids.map(() => "aborted"));
    expect(await starts(scenario)).toEqual(Object.fromEntries(names.map((name) => [name, 1])));

    async function expectError({ output }: StepResult, name: string): Promise<void> {
      const { executionId } = await latest(scenario, name);
      const line = output.split("\n").find((text) => text.includes("error: LYC") && text.includes(executionId));
      expect([name, line]).toEqual([name, expect.stringContaining(`error: ${ignored[name]?.[0]}: `)]);
      expect(output).not.toMatch(/cancelled|LYC1206/);
    }
  },
);
