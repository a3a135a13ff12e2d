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

/** The known secrets of a resource, which the provider redacts in answers and in error messages. */
export interface KnownSecrets {
  /** Adds the secrets of inputs. */
  add(inputs: ExecutionInputs): void;
  /**
   * Passes the known secrets to the client. The client redacts them in each answer before it parses or shortens the
   * answer.
   */
  keepOut(context: Pick<Effects, "client">): void;
  /** Redacts the known secrets in a text. */
  readonly redact: Redactor;
}

/**
 * Collects the secrets of a resource that this process already knows. The engine passes no inputs to a read or delete.
 * So the secrets come from recorded inputs, from the inputs of a replacement, and from the output `streamingUrl`.
 */
export function knownSecrets(
  processCache: ProcessCache,
  { resourceUrn, streamingUrl = "" }: { readonly resourceUrn: string; readonly streamingUrl?: string },
): KnownSecrets {
  // The cache has the inputs under the URN in the program, which may differ from the recorded URN.
  const urn = processCache.currentUrn(resourceUrn);
  const known = [processCache.oldInputs(urn), processCache.plannedCreate(urn)].filter((inputs) => inputs !== undefined);
  const sources = known.map((inputs) => parseInputs(inputs));
  // Most commands redact no text. So `secrets` is called only when a text has to be redacted.
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
        // Without a credential, there is no client, and no answer that could contain a secret. A later step reports the
        // missing credential.
      }
    },
    redact(text) {
      redactor ??= createRedactor(secrets(), names);
      return redactor(text);
    },
  };
}

/** Makes a redactor of all secrets in the inputs and outputs of a resource. */
export function redactorFor(
  inputs: ExecutionInputs,
  { streamingUrl }: Pick<ExecutionOutputs, "streamingUrl"> = {},
): Redactor {
  return createRedactor([...secretsIn(inputs), ...(streamingUrl === undefined ? [] : [streamingUrl])], namesOf(inputs));
}

/**
 * Passes the secrets of a resource's inputs to the client. The client redacts them in each answer before it parses or
 * shortens the answer.
 */
export function keepSecretsOut({ client }: { readonly client: LyceumPort }, inputs: ExecutionInputs): void {
  client.keepOut(() => secretsIn(inputs), namesOf(inputs));
}

/**
 * Returns the names that are never redacted: the name of the resource, which the state shows, and the names in the
 * Compose document.
 */
function namesOf({ urn, project, composeText }: ExecutionInputs): ShownNames {
  return () => new Set([nameOf(urn), ...namesInDocument()]);

  function namesInDocument(): ReadonlySet<string> {
    if (project !== undefined) return namesIn(project.model, "written");
    const read = readCompose(composeText ?? "");
    return read.kind === "document" ? namesIn(read.model, "resolved") : new Set();
  }
}

function secretsIn(inputs: ExecutionInputs): string[] {
  const { composeText, project } = inputs;
  if (composeText === undefined || project !== undefined) return secretValues(inputs);
  const isSecret = inputs.secretInputs.includes("composeFileCode");
  return [...secretValues(inputs), ...(isSecret ? sensitiveTexts(composeText) : writtenSecrets(composeText))];
}

/**
 * Returns the names of the secret inputs. Adds recorded secrets whose values are unchanged to the inputs that the
 * program marked, because with `ignoreChanges`, the engine may pass a recorded secret without its mark. For a secret in
 * `variables` or `images`, the name is a path such as `variables.PASSWORD`.
 */
export function secretMarks(olds: ResourceInputs, news: ResourceInputs): readonly string[] {
  const marked = textsIn(news.secrets);
  const before = textsIn(olds.secrets);
  const held = before.filter((name) => {
    const value = inputAt(news, name);
    return value !== undefined && isDeepStrictEqual(value, inputAt(olds, name));
  });
  const whole = held.filter((name) => !before.some((other) => mapOf(other) === name));
  // The name `variables.PASSWORD` means that other variables are not secret. So names of single variables are left out
  // while the whole map is secret.
  return [...new Set([...held, ...marked.filter((name) => !whole.includes(mapOf(name) ?? ""))])];
}

/** Returns the argument of a secret: `variables` for the name `variables.PASSWORD`. */
function mapOf(mark: string): string | undefined {
  return MAPS_OF_TEXTS.find((argument) => mark.startsWith(`${argument}.`));
}

function inputAt({ values }: ResourceInputs, mark: string): unknown {
  const argument = mapOf(mark);
  return argument === undefined ? values[mark] : mapIn(values[argument])[mark.slice(argument.length + 1)];
}

/** Makes a cache of the secrets in documents, because a command needs the secrets of a document several times. */
const newCache = () =>
  new TextCache<readonly string[]>(6_000_000, (texts) => texts.reduce((sum, text) => sum + text.length, 0));
const sensitive = newCache();
const written = newCache();

/**
 * Returns every string and every number in a secret Compose text, except keys. For `A=b`, also returns `b`, and for
 * `a$$b`, also `a$b`. Empty if `readCompose` cannot read the text.
 */
export function sensitiveTexts(composeText: string): readonly string[] {
  return sensitive.of(composeText, () => {
    const document = readCompose(composeText);
    return document.kind === "document" ? [...new Set(leavesOf(document.model).flatMap(withoutName))] : [];
  });
}

/**
 * Returns the secrets in a Compose text that is not marked as secret. A value that only looks random does not count.
 */
function writtenSecrets(composeText: string): readonly string[] {
  return written.of(composeText, () => certainSecrets(new LineIndex(composeText)));
}

function leavesOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(leavesOf) : [];
}

/**
 * Returns a text. For `NAME=value`, also returns the value. For a text with `$$`, also returns the text with `$`,
 * because a Compose text writes one dollar sign as two.
 */
function withoutName(text: string): string[] {
  const sign = text.indexOf("=");
  const values = sign > 0 ? [text, text.slice(sign + 1)] : [text];
  return values.flatMap((value) => (value.includes("$$") ? [value, value.replaceAll("$$", "$")] : [value]));
}
