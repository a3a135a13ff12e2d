import { rememberRefusals } from "../../lyceum/remember-refusals";
import type { LifecycleContext } from "../context";
import { createDriftLook } from "../drift";
import { createStrayWatch } from "../duplicate-runs";
import type { ExecutionInputs } from "../inputs";
import { parseInputs } from "../parse-inputs";
import { createPoller } from "../poller";
import { createMemory } from "../process-cache";
import { createSharedLook } from "../shared-snapshot";
import { given } from "./inputs";
import { createModelService } from "./model-service";
import { createVirtualClock } from "./virtual-clock";

/** What outlives a provider process. */
interface SharedWorld {
  readonly clock: ReturnType<typeof createVirtualClock>;
  readonly service: ReturnType<typeof createModelService>;
}

/** A lifecycle in virtual time against a model service. A new process is a new world around the same service. */
export function createWorld(shared?: SharedWorld) {
  const clock = shared?.clock ?? createVirtualClock();
  const service = shared?.service ?? createModelService(clock);
  const said: string[] = [];
  const engine = { alive: true };
  const { client, refused } = rememberRefusals(service.client);
  const context: LifecycleContext = {
    client,
    refused,
    poller: createPoller(client, clock),
    sharedLook: createSharedLook(client, clock),
    drift: createDriftLook(() => client, clock),
    memory: createMemory(),
    strays: createStrayWatch(),
    clock,
    report: {
      progress: (_urn, message) => said.push(`progress: ${message}`),
      notice: (_urn, message) => said.push(`notice: ${message}`),
      warning: (_urn, message) => said.push(`warning: ${message}`),
    },
    engine: { isAlive: async () => engine.alive },
  };
  return { clock, service, context, said, engine };
}

/** Inputs of one execution, complete. */
export function someInputs(overrides: Record<string, unknown> = {}): ExecutionInputs {
  return parseInputs(
    given({
      $urn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/lyceum:ComposeExecution::train",
      $scope: "scope-secret",
      composeFileCode: "services:\n  worker:\n    image: busybox\n",
      ...overrides,
    }),
  );
}
