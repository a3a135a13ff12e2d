import { isDeepStrictEqual } from "node:util";
import { namesIn, readCompose } from "../../../compose";
import type { LyceumPort } from "../../lyceum/port";
import { MAPS_OF_TEXTS, mapIn } from "../../schema";
import { createRedactor, type Redactor, type ShownNames } from "../../secrets";
import { parseInputs, secretValues } from "../inputs/parse-inputs";
import { textsIn } from "../inputs/variables";
import type { ExecutionInputs, ResourceInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record";
import { TextCache } from "../run/text-cache";
import type { ProcessCache } from "../watch/process-cache";
import type { Effects } from "./context";

/** What is known to be secret while a resource is compared, read or deleted, where an error may repeat it. */
export interface KnownSecrets {
  /** Adds what is secret in inputs. */
  add(inputs: ExecutionInputs): void;
  /** Names what is known so far to the client, before it reads or shortens any answer. */
  keepOut(context: Pick<Effects, "client">): void;
  /** Takes what is known by now out of a text. */
  readonly redact: Redactor;
}

/**
 * Starts with what this process knows of a resource, since the engine hands no inputs to a read or a delete: its recorded inputs, those of a
 * replacement, and the address of its output.
 */
export function knownSecrets(
  processCache: ProcessCache,
  { resourceUrn, streamingUrl = "" }: { readonly resourceUrn: string; readonly streamingUrl?: string },
): KnownSecrets {
  // Inputs are noted under the name that the program gives the resource, which may be another one than the recorded one.
  const urn = processCache.currentUrn(resourceUrn);
  const known = [processCache.oldInputs(urn), processCache.plannedCreate(urn)].filter((inputs) => inputs !== undefined);
  const secrets = new Set(streamingUrl === "" ? [] : [streamingUrl]);
  const documents: ShownNames[] = [];
  const names: ShownNames = () => new Set(documents.flatMap((shown) => [...shown()]));
  const add = (inputs: ExecutionInputs): void => {
    for (const secret of secretsIn(inputs)) secrets.add(secret);
    documents.push(namesOf(inputs));
  };
  for (const inputs of known) add(parseInputs(inputs));
  return {
    add,
    keepOut(context) {
      try {
        context.client.keepOut([...secrets], names);
      } catch {
        // Without a credential there is no client, and nothing is asked: a step that needs one reports why.
      }
    },
    redact: (text) => createRedactor([...secrets], names)(text),
  };
}

/** Takes everything that is secret in inputs and outputs of a resource out of a text: for errors, reasons and output lines alike. */
export function redactorFor(
  inputs: ExecutionInputs,
  { streamingUrl }: Pick<ExecutionOutputs, "streamingUrl"> = {},
): Redactor {
  return createRedactor([...secretsIn(inputs), ...(streamingUrl === undefined ? [] : [streamingUrl])], namesOf(inputs));
}

/** Names the secrets of a resource's inputs to the client, before it reads or shortens any answer about its run. */
export function keepSecretsOut({ client }: { readonly client: LyceumPort }, inputs: ExecutionInputs): void {
  client.keepOut(secretsIn(inputs), namesOf(inputs));
}

/** The names that stand in the document of a resource's inputs. A text may hold secrets in what else names something. */
function namesOf({ project, composeText }: ExecutionInputs): ShownNames {
  return () => {
    if (project !== undefined) return namesIn(project.model, "written");
    const read = readCompose(composeText ?? "");
    return read.kind === "document" ? namesIn(read.model, "resolved") : new Set();
  };
}

/** Everything that is secret in a resource's inputs. */
function secretsIn(inputs: ExecutionInputs): string[] {
  const secretText = inputs.secretInputs.includes("composeFileCode") && inputs.composeText !== undefined;
  return [...secretValues(inputs), ...(secretText ? sensitiveTexts(inputs.composeText ?? "") : [])];
}

/**
 * Names of inputs that are secret, of `variables` and `images` each by itself (`variables.PASSWORD`): those that the program has marked,
 * and those that were marked when they were recorded and have the same value still. The engine may have put a recorded
 * secret in place of what the program gives now (`ignoreChanges`), and hands it over unwrapped.
 */
export function secretMarks(olds: ResourceInputs, news: ResourceInputs): readonly string[] {
  const marked = textsIn(news.secrets);
  const before = textsIn(olds.secrets);
  const held = before.filter((name) => {
    const value = inputAt(news, name);
    return value !== undefined && isDeepStrictEqual(value, inputAt(olds, name));
  });
  const whole = held.filter((name) => !before.some((other) => mapOf(other) === name));
  // Where single entries are marked, the others are not secret.
  return [...new Set([...held, ...marked.filter((name) => !whole.includes(mapOf(name) ?? ""))])];
}

/** The argument whose entry a mark is of: `variables` of `variables.PASSWORD`. */
function mapOf(mark: string): string | undefined {
  return MAPS_OF_TEXTS.find((argument) => mark.startsWith(`${argument}.`));
}

function inputAt({ values }: ResourceInputs, mark: string): unknown {
  const argument = mapOf(mark);
  return argument === undefined ? values[mark] : mapIn(values[argument])[mark.slice(argument.length + 1)];
}

/** A diff asks for those of the new and of the old text, and so does each delete. */
const kept = new TextCache<readonly string[]>(6_000_000, (texts) =>
  texts.reduce((characters, text) => characters + text.length, 0),
);

/** Every value in a secret compose text: whatever a container prints of them, or an answer repeats, is redacted. */
export function sensitiveTexts(composeText: string): readonly string[] {
  const known = kept.get(composeText);
  if (known !== undefined) return known;
  const read = readCompose(composeText);
  if (read.kind !== "document") return [];
  return kept.keep(composeText, [...new Set(leavesOf(read.model).flatMap(withoutName))]);
}

function leavesOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(leavesOf) : [];
}

/** A list entry `NAME=value` holds the value behind its sign. */
function withoutName(text: string): string[] {
  const sign = text.indexOf("=");
  const values = sign > 0 ? [text, text.slice(sign + 1)] : [text];
  // A container gets one dollar sign for two.
  return values.flatMap((value) => (value.includes("$$") ? [value, value.replaceAll("$$", "$")] : [value]));
}
