/**
 * Connects Pulumi's dynamic provider to the lifecycle of an execution: converts the requests and the answers, and does
 * nothing else. The states of all `lyceum:ComposeExecution` resources name this module. So the package must always
 * export this module as `pulumi-lyceum/dynamic`.
 */
import * as resource from "../../lifecycle";
import { resourceError } from "../../lifecycle";
import { withViolations } from "../../policy/declared";
import { unreviewedEnd, withUnreviewed } from "../../policy/reviewed";
import { configureRuntime, runtime, type StackConfiguration } from "./runtime";
import { answerOf, initFailureOf, inputsOf, type Properties, plainJson, recordedOf, stateOf } from "./translation";

interface DiffAnswer {
  readonly changes: boolean;
  readonly replaces?: string[];
  readonly deleteBeforeReplace?: boolean;
}

/** Pulumi's host of dynamic providers does not notify a provider of a cancel, so this signal never fires. */
const NEVER = new AbortController().signal;

/** Stores the stack's configuration. Never throws, because Pulumi would use the provider even after an error. */
export function configure(request: { readonly config: StackConfiguration }): void {
  configureRuntime(request.config);
}

export async function check(
  olds: Properties,
  news: Properties,
): Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }> {
  return forUser(async () => {
    const oldInputs = Object.keys(olds).length === 0 ? undefined : inputsOf(olds);
    const { inputs, failures } = await resource.check(runtime(), { oldInputs, news: inputsOf(news) });
    const checked = { urn: inputs.urn, values: inputs.values, isNew: oldInputs === undefined };
    return {
      inputs: plainJson(recordedOf(inputs, news)),
      failures: [...withUnreviewed(withViolations(failures, inputs.values, inputs.urn), checked)],
    };
  });
}

export async function diff(id: string, olds: Properties, news: Properties): Promise<DiffAnswer> {
  return forUser(async () => {
    const { kind } = await resource.diff(runtime(), { state: stateOf(id, olds), news: inputsOf(news) });
    if (kind !== "replace") return { changes: kind === "update" };
    return { changes: true, replaces: ["executionId"], deleteBeforeReplace: true };
  });
}

export async function create(news: Properties): Promise<{ id: string; outs: Properties }> {
  return settled(news, () => resource.create(runtime(), { news: inputsOf(news), signal: NEVER }));
}

export async function update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }> {
  return settled(news, () =>
    resource.update(runtime(), { state: stateOf(id, olds), news: inputsOf(news), signal: NEVER }),
  );
}

export async function read(id: string, props: Properties): Promise<{ id: string; props: Properties }> {
  return forUser(async () => {
    const outputs = await resource.read(runtime(), { state: stateOf(id, props), signal: NEVER });
    return { id: resource.resourceId(outputs), props: answerOf(outputs, props) };
  });
}

async function deleteRecorded(id: string, props: Properties): Promise<void> {
  return forUser(() => {
    const refused = unreviewedEnd(id, String(props.executionId));
    if (refused !== undefined) throw new resource.ResourceError(refused.code, refused.message, refused.message);
    return resource.deleteResource(runtime(), { state: stateOf(id, props), signal: NEVER });
  });
}

export { deleteRecorded as delete };

async function settled(
  news: Properties,
  work: () => Promise<resource.ExecutionOutputs>,
): Promise<{ id: string; outs: Properties }> {
  try {
    const outputs = await work();
    return { id: outputs.executionId, outs: answerOf(outputs, inputsOf(news).values) };
  } catch (error) {
    throw error instanceof resource.InitFailure ? initFailureOf(error, news) : userError(error);
  }
}

/**
 * Makes an error whose message the engine shows on the row of the resource. For check, diff, read and delete, the host
 * also prints `toString()` and `stack` of the error on the row of the stack. To repeat nothing there, these have only
 * the code and a reference to the row of the resource.
 */
export function userError(error: unknown): Error {
  const { code, message, trace } = resourceError(error);
  const shown = new Error(message);
  if (process.env.LYCEUM_DEBUG) {
    shown.stack = trace;
    return shown;
  }
  shown.stack = "see the row of the resource";
  shown.toString = () => code;
  return shown;
}

/** Answers a call of the host. If the call fails, throws an error for the user. */
export async function forUser<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw userError(error);
  }
}
