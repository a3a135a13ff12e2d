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
import * as resource from "../../files/resource";
import { FILES_OUTPUT_NAMES, type Properties } from "../../schema";
import { failureReason, fileError, fileFailures } from "../stored-files";
import { checkFailure, type ProcessContext } from "./execution";
import { failureOf, partialFailure } from "./failures";
import { received, sent } from "./wire-values";

/** What the operations on stored files need from the plugin's process. */
export interface FilesContext extends ProcessContext {
  readonly ports: resource.FilesPorts;
}

/** Inputs that only the dynamic host has. When a stack moves to the plugin, the plugin drops them. */
const OF_DYNAMIC_HOST = ["__provider", "__resourceUrn", "__scope", "__folder"];

interface Values {
  readonly values: Properties;
  /** Names of properties that are secret or have a secret part. */
  readonly secrets: readonly string[];
}

function valuesOf(properties: Struct | undefined): Values {
  const { values, secretPaths } = received(properties);
  const kept = Object.entries(values).filter(([name]) => !OF_DYNAMIC_HOST.includes(name));
  return { values: Object.fromEntries(kept), secrets: secretPaths.flatMap(([name]) => name ?? []) };
}

/**
 * Properties that become secret if the argument `prefix` or `source` is secret. They contain the prefix of the keys, or
 * the name of the file that `source` names.
 */
const WITH_PATHS = ["mountPath", "__files", "__stored"];

/**
 * Converts properties to the engine's form. If `prefix` or `source` is secret, the properties in `WITH_PATHS` are
 * secret, too.
 */
function structOf(values: Properties, secrets: readonly string[]): Struct {
  const names = secrets.includes("prefix") || secrets.includes("source") ? [...secrets, ...WITH_PATHS] : secrets;
  return sent(
    values,
    names.map((name) => [name]),
  );
}

/** Answers the engine's Check request for a StoredFiles resource. */
export async function check({ ports }: FilesContext, request: messages.CheckRequest): Promise<messages.CheckResponse> {
  return forEngine(async () => {
    const { values, secrets } = valuesOf(request.getNews());
    const checked = await resource.checkFiles(ports, {
      urn: request.getUrn(),
      olds: valuesOf(request.getOlds()).values,
      news: values,
    });
    const response = new messages.CheckResponse();
    response.setInputs(structOf(checked.inputs, secrets));
    response.setFailuresList(fileFailures(checked).map(checkFailure));
    return response;
  });
}

/** Answers Diff for a StoredFiles. */
export async function diff({ ports }: FilesContext, request: DiffRequest): Promise<messages.DiffResponse> {
  return forEngine(async () => {
    const news = withIgnoredFiles(request);
    const { kind, changed } = await resource.diffFiles(ports, stateOf(request, request.getOlds()), news);
    const response = new messages.DiffResponse();
    const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
    response.setChanges(kind === "update" ? DIFF_SOME : DIFF_NONE);
    // The resource option `replaceOnChanges` may turn an update into a replacement. The old and the new resource may
    // then have the same files in the bucket, so the old resource is deleted before the new resource is created.
    response.setDeletebeforereplace(true);
    if (kind === "same") return response;
    response.setHasdetaileddiff(changed.length > 0);
    for (const name of changed) {
      const property = new messages.PropertyDiff();
      property.setKind(messages.PropertyDiff.Kind.UPDATE);
      property.setInputdiff(true);
      response.getDetaileddiffMap().set(name, property);
      response.addDiffs(name);
    }
    return response;
  });
}

/**
 * Applies `ignoreChanges` to `source`. Check has read the current files. So if a change of the path is ignored, this
 * function also ignores changes of the files.
 */
function withIgnoredFiles(request: DiffRequest): Properties {
  const { values } = valuesOf(request.getNews());
  const isIgnored = request.getIgnorechangesList().some((path) => path === "*" || path === "source");
  const { values: olds } = valuesOf(request.getOldInputs());
  if (!isIgnored || olds.hash === undefined) return values;
  return { ...values, ...Object.fromEntries(resource.MADE_FILES_INPUTS.map((name) => [name, olds[name]])) };
}

