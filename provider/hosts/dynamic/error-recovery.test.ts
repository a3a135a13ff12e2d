import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LIFECYCLE_CATALOGUE, type LifecycleCode } from "../../lifecycle/run/error-catalogue";
import { DEVIATIONS } from "./testing/deviations";
import { createStack, type Declared, GOING, READS, type Stack, unclearStart } from "./testing/stack";

// Tests that a user can recover from every error. For each code, the test causes the error and then follows the
// documentation.

/** How a test causes an error in a stack, and how the stack recovers. */
interface Row {
  /** Executes commands until one of them fails with the code, and returns the errors of this command. */
  readonly into: (stack: Stack) => Promise<readonly string[]>;
  /** Does what the documentation advises, and ends with a `destroy`. Every command in this function has to succeed. */
  readonly out: (stack: Stack) => Promise<void>;
  readonly script?: Parameters<typeof createStack>[0];
}

const FAILING = [...GOING, { after: 5, status: "failed", returnCode: 3 }];

const COMPLETING = [...GOING, { after: 5, status: "completed", returnCode: 0 }];
const WITH_ARTIFACT = { waitFor: "completed", enableS3Mount: true, artifacts: { a: "out/a" } } as const;

async function failing(
  stack: Stack,
  kind: "up" | "refresh" | "destroy",
  declared?: Declared,
): Promise<readonly string[]> {
  return (await stack.run(kind, declared)).result.errors;
}

async function works(stack: Stack, kind: "up" | "refresh" | "destroy", declared?: Declared): Promise<void> {
  expect((await stack.run(kind, declared)).result).toEqual({ kind: "ok", errors: [] });
}

/**
 * The documented recovery from every error about a run that cannot be aborted: with `onDelete: "leave"`, the run
 * continues.
 */
const leave = (stack: Stack): Promise<void> => works(stack, "up", { onDelete: "leave" });

const rows: Readonly<Partial<Record<LifecycleCode, Row>>> = {
  LYC3001: {
    script: FAILING,
    into: (stack) => failing(stack, "up", { waitFor: "completed" }),
    out: async (stack) => {
      stack.service.behaviour.script = [...GOING, { after: 5, status: "completed", returnCode: 0 }];
      await works(stack, "up", { waitFor: "completed" });
    },
  },
  LYC3002: {
    script: [{ after: 200, status: "running" }],
    into: (stack) => failing(stack, "up"),
    out: (stack) => works(stack, "up"),
  },
  LYC3003: {
    into: async (stack) => {
      await works(stack, "up");
      stack.service.behaviour.forgotten.add("run-1");
      return failing(stack, "up", { waitFor: "completed" });
    },
    out: async (stack) => {
      stack.service.behaviour.script = [...GOING, { after: 5, status: "completed", returnCode: 0 }];
      await works(stack, "up", { waitFor: "completed", whenLost: "rerun" });
    },
  },
  LYC3004: {
    into: async (stack) => {
      stack.service.behaviour.hideFileNames = true;
      stack.service.behaviour.starts = [unclearStart()];
      return failing(stack, "up");
    },
    out: async (stack) => {
      stack.service.behaviour.hideFileNames = false;
      await works(stack, "up");
      expect(stack.service.runs).toHaveLength(1);
    },
  },
  LYC3005: {
    into: async (stack) => {
      await works(stack, "up");
      stack.service.behaviour.forgotten.add("run-1");
      return failing(stack, "destroy");
    },
    // After this sleep, the time limits of the run passed more than an hour ago, so a destroy counts the run as ended.
    out: (stack) => stack.clock.sleep(6000),
  },
  LYC3006: {
    into: async (stack) => {
      await works(stack, "up");
      move(stack, "https://gone.example/api/v2/external");
      return failing(stack, "destroy");
    },
    out: leave,
  },
  LYC3007: {
    into: async (stack) => {
      stack.clock.at(20, () => stack.http.deviate(READS, DEVIATIONS["401"]));
      return failing(stack, "up", { waitFor: "completed" });
    },
    out: async (stack) => {
      stack.http.deviate(READS, undefined);
      await works(stack, "up");
    },
  },
  LYC3009: {
    into: (stack) => failing(stack, "up", { existingExecutionId: "run-9" }),
    out: (stack) => works(stack, "up"),
  },
  LYC3011: {
    script: FAILING,
    into: async (stack) => {
      await failing(stack, "up", { waitFor: "completed", whenFailed: "fail" });
      return failing(stack, "up", { waitFor: "completed", whenFailed: "fail" });
    },
    out: (stack) => works(stack, "up", { waitFor: "completed", whenFailed: "keep" }),
  },
  LYC3023: {
    into: async (stack) => {
      await works(stack, "up");
      stack.service.behaviour.machines = ["gpu.l40s"];
      return failing(stack, "up", { machine: "gpu.a100" });
    },
    out: async (stack) => {
      // The wrong list has no effect here: no run is active, so the provider does not read the list.
      for (const run of stack.service.runs) stack.service.end(run, "aborted", 143);
      await works(stack, "refresh");
      await works(stack, "up", { machine: "gpu.a100" });
    },
  },
  LYC3016: {
    into: (stack) => {
      stack.http.deviate("history", DEVIATIONS["403"]);
      return failing(stack, "up", { whenUnverified: "fail" });
    },
    out: (stack) => works(stack, "up", { whenUnverified: "start" }),
  },
  LYC3017: {
    into: (stack) => {
      stack.http.deviate(READS, DEVIATIONS["403"]);
      return failing(stack, "up");
    },
    out: (stack) => works(stack, "up", { waitFor: "accepted" }),
  },
  LYC3018: {
    into: async (stack) => {
      await works(stack, "up");
      stack.http.deviate("abort", DEVIATIONS["403"]);
      return failing(stack, "destroy");
    },
    out: leave,
  },
  LYC3025: {
    into: async (stack) => {
      await works(stack, "up");
      for (const [name, entry] of stack.state.entries)
        stack.state.entries.set(name, { ...entry, outputs: { ...entry.outputs, filesPrefix: "p/runs/1-x/" } });
      stack.stored.uploads = { remove: () => Promise.reject(new Error("LYC6001: no bucket")) } as never;
      return failing(stack, "destroy");
    },
    out: leave,
  },
  LYC3026: {
    script: COMPLETING,
    into: (stack) => failing(stack, "up", WITH_ARTIFACT),
    out: async (stack) => {
      stack.bucket.stored.set("out/a", { key: "out/a", bytes: 1, etag: "e", modified: undefined });
      await works(stack, "up", WITH_ARTIFACT);
      expect(stack.service.runs).toHaveLength(1);
    },
  },
  LYC3027: {
    script: COMPLETING,
    into: (stack) => {
      stack.bucket.behaviour.failing = new Error("down");
      return failing(stack, "up", WITH_ARTIFACT);
    },
    out: async (stack) => {
      await works(stack, "up", { ...WITH_ARTIFACT, artifacts: {} });
      expect(stack.service.runs).toHaveLength(1);
    },
  },
  LYC3019: {
    into: async (stack) => {
      stack.clock.at(20, () => stack.http.deviate(READS, DEVIATIONS["403"]));
      return failing(stack, "up", { waitFor: "completed" });
    },
    out: (stack) => works(stack, "up", { waitFor: "accepted" }),
  },
};

