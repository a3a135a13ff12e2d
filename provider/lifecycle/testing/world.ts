import type { LyceumPort } from "../../lyceum/port";
import { createExecution } from "../create/create";
import type { RunContext } from "../process/context";
import { redactorFor } from "../process/known-secrets";
import { withRunErrors } from "../process/resource-error";
import { InitFailure } from "../run/errors";
import type { ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";
import { createRuntime } from "../runtime";
import { parseMap } from "./maps";
import { createMemoryBucket } from "./memory-bucket";
import { createModelService, modelError, unclearStart } from "./model-service";
import { memoryPorts } from "./projects";
import { createVirtualClock } from "./virtual-clock";

const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/lyceum:ComposeExecution::train";

/** What stays when a provider process ends. */
interface SharedWorld {
  readonly clock: ReturnType<typeof createVirtualClock>;
  readonly service: ReturnType<typeof createModelService>;
  /** By default, an empty bucket in memory. */
  readonly bucket?: ReturnType<typeof createMemoryBucket>;
  /** Whether the process has a terminal. By default, it has none. */
  readonly hasTerminal?: boolean;
  /** Makes the client of a process. By default, this is the client of the model service. */
  readonly open?: () => LyceumPort;
}

/**
 * Makes a lifecycle in virtual time with a model service. A second world with the same model service is a new process.
 */
export function createWorld(shared?: SharedWorld) {
  const clock = shared?.clock ?? createVirtualClock();
  const service = shared?.service ?? createModelService(clock);
  const bucket = shared?.bucket ?? createMemoryBucket();
  const reported: string[] = [];
  const engine = { alive: true };
  const note = (kind: string) => (_urn: string, message: string) => void reported.push(`${kind}: ${message}`);
  const runtime = createRuntime({
    clock,
    engine: {
      report: { progress: note("progress"), notice: note("notice"), warning: note("warning") },
      liveness: { isAlive: async () => engine.alive },
      flush: async () => undefined,
    },
    hasTerminal: shared?.hasTerminal ?? false,
    open: shared?.open ?? (() => service.client),
    openBucket: () => bucket.bucket,
    project: memoryPorts(),
  });
  const context: RunContext = {
    ...runtime.context(URN),
    redactorFor: (run) => redactorFor(someInputs(), run),
  };
  return { clock, service, bucket, context, reported, engine };
}

/** A world of the lifecycle's own tests. */
export type World = ReturnType<typeof createWorld>;

/** Returns the number of starts that were sent. */
export const startsOf = ({ service }: Pick<World, "service">): number =>
  service.calls.filter((call) => call.startsWith("start ")).length;

/** Returns the ids of the runs whose abort was sent, in order. */
export const abortsOf = ({ service }: Pick<World, "service">): string[] =>
  service.calls.flatMap((call) => (call.startsWith("abort ") ? [call.slice("abort ".length)] : []));

/** Makes the complete inputs of one execution. */
export function someInputs(overrides: Record<string, unknown> = {}) {
  return parseMap({
    $urn: URN,
    $scope: "scope-secret",
    composeFileCode: "services:\n  worker:\n    image: busybox\n",
    ...overrides,
  });
}

/** Makes a world with a run that an earlier command has started. The run completes after `endsAfter` seconds. */
export async function running(overrides: Record<string, unknown> = {}, endsAfter = 150) {
  const world = createWorld();
  world.service.behaviour.script = [
    { after: 1, status: "running" },
    { after: endsAfter, status: "completed", returnCode: 0 },
  ];
  const outputs = await createExecution(world.context, someInputs(overrides));
  return { ...world, outputs };
}

/**
 * Makes a world after a start that got no clear answer, and whose lookup failed. The result has the recorded outputs.
 *
 * @param exists whether the start made a run
 */
export async function afterUnclear(exists: boolean, more: Record<string, unknown> = {}) {
  const world = createWorld();
  const { behaviour } = world.service;
  behaviour.script = [{ after: 1, status: "running" }];
  behaviour.starts = [unclearStart(exists)];
  world.clock.at(0.5, () => {
    behaviour.failing = { listActive: modelError(500), history: modelError(500) };
  });
  const failure = await createExecution(world.context, someInputs({ waitFor: "running", ...more })).catch(
    (error: unknown) => error,
  );
  behaviour.failing = {};
  if (!(failure instanceof InitFailure)) throw new Error("the start was not recorded");
  const { id, outputs, reasons } = failure as InitFailure<ExecutionOutputs>;
  return { ...world, id, outputs, reasons, next: () => createWorld(world) };
}

/** Converts outputs to the form that a host passes to the lifecycle. */
export const recordedAs = (id: string, { resourceUrn, ...properties }: ExecutionOutputs) => ({
  id,
  urn: resourceUrn,
  properties,
});

/** A signal that never fires. */
export const NEVER = new AbortController().signal;

/**
 * Makes what a host of the provider (the plugin or the dynamic provider) passes to the lifecycle, with the given
 * context. `projects` is empty, because these tests read no files.
 */
export function runtimeOf(context: World["context"]) {
  return {
    client: () => context.client,
    context: () => context,
    processCache: context.processCache,
    engine: { report: context.report, liveness: context.engine, flush: async () => undefined },
    projects: {} as never,
    unusable: undefined,
    missing: undefined,
    writeReport: undefined,
  };
}

/** Creates an execution with `withRunErrors`, as the create of a host does. */
export function createdAsOperation(context: World["context"], inputs: ExecutionInputs): Promise<ExecutionOutputs> {
  const work = { complete: () => inputs, mayStart: true, work: createExecution };
  return withRunErrors(runtimeOf(context), inputs, NEVER, work);
}
