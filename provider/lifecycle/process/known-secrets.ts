import { isDeepStrictEqual } from "node:util";
import { LineIndex, namesIn, readCompose } from "../../../compose";
import { certainSecrets } from "../../compose-rules";
import type { LyceumPort } from "../../lyceum/port";
import { MAPS_OF_TEXTS, mapIn, nameOf } from "../../schema";
import { createRedactor, type Redactor, type ShownNames } from "../../secrets";
import type { ProcessCache } from "../account/process-cache";
import { parseInputs, secretValues } from "../inputs/parse-inputs";
import { textsIn } from "../inputs/variables";
import { TextCache } from "../run/identity/text-cache";
import type { ExecutionInputs, ResourceInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";
import type { Effects } from "./context";

/** The secrets that are known during a diff, read or delete. An error message may contain these secrets. */
export interface KnownSecrets {
  /** Adds the secrets of inputs. */
  add(inputs: ExecutionInputs): void;
  /** Passes the known secrets to the client, so that the client redacts them before it parses or cuts an answer. */
  keepOut(context: Pick<Effects, "client">): void;
  /** Redacts the known secrets in a text. */
  readonly redact: Redactor;
}

/**
 * Collects the secrets of a resource that this process already knows. The engine passes no inputs to a read or a
 * delete, so the secrets come from recorded inputs, from the inputs of a replacement, and from the URL of the output.
 */
export function knownSecrets(
  processCache: ProcessCache,
  { resourceUrn, streamingUrl = "" }: { readonly resourceUrn: string; readonly streamingUrl?: string },
): KnownSecrets {
  // The process cache has the inputs under the current URN in the program, which may differ from the recorded URN.
  const urn = processCache.currentUrn(resourceUrn);
  const known = [processCache.oldInputs(urn), processCache.plannedCreate(urn)].filter((inputs) => inputs !== undefined);
  const sources = known.map((inputs) => parseInputs(inputs));
  // The secrets in a document are searched for only if a text has to be redacted. Most commands have no such text.
  const secrets = () => [...(streamingUrl === "" ? [] : [streamingUrl]), ...sources.flatMap(secretsIn)];
  const names: ShownNames = () => new Set(sources.flatMap((inputs) => [...namesOf(inputs)()]));
  let redactor: Redactor | undefined;
  return {
    add(inputs) {
      sources.push(inputs);
      redactor = undefined;
    },
    keepOut(context) {
      try {
        context.client.keepOut(secrets, names);
      } catch {
        // Without a credential, there is no client and no request, so no answer can contain a secret. The step that
        // needs the client reports the missing credential.
      }
    },
    redact(text) {
      redactor ??= createRedactor(secrets(), names);
      return redactor(text);
    },
  };
}

/** Makes a redactor of all secrets in the inputs and outputs of a resource, for errors, reasons and lines of output. */
export function redactorFor(
  inputs: ExecutionInputs,
  { streamingUrl }: Pick<ExecutionOutputs, "streamingUrl"> = {},
): Redactor {
  return createRedactor([...secretsIn(inputs), ...(streamingUrl === undefined ? [] : [streamingUrl])], namesOf(inputs));
}

/**
 * Passes the secrets of a resource's inputs to the client, so that the client redacts them before it parses or cuts an
 * answer about the run.
 */
export function keepSecretsOut({ client }: { readonly client: LyceumPort }, inputs: ExecutionInputs): void {
  client.keepOut(() => secretsIn(inputs), namesOf(inputs));
}

/**
 * Returns the names that a redactor does not mask: the name of the resource, because the program and the state show
 * this name anyway, and the names in the Compose document. In a secret document, other names may be secrets.
 */
function namesOf({ urn, project, composeText }: ExecutionInputs): ShownNames {
  return () => new Set([nameOf(urn), ...namesInDocument()]);

  function namesInDocument(): ReadonlySet<string> {
    if (project !== undefined) return namesIn(project.model, "written");
    const read = readCompose(composeText ?? "");
    return read.kind === "document" ? namesIn(read.model, "resolved") : new Set();
  }
}

/** Returns the secrets of a resource's inputs. */
function secretsIn(inputs: ExecutionInputs): string[] {
  const { composeText, project } = inputs;
  if (composeText === undefined || project !== undefined) return secretValues(inputs);
  const isSecret = inputs.secretInputs.includes("composeFileCode");
  return [...secretValues(inputs), ...(isSecret ? sensitiveTexts(composeText) : writtenSecrets(composeText))];
}

/**
 * Returns the names of secret inputs. An entry of `variables` or `images` has a name such as `variables.PASSWORD`. An
 * input is secret if the program marked it. An input that was recorded as secret stays secret while its value is the
 * same, because with `ignoreChanges` the engine may pass a recorded secret without its mark.
 */
export function secretMarks(olds: ResourceInputs, news: ResourceInputs): readonly string[] {
  const marked = textsIn(news.secrets);
  const before = textsIn(olds.secrets);
  const held = before.filter((name) => {
    const value = inputAt(news, name);
    return value !== undefined && isDeepStrictEqual(value, inputAt(olds, name));
  });
  const whole = held.filter((name) => !before.some((other) => mapOf(other) === name));
  // A mark of a single entry would cancel the mark of the whole map. So while the whole map stays secret, marks of its
  // entries are left out.
  return [...new Set([...held, ...marked.filter((name) => !whole.includes(mapOf(name) ?? ""))])];
}

/** Returns the argument to which a marked entry belongs: `variables` for `variables.PASSWORD`. */
function mapOf(mark: string): string | undefined {
  return MAPS_OF_TEXTS.find((argument) => mark.startsWith(`${argument}.`));
}

function inputAt({ values }: ResourceInputs, mark: string): unknown {
  const argument = mapOf(mark);
  return argument === undefined ? values[mark] : mapIn(values[argument])[mark.slice(argument.length + 1)];
}

/**
 * Makes a cache of the secrets in documents. A diff needs the secrets of the old and of the new document, and a later
 * delete needs the same secrets.
 */
const newCache = () =>
  new TextCache<readonly string[]>(6_000_000, (texts) => texts.reduce((sum, text) => sum + text.length, 0));
const sensitive = newCache();
const written = newCache();

/**
 * Returns every value in a secret Compose text. All of them are redacted, because the output of a container or an
 * answer may contain them.
 */
export function sensitiveTexts(composeText: string): readonly string[] {
  return sensitive.of(composeText, () => {
    const document = readCompose(composeText);
    return document.kind === "document" ? [...new Set(leavesOf(document.model).flatMap(withoutName))] : [];
  });
}

/**
 * Returns the secrets in a Compose text that is not secret as a whole. A value that only looks random does not count.
 */
function writtenSecrets(composeText: string): readonly string[] {
  return written.of(composeText, () => certainSecrets(new LineIndex(composeText)));
}

function leavesOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(leavesOf) : [];
}

/** Returns the value of an entry `NAME=value` of a list. */
function withoutName(text: string): string[] {
  const sign = text.indexOf("=");
  const values = sign > 0 ? [text, text.slice(sign + 1)] : [text];
  // In a Compose text, two dollar signs stand for one dollar sign.
  return values.flatMap((value) => (value.includes("$$") ? [value, value.replaceAll("$$", "$")] : [value]));
}
