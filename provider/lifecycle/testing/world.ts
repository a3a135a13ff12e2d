import { rememberRefusals } from "../../lyceum/http/remember-refusals";
import type { ExecutionInputs } from "../check/inputs";
import { parseInputs } from "../check/parse-inputs";
import { createDuplicateWatch } from "../create/duplicate-runs";
import { createSharedSnapshot } from "../create/shared-snapshot";
import { createDriftCheck } from "../diff/drift";
import type { LifecycleContext } from "../process/context";
import { createProcessCache } from "../process/process-cache";
import { sharedAnswer } from "../process/runtime";
import { createOutputReaders } from "../wait/latest-output";
import { createPoller } from "../wait/poller";
import { createProgress } from "../wait/progress";
import { inputsOf } from "./inputs";
import { createModelService } from "./model-service";
import { createVirtualClock } from "./virtual-clock";

/** What outlives a provider process. */
interface SharedWorld {
  readonly clock: ReturnType<typeof createVirtualClock>;
  readonly service: ReturnType<typeof createModelService>;
  /** Default: none. */
  readonly hasTerminal?: boolean;
}

/** A lifecycle in virtual time against a model service. A new process is a new world around the same service. */
export function createWorld(shared?: SharedWorld) {
  const clock = shared?.clock ?? createVirtualClock();
  const service = shared?.service ?? createModelService(clock);
  const reported: string[] = [];
  const engine = { alive: true };
  const { client, refused } = rememberRefusals(service.client);
  const report = {
    progress: (_urn: string, message: string) => reported.push(`progress: ${message}`),
    notice: (_urn: string, message: string) => reported.push(`notice: ${message}`),
    warning: (_urn: string, message: string) => reported.push(`warning: ${message}`),
  };
  const context: LifecycleContext = {
    client,
    refused,
    poller: createPoller(client, clock),
    machines: () => client.machinesOfAccount(),
    sharedSnapshot: createSharedSnapshot(client, clock),
    refresh: client,
    sharedList: sharedAnswer(clock, 2000, () => client.listActive()),
    drift: createDriftCheck(() => client, clock),
    processCache: createProcessCache(),
    duplicates: createDuplicateWatch(),
    clock,
    report,
    progress: createProgress(report, clock, shared?.hasTerminal ?? false),
    latestOutput: createOutputReaders(() => client, clock),
    engine: { isAlive: async () => engine.alive },
    isReserved: (text) => text.startsWith("reserved"),
  };
  return { clock, service, context, reported, engine };
}

/** Inputs of one execution, complete. */
export function someInputs(overrides: Record<string, unknown> = {}): ExecutionInputs {
  return parseInputs(
    inputsOf({
      $urn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/lyceum:ComposeExecution::train",
      $scope: "scope-secret",
      composeFileCode: "services:\n  worker:\n    image: busybox\n",
      ...overrides,
    }),
  );
}
