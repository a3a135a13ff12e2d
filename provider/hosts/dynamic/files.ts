/**
 * Converts between Pulumi's dynamic provider and the resource, and does nothing else. The states of all
 * `lyceum:StoredFiles` resources name this module, so the package must always export it as
 * `pulumi-lyceum/dynamic/files`.
 */
import * as resource from "../../files/resource";
import { textIn } from "../../schema";
import { failureReason, fileError, fileFailures } from "../stored-files";
import { userError } from "./execution";
import { configureRuntime, filesPorts, runtime, type StackConfiguration } from "./runtime";
import { fromPulumi, type Properties, plainJson, toPulumi } from "./translation";

/** Pulumi's host of dynamic providers does not notify a provider of a cancel, so this signal never fires. */
const NEVER = new AbortController().signal;

/** Inputs that belong to the dynamic host. Check returns them unchanged. */
const OWN = ["__provider", "__resourceUrn", "__scope"];
/**
 * The class `StoredFiles` adds this input, with a secret value, only if the prefix or the source is secret. Because of
 * this input, the engine marks the output `__stored` as secret. `check` does not treat the input as an argument.
 */
const SECRET_MARK = "__stored";
/** The input with the program's folder. The folder belongs to this machine, so the state does not record it. */
const FOLDER = "__folder";

/** Stores the stack's configuration. Never throws, because Pulumi would use the provider even after an error. */
export function configure(request: { readonly config: StackConfiguration }): void {
  configureRuntime(request.config);
}

export async function check(
  olds: Properties,
  news: Properties,
): Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }> {
  return forUser(async () => {
    const unusable = runtime().unusable?.();
    const { [SECRET_MARK]: _mark, ...given } = news;
    const checked = await resource.checkFiles(filesPorts(), {
      urn: urnOf(news),
      olds: argumentsOf(olds),
      news: argumentsOf(given),
      folder: textIn(news[FOLDER]),
    });
    const failures = unusable === undefined ? [] : [{ property: "", reason: unusable }];
    const own = Object.fromEntries(
      [...OWN, SECRET_MARK].flatMap((name) => (news[name] === undefined ? [] : [[name, news[name]]])),
    );
    return {
      inputs: plainJson({ ...toPulumi(checked.inputs), ...own }),
      failures: [...failures, ...fileFailures(checked)],
    };
  });
}

export async function diff(id: string, olds: Properties, news: Properties): Promise<{ changes: boolean }> {
  return forUser(async () => {
    const { kind } = await resource.diffFiles(filesPorts(), stateOf(id, olds, news), argumentsOf(news));
    return { changes: kind === "update" };
  });
}

export async function create(news: Properties): Promise<{ id: string; outs: Properties }> {
  return stored(news, () =>
    resource.createFiles(filesPorts(), {
      urn: urnOf(news),
      scope: String(news.__scope ?? ""),
      news: argumentsOf(news),
      signal: NEVER,
    }),
  );
}

export async function update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }> {
  return stored(news, () => resource.updateFiles(filesPorts(), stateOf(id, olds, news), argumentsOf(news), NEVER));
}

export async function read(id: string, props: Properties): Promise<{ id: string; props: Properties }> {
  return forUser(async () => {
    const outputs = await resource.readFiles(filesPorts(), stateOf(id, props, props), NEVER);
    return { id, props: plainJson({ ...props, ...outputs }) };
  });
}

async function deleteRecorded(id: string, props: Properties): Promise<void> {
  return forUser(() => resource.deleteFiles(filesPorts(), stateOf(id, props, props), NEVER));
}

export { deleteRecorded as delete };

async function stored(
  news: Properties,
  work: () => Promise<{ readonly id: string; readonly outputs: Properties }>,
): Promise<{ id: string; outs: Properties }> {
  const outsOf = (outputs: Properties) => plainJson({ ...outputs, __resourceUrn: urnOf(news) });
  try {
    const { id, outputs } = await work();
    return { id, outs: outsOf(outputs) };
  } catch (error) {
    if (!(error instanceof resource.FilesFailure)) throw userError(fileError(error));
    // If the state had no `__provider`, the resource could never be refreshed or destroyed.
    const properties = { ...outsOf(error.outputs), __provider: news.__provider };
    const reason = failureReason(error);
    throw Object.assign(new Error(reason), { id: error.id, properties, reasons: [reason] });
  }
}

async function forUser<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw userError(fileError(error));
  }
}

function argumentsOf(values: Properties): Properties {
  const entries = Object.entries(values).filter(([name]) => !OWN.includes(name) && name !== FOLDER);
  return fromPulumi(Object.fromEntries(entries));
}

function stateOf(id: string, outputs: Properties, news: Properties): resource.FilesState {
  return { id, urn: textIn(news.__resourceUrn) ?? textIn(outputs.__resourceUrn) ?? "", outputs: argumentsOf(outputs) };
}

function urnOf(values: Properties): string {
  return textIn(values.__resourceUrn) ?? "";
}
