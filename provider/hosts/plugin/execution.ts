import type {
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as resource from "../../resource";
import type { CheckFailure } from "../../schema";
import { detailedDiff } from "./detailed-diff";
import { badRequest, failureOf } from "./failures";
import { previewOutputs, updatedOutputs } from "./preview-outputs";
import { answerOf, inputsOf, recordedInputsOf, recordedOf, stateOf } from "./translation";

/** What the operations of a resource need of the plugin's process. */
export interface ProcessContext {
  readonly runtime: resource.Runtime;
  readonly scope: string;
  /** Runs that create has started or adopted in this process, each with its resource's URN. */
  readonly created: Map<string, string>;
  /** Notes a run that was started under another scope. */
  readonly moved: (executionId: string) => void;
  /** Fires when the engine cancels. */
  readonly signal: AbortSignal;
}

/** Check of a ComposeExecution. */
export async function check(
  { runtime, scope }: ProcessContext,
  request: messages.CheckRequest,
): Promise<messages.CheckResponse> {
  const oldInputs = recordedInputsOf(request.getOlds());
  const given = inputsOf(request.getNews(), { urn: request.getUrn(), scope }, oldInputs);
  const news = { ...given, program: programOf(given) };
  const { inputs, failures } = await resource.check(runtime, { oldInputs, news });
  const response = new messages.CheckResponse();
  response.setInputs(recordedOf(inputs));
  response.setFailuresList(failures.map(checkFailure));
  return response;
}

/** A reason why inputs are refused, by the property that it is shown on. */
export function checkFailure({ property, reason }: CheckFailure): messages.CheckFailure {
  const failure = new messages.CheckFailure();
  failure.setProperty(property);
  failure.setReason(reason);
  return failure;
}

/** The engine starts the plugin in the program's directory, with the environment of the command; one that it attaches to has its own. */
function programOf({ values }: resource.ResourceInputs): unknown {
  if (values.composeFile === undefined) return undefined;
  const names = Array.isArray(values.inheritEnvironment) ? values.inheritEnvironment : [];
  const environment = names.flatMap((name) => {
    const value = typeof name === "string" ? process.env[name] : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return { directory: process.cwd(), environment: Object.fromEntries(environment) };
}

/** Diff of a ComposeExecution. */
export async function diff(
  { runtime, scope, moved }: ProcessContext,
  request: DiffRequest,
): Promise<messages.DiffResponse> {
  const urn = request.getUrn();
  const oldInputs = recordedInputsOf(request.getOldInputs());
  const news = inputsOf(request.getNews(), { urn, scope }, oldInputs);
  if (news.scope !== scope) noteMoved(moved, request.getId());
  const answer = await resource.diff(runtime, {
    state: stateOf(request.getId(), urn, request.getOlds()),
    oldInputs,
    news: withIgnoredFiles(news, oldInputs, request.getIgnorechangesList()),
  });
  return detailedDiff(answer);
}

/** Notes a run for the deletion of the dynamic scope, which would abort it otherwise. */
function noteMoved(moved: ProcessContext["moved"], id: string): void {
  try {
    moved(id);
  } catch (error) {
    throw badRequest(
      `LYC4021: The plugin cannot note that it manages run ${id} now (${resource.messageOf(error)}), so the stack is not moved. Set TMPDIR to a folder that can be written.`,
    );
  }
}

/**
 * The resource option `ignoreChanges` of `composeFile`: the engine puts the recorded path in place of the program's, and check has
 * read what the files there hold now. That is ignored with the path.
 */
function withIgnoredFiles(
  news: resource.ResourceInputs,
  olds: resource.ResourceInputs | undefined,
  ignored: readonly string[],
): resource.ResourceInputs {
  const isIgnored = ignored.some((path) => path === "*" || /^composeFile($|\[)/.test(path));
  if (!isIgnored || olds?.values.compose === undefined || news.values.compose === undefined) return news;
  return { ...news, projectRecord: olds.projectRecord, values: { ...news.values, compose: olds.values.compose } };
}

/** Create of a ComposeExecution; at preview nothing is started. */
export async function create(
  { runtime, scope, created, signal }: ProcessContext,
  request: CreateRequest,
): Promise<messages.CreateResponse> {
  const given = inputsOf(request.getProperties(), { urn: request.getUrn(), scope }, undefined);
  const response = new messages.CreateResponse();
  if (request.getPreview()) {
    response.setProperties(previewOutputs(given));
    return response;
  }
  const news = withTimeout(given, "create", request.getTimeout());
  // A run whose wait failed is this resource's, too.
  const note = (id: string) => created.set(id, request.getUrn());
  const outputs = await withInputs(given, () =>
    resource.create(runtime, { news, signal }).catch((error: unknown) => {
      if (error instanceof resource.InitFailure) note(error.id);
      throw error;
    }),
  );
  note(outputs.executionId);
  response.setId(outputs.executionId);
  response.setProperties(answerOf(outputs, given));
  return response;
}

/** Update of a ComposeExecution; at preview nothing is sent. */
export async function update(
  { runtime, scope, signal }: ProcessContext,
  request: UpdateRequest,
): Promise<messages.UpdateResponse> {
  const urn = request.getUrn();
  const given = inputsOf(request.getNews(), { urn, scope }, recordedInputsOf(request.getOldInputs()));
  const response = new messages.UpdateResponse();
  if (request.getPreview()) {
    response.setProperties(updatedOutputs(request.getOlds()));
    return response;
  }
  const state = stateOf(request.getId(), urn, request.getOlds());
  const news = withTimeout(given, "update", request.getTimeout());
  const outputs = await withInputs(given, () => resource.update(runtime, { state, news, signal }));
  response.setProperties(answerOf(outputs, given));
  return response;
}

/** Read of a ComposeExecution: a refresh, or a program or `pulumi import` that names a run by its id. */
export async function read(
  { runtime, scope, signal }: ProcessContext,
  request: ReadRequest,
): Promise<messages.ReadResponse> {
  const [id, urn] = [request.getId(), request.getUrn()];
  const response = new messages.ReadResponse();
  const inputs = request.getInputs();
  if (isEmpty(request.getProperties())) {
    const imported = importedInputs(id, urn, scope);
    const outputs = await resource.read(runtime, { state: { id, urn, properties: {} }, signal });
    response.setId(outputs.executionId);
    response.setProperties(answerOf({ ...outputs, adopted: true, onDelete: "leave" }, imported));
    response.setInputs(recordedOf(imported));
    return response;
  }
  const outputs = await resource.read(runtime, { state: stateOf(id, urn, request.getProperties()), signal });
  response.setId(outputs.executionId);
  response.setProperties(answerOf(outputs, recordedInputsOf(inputs), request.getProperties()));
  response.setInputs(inputs);
  return response;
}

/**
 * The inputs of a run that is imported, or read by its id. Lyceum returns neither the Compose text nor how the run was started, so
 * it is an existing run that the resource manages; deleting the resource leaves it.
 */
function importedInputs(id: string, urn: string, scope: string): resource.ResourceInputs {
  return { urn, scope, values: { existingExecutionId: id, onDelete: "leave" } };
}

/** Delete of a ComposeExecution. */
export async function deleteRecorded(
  { runtime, created, signal }: ProcessContext,
  request: DeleteRequest,
): Promise<void> {
  if (created.get(request.getId()) === request.getUrn()) {
    // The engine created first: `--replace`, a taint, or deleteBeforeReplace: false.
    runtime.engine.report.warning(
      request.getUrn(),
      `Run ${request.getId()} is not aborted, because its replacement adopted it; nothing new was started. To start a new run, set the resource option deleteBeforeReplace: true and run the command again.`,
    );
    await runtime.engine.flush();
    return;
  }
  const recorded = stateOf(request.getId(), request.getUrn(), request.getProperties());
  const seconds = request.getTimeout();
  const state = seconds > 0 ? { ...recorded, properties: { ...recorded.properties, deleteClock: seconds } } : recorded;
  await resource.deleteResource(runtime, { state, signal, endsAbandonedRuns: true });
}

/** The outputs of a run that is not in its desired state are recorded, too: which of them are secret, the inputs say. */
async function withInputs<T>(inputs: resource.ResourceInputs, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failureOf(error, inputs);
  }
}

/** The resource option `customTimeouts`: a plugin is given the one of the operation, in seconds, or 0. */
function withTimeout(
  inputs: resource.ResourceInputs,
  operation: "create" | "update",
  seconds: number,
): resource.ResourceInputs {
  return seconds > 0 ? { ...inputs, timeouts: { [operation]: seconds } } : inputs;
}

function isEmpty(properties: Struct | undefined): boolean {
  return properties === undefined || properties.getFieldsMap().getLength() === 0;
}