/** The codes of warnings, and of errors that change no state. */
const NOTHING_RECORDED: readonly LifecycleCode[] = [
  "LYC3008",
  "LYC3010",
  "LYC3012",
  "LYC3013",
  "LYC3014",
  "LYC3015",
  "LYC3020",
  "LYC3024",
  "LYC3028",
];

/**
 * Codes that the dynamic host never reports. LYC3021 is about a cancel, and Pulumi does not notify this host of a
 * cancel. LYC3022 is about a replacement that creates first, and `ComposeExecution` always deletes first.
 */
const OF_OTHER_HOSTS: readonly LifecycleCode[] = ["LYC3021", "LYC3022"];

/** Records another base URL for the run, as if the configuration had changed since its start. */
function move({ state }: Stack, baseUrl: string): void {
  for (const [name, entry] of state.entries) {
    state.entries.set(name, { ...entry, outputs: { ...entry.outputs, baseUrl } });
  }
}

describe.each(Object.entries(rows))("the error %s", (code, { into, out, script = GOING }) => {
  test("has the remedy that its text names", async () => {
    const stack = createStack(script);
    expect((await into(stack)).join("\n")).toMatch(new RegExp(`^${code}: `));
    await out(stack);
    await works(stack, "destroy");
  });

  test("does not keep a run in the state that the program leaves alone", async () => {
    const stack = createStack(script);
    await into(stack);
    await stack.run("up", { onDelete: "leave", waitFor: "accepted", whenFailed: "keep" });
    await works(stack, "destroy");
  });
});

test("every error code of the lifecycle has a remedy, or records nothing", () => {
  const covered = [...Object.keys(rows), ...NOTHING_RECORDED, ...OF_OTHER_HOSTS].sort();
  expect(covered).toEqual(Object.keys(LIFECYCLE_CATALOGUE).sort());
});

test("no text asks for `pulumi state delete`", () => {
  const texts = [
    "docs/reference/errors.md",
    "docs/explanation/lifecycle.md",
    "README.md",
    "provider/lifecycle/run/error-catalogue.ts",
    "provider/lifecycle/run/errors.ts",
  ].map((path) => readFileSync(join(__dirname, "../../..", path), "utf8"));
  const asks = /state delete/;
  expect("If the run is surely gone: `pulumi state delete`.").toMatch(asks);
  for (const text of texts) expect(text).not.toMatch(asks);
});