/** Answers the engine's Create request for a StoredFiles resource. A preview sends nothing. */
export async function create(
  { ports, scope, signal }: FilesContext,
  request: CreateRequest,
): Promise<messages.CreateResponse> {
  const urn = request.getUrn();
  const { values: news, secrets } = valuesOf(request.getProperties());
  const response = new messages.CreateResponse();
  if (request.getPreview()) {
    response.setProperties(previewOf(news, secrets));
    return response;
  }
  const bounded = withTimeout(signal, request.getTimeout());
  return forEngine(async () => {
    const { id, outputs } = await resource.createFiles(ports, { urn, scope, news, signal: bounded });
    response.setId(id);
    response.setProperties(structOf(outputs, secrets));
    return response;
  }, secrets);
}

/** Answers Update for a StoredFiles. A preview sends nothing. */
export async function update(
  { ports, signal }: FilesContext,
  request: UpdateRequest,
): Promise<messages.UpdateResponse> {
  const { values: news, secrets } = valuesOf(request.getNews());
  const response = new messages.UpdateResponse();
  if (request.getPreview()) {
    response.setProperties(previewOf(news, secrets));
    return response;
  }
  const bounded = withTimeout(signal, request.getTimeout());
  return forEngine(async () => {
    const { outputs } = await resource.updateFiles(ports, stateOf(request, request.getOlds()), news, bounded);
    response.setProperties(structOf(outputs, secrets));
    return response;
  }, secrets);
}

/** Answers Read for a StoredFiles, in a refresh. Stored files cannot be imported. */
export async function read({ ports, signal }: FilesContext, request: ReadRequest): Promise<messages.ReadResponse> {
  return forEngine(async () => {
    const state = stateOf(request, request.getProperties());
    const outputs = await resource.readFiles(ports, state, signal);
    const response = new messages.ReadResponse();
    response.setId(state.id);
    response.setProperties(structOf(outputs, valuesOf(request.getProperties()).secrets));
    response.setInputs(request.getInputs());
    return response;
  });
}

/** Answers the engine's Delete request for a StoredFiles resource. */
export async function deleteRecorded({ ports, signal }: FilesContext, request: DeleteRequest): Promise<void> {
  const bounded = withTimeout(signal, request.getTimeout());
  return forEngine(() => resource.deleteFiles(ports, stateOf(request, request.getProperties()), bounded));
}

function stateOf(request: { getId(): string; getUrn(): string }, outputs: Struct | undefined): resource.FilesState {
  return { id: request.getId(), urn: request.getUrn(), outputs: valuesOf(outputs).values };
}

/** The outputs that are absent if the program does not set the argument with the same name. */
const OPTIONAL: readonly string[] = ["exclude", "onDelete"];

/** Returns the outputs in a preview. Check has computed them, so they are known if all arguments are known. */
function previewOf(news: Properties, secrets: readonly string[]): Struct {
  const outputs = FILES_OUTPUT_NAMES.flatMap((name) =>
    news[name] === undefined && OPTIONAL.includes(name) ? [] : [[name, news[name] ?? UNKNOWN_MARKER] as const],
  );
  return structOf(Object.fromEntries(outputs), secrets);
}

/**
 * Returns a signal that also fires at the time limit of `customTimeouts`. A plugin receives the seconds for the current
 * operation. 0 means no limit.
 */
function withTimeout(signal: AbortSignal, seconds: number): AbortSignal {
  return seconds > 0 ? AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]) : signal;
}

async function forEngine<Answer>(work: () => Promise<Answer>, secrets: readonly string[] = []): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof resource.FilesFailure)
      throw partialFailure(error.id, structOf(error.outputs, secrets), [failureReason(error)]);
    throw failureOf(fileError(error));
  }
}
