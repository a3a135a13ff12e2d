import * as grpc from "@grpc/grpc-js";
import type {
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN_MARKER } from "../../../compose";
import type { DiffAnswer, ResourceInputs } from "../../lifecycle";
import * as resource from "../../lifecycle";
import { withViolations } from "../../policy/declared";
import { unreviewedEnd, withUnreviewed } from "../../policy/reviewed";
import { argumentOutputs, type CheckFailure, PUBLIC_OUTPUTS, SECRET_OUTPUTS } from "../../schema";
import { Failure, failureOf } from "./failures";
import { answerOf, inputsOf, recordedInputsOf, recordedOf, secretOutputs, stateOf } from "./translation";
import { received, sent } from "./wire-values";

/** What operations on a resource need from the plugin's process. */
export interface ProcessContext {
  readonly runtime: resource.Runtime;
  readonly scope: string;
  /** Fires when the engine cancels the command. */
  readonly signal: AbortSignal;
}

/** Answers the engine's Check request for a ComposeExecution resource. */
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
  const checked = { urn: request.getUrn(), values: inputs.values, isNew: oldInputs === undefined };
  const violations = withViolations(failures, inputs.values, inputs.urn);
  response.setFailuresList(withUnreviewed(violations, checked).map(checkFailure));
  return response;
}

/** Converts an error about an input to the engine's form. */
export function checkFailure({ property, reason }: CheckFailure): messages.CheckFailure {
  const failure = new messages.CheckFailure();
  failure.setProperty(property);
  failure.setReason(reason);
  return failure;
}

/**
 * Returns the folder and the environment variables with which the project of `composeFile` is read: the program's
 * folder, and the variables that `inheritEnvironment` names. Takes both from this process, because the engine starts
 * the plugin in the program's folder and environment. They may be wrong if a debugger has started the plugin.
 */
function programOf({ values }: resource.ResourceInputs): unknown {
  if (values.composeFile === undefined) return undefined;
  const names = Array.isArray(values.inheritEnvironment) ? values.inheritEnvironment : [];
  const environment = names.flatMap((name) => {
    const value = typeof name === "string" ? process.env[name] : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return { directory: process.cwd(), environment: Object.fromEntries(environment) };
}

/** Answers Diff for a ComposeExecution. */
export async function diff({ runtime, scope }: ProcessContext, request: DiffRequest): Promise<messages.DiffResponse> {
  const urn = request.getUrn();
  const oldInputs = recordedInputsOf(request.getOldInputs());
  const news = inputsOf(request.getNews(), { urn, scope }, oldInputs);
  const answer = await resource.diff(runtime, {
    state: stateOf(request.getId(), urn, request.getOlds()),
    oldInputs,
    news: withIgnoredFiles(news, oldInputs, request.getIgnorechangesList()),
  });
  return detailedDiff(answer);
}

/**
 * Applies the resource option `ignoreChanges` to `composeFile`. The engine replaces the program's path by the recorded
 * path, but check has already read the current files. So this function also puts back the recorded content of the
 * files.
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

/** Answers the engine's Create request for a ComposeExecution resource. A preview starts nothing. */
export async function create(
  { runtime, scope, signal }: ProcessContext,
  request: CreateRequest,
): Promise<messages.CreateResponse> {
  const given = inputsOf(request.getProperties(), { urn: request.getUrn(), scope }, undefined);
  const response = new messages.CreateResponse();
  if (request.getPreview()) {
    response.setProperties(previewOutputs(given));
    return response;
  }
  const news = withTimeout(given, "create", request.getTimeout());
  const outputs = await withInputs(given, () => resource.create(runtime, { news, signal }));
  response.setId(outputs.executionId);
  response.setProperties(answerOf(outputs, given));
  return response;
}

/** Answers Update for a ComposeExecution. A preview sends no request. */
export async function update(
  { runtime, scope, signal }: ProcessContext,
  request: UpdateRequest,
): Promise<messages.UpdateResponse> {
  const urn = request.getUrn();
  const given = inputsOf(request.getNews(), { urn, scope }, recordedInputsOf(request.getOldInputs()));
  const response = new messages.UpdateResponse();
  if (request.getPreview()) {
    response.setProperties(updatedOutputs(request.getOlds(), given));
    return response;
  }
  const state = stateOf(request.getId(), urn, request.getOlds());
  const news = withTimeout(given, "update", request.getTimeout());
  const outputs = await withInputs(given, () => resource.update(runtime, { state, news, signal }));
  response.setProperties(answerOf(outputs, given));
  return response;
}

/**
 * Answers the engine's Read request for a ComposeExecution resource: in a refresh, or if a program or `pulumi import`
 * names a run by its id.
 */
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
  response.setId(resource.resourceId(outputs));
  response.setProperties(answerOf(outputs, recordedInputsOf(inputs), request.getProperties()));
  response.setInputs(inputs);
  return response;
}

/**
 * Returns the inputs of a run that is imported or read by its id. They name the run by its id, because Lyceum returns
 * neither the Compose text nor the arguments of the start. With `onDelete: "leave"`, a deletion of the resource does
 * not abort the run.
 */
function importedInputs(id: string, urn: string, scope: string): resource.ResourceInputs {
  return { urn, scope, values: { existingExecutionId: id, onDelete: "leave" } };
}

/** Answers the engine's Delete request for a ComposeExecution resource. */
export async function deleteRecorded({ runtime, signal }: ProcessContext, request: DeleteRequest): Promise<void> {
  const recorded = stateOf(request.getId(), request.getUrn(), request.getProperties());
  const refused = unreviewedEnd(recorded.id, String(recorded.properties.executionId));
  if (refused !== undefined) throw new Failure(grpc.status.FAILED_PRECONDITION, refused.message);
  const seconds = request.getTimeout();
  const state = seconds > 0 ? { ...recorded, properties: { ...recorded.properties, deleteClock: seconds } } : recorded;
  await resource.deleteResource(runtime, { state, signal, stateUrn: request.getUrn(), reportsAbandonedRuns: true });
}

/** Executes an operation. Converts its error to the engine's form, in which the values of secret inputs are secret. */
async function withInputs<T>(inputs: resource.ResourceInputs, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failureOf(error, inputs);
  }
}

