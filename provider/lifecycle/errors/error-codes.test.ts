import { createExecution, rehearseCreate } from "../create/create";
import { deleteExecution } from "../delete/delete";
import type { ExecutionOutputs } from "../state/record";
import { inputsOf } from "../testing/maps";
import { modelError } from "../testing/model-service";
import { memoryProjects } from "../testing/projects";
import { createWorld, someInputs } from "../testing/world";
import { updateExecution } from "../update/update";
import { LIFECYCLE_CATALOGUE, type LifecycleCode } from "./error-catalogue";
import { InitFailure, lifecycleErrors } from "./errors";

/**
 * How the lifecycle comes to fail, and what the message asks a person to do. Another code does not compile without a
 * row.
 */
interface Row {
  readonly fails: () => Promise<unknown>;
  /** Default: the catalogue's own. */
  readonly next?: string;
}

type World = ReturnType<typeof createWorld>;

/** Creates an execution in a world that `alter` has bent. */
function creating(alter: (world: World) => void, inputs: Record<string, unknown> = {}): Promise<unknown> {
  const world = createWorld();
  alter(world);
  return createExecution(world.context, someInputs({ waitFor: "completed", ...inputs }));
}

/** A run that goes on, and the world it is in. */
async function going(): Promise<World & { readonly outputs: ExecutionOutputs }> {
  const world = createWorld();
  world.service.behaviour.script = [{ after: 1, status: "running" }];
  return { ...world, outputs: await createExecution(world.context, someInputs()) };
}

const unclear = (commit: boolean): World["service"]["behaviour"]["starts"][number] => ({
  commit,
  outcome: (error) => ({ kind: "unknown", error }),
});

const rows: Readonly<Record<LifecycleCode, Row>> = {
  LYC3001: {
    fails: () =>
      creating(({ service }) => {
        service.behaviour.script = [{ after: 1, status: "failed", returnCode: 3 }];
      }),
    next: "The next `pulumi up` starts a new run.",
  },
  LYC3002: { fails: () => creating(() => undefined, { clocks: { total: 5 } }) },
  LYC3003: {
    fails: () => creating(({ clock, service }) => clock.at(4, () => service.behaviour.forgotten.add("run-1"))),
  },
  LYC3004: {
    fails: () =>
      creating(({ service }) => {
        service.behaviour.hideFileNames = true;
        service.behaviour.starts = [unclear(true)];
      }),
  },
  LYC3005: {
    fails: async () => {
      const { context, outputs, service } = await going();
      service.behaviour.abortWorks = false;
      return deleteExecution(context, outputs);
    },
  },
  LYC3006: {
    fails: async () => {
      const { context, outputs } = await going();
      return deleteExecution(context, { ...outputs, baseUrl: "https://elsewhere.example/api/v2/external" });
    },
  },
  LYC3007: {
    fails: () =>
      creating(({ clock, service }) =>
        clock.at(4, () => {
          const failing = ["listActive", "record", "olderStatus"].map((call) => [call, modelError(401)]);
          service.behaviour.failing = Object.fromEntries(failing);
        }),
      ),
  },
  LYC3008: {
    fails: () =>
      creating(({ engine }) => {
        engine.alive = false;
      }),
  },
  LYC3009: { fails: () => creating(() => undefined, { existingExecutionId: "run-9" }) },
  LYC3010: {
    fails: () => {
      const { context } = createWorld();
      const poller = { ...context.poller, watch: () => Promise.reject(new TypeError("something unforeseen.")) };
      return createExecution({ ...context, poller }, someInputs());
    },
  },
  LYC3011: {
    fails: async () => {
      const { context, outputs } = await going();
      return updateExecution(context, { ...outputs, status: "failed" }, someInputs({ whenFailed: "fail" }));
    },
    next: 'Change `triggers` to start a new run, or set `whenFailed` to "rerun" or "keep".',
  },
  LYC3012: {
    fails: () =>
      creating(({ service }) => {
        service.behaviour.starts = Array.from({ length: 4 }, () => unclear(false));
      }),
  },
  LYC3013: {
    fails: () => {
      const { context, service } = createWorld();
      service.behaviour.hangs = true;
      return createExecution(context, someInputs({ clocks: { total: 5 } }));
    },
  },
  LYC3014: {
    fails: async () => {
      const news = {
        composeFile: "compose.yaml",
        compose: { services: {} },
        $record: { digest: "d", settings: "s", files: {} },
      };
      return memoryProjects().complete(inputsOf(news), someInputs(news));
    },
  },
  LYC3015: {
    // A warning and not a failure: the start goes on.
    fails: async () => {
      const world = createWorld();
      world.service.behaviour.failing = { listActive: modelError(403) };
      await createExecution(world.context, someInputs());
      throw new Error(world.reported.find((line) => line.startsWith("warning: "))?.slice("warning: ".length));
    },
  },
  LYC3016: {
    fails: () =>
      creating(
        ({ service }) => {
          service.behaviour.failing = { history: modelError(403) };
        },
        { whenUnverified: "fail" },
      ),
  },
  LYC3017: {
    fails: () =>
      creating(({ service }) => {
        const failing = ["listActive", "record", "olderStatus"].map((call) => [call, modelError(403)]);
        service.behaviour.failing = Object.fromEntries(failing);
      }),
  },
  LYC3018: {
    fails: async () => {
      const { context, outputs, service } = await going();
      service.behaviour.failing = { abort: modelError(405) };
      return deleteExecution(context, outputs);
    },
    next: "ComposeExecution::train'`, then repeat the command: the run is not aborted.",
  },
  LYC3019: {
    fails: () =>
      creating(({ clock, service }) =>
        clock.at(4, () => {
          const failing = ["listActive", "record", "olderStatus", "history"].map((call) => [call, modelError(403)]);
          service.behaviour.failing = Object.fromEntries(failing);
        }),
      ),
  },
  LYC3020: {
    fails: () => creating(() => undefined, { $scope: undefined }),
    next: ", or run `pulumi up` once without `--target`.",
  },
  LYC3021: {
    fails: async () => {
      const { context } = await going();
      return createExecution(context, someInputs({ waitFor: "completed" }), { signal: AbortSignal.abort() });
    },
  },
  // The engine asks for it in an order that a scenario shows: tests/scenarios/twins.
  LYC3022: { fails: () => Promise.reject(lifecycleErrors.replacedByItself("run-1")) },
  LYC3023: {
    fails: async () => {
      const { context, outputs, service } = await going();
      service.behaviour.machines = ["gpu.l40s"];
      return rehearseCreate(context, someInputs({ executionType: "gpu.a100" }), outputs);
    },
    next: "run `npx pulumi-lyceum abort run-1` and `pulumi up --refresh`",
  },
};

/** What the engine shows of a failure. */
async function shownBy(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof InitFailure ? (error.reasons[0] ?? "") : ((error as Error | undefined)?.message ?? "");
}

test.each(Object.entries(rows))("%s comes about, and says what to do next", async (code, { fails, next }) => {
  const shown = await shownBy(fails());
  expect(shown).toMatch(new RegExp(`^${code}: `));
  expect(shown).toContain(next ?? LIFECYCLE_CATALOGUE[code as LifecycleCode].remedy);
});
