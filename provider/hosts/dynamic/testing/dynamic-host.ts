import { AsyncLocalStorage } from "node:async_hooks";
import {
  type ExecutionOutputs,
  InitFailure,
  type RecordedState,
  type ResourceInputs,
  type Runtime,
} from "../../../lifecycle";
import type { Host } from "../../../lifecycle/testing/model/engine";
import { isPlaceholder } from "../../../schema/run-id";
import * as host from "../execution";
import { EXECUTION_PROVIDER } from "../provider-code";
import { inputsOf, recordedOf, stateOf } from "../translation";

// The host gets its runtime from `../runtime`. This mock returns the runtime of the simulated process (`ModelProcess`)
// that calls the host. A test must import the host from this file, so that the host uses the mock.
jest.mock("../runtime", () => ({ ...jest.requireActual("../runtime"), runtime: runningRuntime }));

type Properties = Record<string, unknown>;

const running = new AsyncLocalStorage<Runtime>();

/** Returns the runtime of the process whose code is executed now. In these tests, `runtime()` returns this runtime. */
function runningRuntime(): Runtime {
  const found = running.getStore();
  if (found === undefined) throw new Error("no process of the model is running");
  return found;
}

/**
 * The real dynamic host, as a `Host` that the test engine of `lifecycle/testing/model` can call. The host receives the
 * inputs that Pulumi's engine would send.
 */
export const dynamicHost: Host = {
  async check(runtime, { oldInputs, news }) {
    const olds = oldInputs === undefined ? {} : sent(oldInputs);
    const { inputs, failures } = await running.run(runtime, () => host.check(olds, sent(news)));
    return { inputs: inputsOf(inputs), failures };
  },
  async diff(runtime, { state, news }) {
    const answer = await running.run(runtime, () => host.diff(state.id, recorded(state), sent(news)));
    if (answer.replaces !== undefined) return { kind: "replace" };
    return { kind: answer.changes ? "update" : "same" };
  },
  create: (runtime, { news }) =>
    settled(async () => {
      const { id, outs } = await running.run(runtime, () => host.create(sent(news)));
      if (id !== outs.executionId) throw new Error("BREACH: another id than the run's");
      return outs;
    }),
  update: (runtime, { state, news }) =>
    settled(async () => (await running.run(runtime, () => host.update(state.id, recorded(state), sent(news)))).outs),
  async read(runtime, state) {
    const { id, props } = await running.run(runtime, () => host.read(state.id, recorded(state)));
    const isOfRun = isPlaceholder(state.id) && id === props.executionId;
    if (id !== state.id && !isOfRun) throw new Error("BREACH: a read that answers another id");
    return outputsOf(props);
  },
  delete: (runtime, state) => running.run(runtime, () => host.delete(state.id, recorded(state))),
};

function sent(inputs: ResourceInputs): Properties {
  return recordedOf(inputs, { __provider: EXECUTION_PROVIDER });
}

function recorded({ urn, properties }: RecordedState): Properties {
  return { ...properties, __resourceUrn: urn };
}

async function settled(work: () => Promise<Properties>): Promise<ExecutionOutputs> {
  try {
    return outputsOf(await work());
  } catch (error) {
    const {
      id,
      properties = {},
      reasons = [],
    } = error as { id?: unknown; properties?: Properties; reasons?: string[] };
    if (typeof id !== "string") throw error;
    if (properties.__provider !== EXECUTION_PROVIDER) throw new Error("BREACH: no __provider in the properties");
    throw new InitFailure(id, outputsOf(properties), reasons as [string, ...string[]]);
  }
}

/**
 * Converts outputs of the dynamic host to the form that the test engine stores. Throws if an output is undefined,
 * because Pulumi's engine cannot store it.
 */
function outputsOf(properties: Properties): ExecutionOutputs {
  if (Object.values(properties).some((value) => value === undefined)) {
    throw new Error("BREACH: an answer holds undefined, which the engine cannot store");
  }
  const { urn, properties: outputs } = stateOf("", properties);
  const { __provider: _code, ...rest } = outputs;
  return { ...rest, resourceUrn: urn } as unknown as ExecutionOutputs;
}