/**
 * Adds the resource option `customTimeouts` to the inputs. A plugin receives only the seconds for the current
 * operation. 0 means no limit.
 */
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

const { Kind } = messages.PropertyDiff;
const KINDS = {
  add: { changes: Kind.ADD, replaces: Kind.ADD_REPLACE },
  delete: { changes: Kind.DELETE, replaces: Kind.DELETE_REPLACE },
  update: { changes: Kind.UPDATE, replaces: Kind.UPDATE_REPLACE },
} as const;

/**
 * Converts a decision to the engine's form, property by property. Asks the engine to delete the old resource before it
 * creates the new one, because nobody wants to pay for two runs at once (`decisions/0003-delete-first.md`).
 */
export function detailedDiff({ kind, changed }: DiffAnswer): messages.DiffResponse {
  const response = new messages.DiffResponse();
  if (kind === "same") {
    response.setChanges(messages.DiffResponse.DiffChanges.DIFF_NONE);
    return response;
  }
  response.setChanges(messages.DiffResponse.DiffChanges.DIFF_SOME);
  response.setDeletebeforereplace(true);
  // If only the run itself causes an update, the program has changed no property, and the answer names no property. If
  // the answer named a property, `replaceOnChanges: ["*"]` would make the engine replace a run whose wait was
  // interrupted, instead of resuming the wait.
  const shown = kind === "replace" ? changed : changed.filter(({ of }) => of === "inputs");
  response.setHasdetaileddiff(shown.length > 0);
  for (const { path, kind: how, replaces, of } of shown) {
    const property = new messages.PropertyDiff();
    property.setKind(KINDS[how][replaces ? "replaces" : "changes"]);
    property.setInputdiff(of === "inputs");
    response.getDetaileddiffMap().set(path, property);
    response.addDiffs(rootOf(path));
    if (replaces) response.addReplaces(rootOf(path));
  }
  return response;
}

function rootOf(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}

/**
 * The only outputs in `PUBLIC_OUTPUTS` that a preview of a start shows: each has the value of the argument of the same
 * name. The preview shows all others as unknown.
 */
const FROM_INPUTS: readonly string[] = ["timeout", "gracefulTimeout", "executionType", "onDelete"];

/** Outputs that an update may change, because an update waits for the run or reads the run again. */
const READ_AGAIN = [
  "status",
  "returnCode",
  "startedAt",
  "endedAt",
  "durationSeconds",
  "failedService",
  "services",
  "cost",
  "results",
];

/**
 * Returns the outputs that a preview shows for an update. After a start without a clear answer, most outputs are
 * unknown. If the program declares artifacts, the output `artifacts` is unknown.
 */
export function updatedOutputs(recorded: Struct | undefined, inputs: ResourceInputs): Struct {
  const { values, secretPaths } = received(recorded);
  const secret = [...secretPaths, ...secretOutputs(inputs).map((name) => [name])];
  const { onDelete = values.onDelete, deleteRecord } = inputs.values;
  const known = {
    ...values,
    ...argumentOutputs(inputs.values),
    onDelete,
    deleteRecord: deleteRecord === true ? true : undefined,
  };
  if (values.executionId === "") {
    const changing = PUBLIC_OUTPUTS.filter((name) => !FROM_INPUTS.includes(name));
    return sent({ ...known, ...Object.fromEntries(changing.map((name) => [name, UNKNOWN_MARKER])) }, secret);
  }
  // `createdAt` changes only once: when Lyceum first reports it.
  const names = values.createdAt === undefined ? [...READ_AGAIN, "createdAt"] : READ_AGAIN;
  const changing = inputs.values.artifacts === undefined ? names : [...names, "artifacts"];
  return sent({ ...known, ...Object.fromEntries(changing.map((name) => [name, UNKNOWN_MARKER])) }, secret);
}

/** Returns the outputs that a preview shows for a start. */
export function previewOutputs(inputs: ResourceInputs): Struct {
  const { values } = inputs;
  const outputs = PUBLIC_OUTPUTS.map((name) => [name, FROM_INPUTS.includes(name) ? values[name] : UNKNOWN_MARKER]);
  const secret = [...SECRET_OUTPUTS, ...secretOutputs(inputs)].map((name) => [name]);
  return sent({ ...argumentOutputs(values), ...Object.fromEntries(outputs) }, secret);
}
