import { parseBounded } from "../bounded-yaml";
import { readScript, type ScriptFields } from "./script-fields";

/** What one service of a simulated run does. Times are seconds. */
export interface SimulatedService {
  readonly name: string;
  /** How long it runs by itself. */
  readonly run: number;
  readonly exitCode: number;
  /** Its lines, each at its time after the run began to run. */
  readonly output: readonly { readonly at: number; readonly stream: "stdout" | "stderr"; readonly message: string }[];
  /** It goes on after the stop signal until it is killed. */
  readonly ignoreSignal: boolean;
  /** How long it takes to stop after the signal. */
  readonly stopTakes: number;
}

/** What a simulated run does. Times are seconds. */
export interface Script {
  /** How long it is `pending`. */
  readonly queue: number;
  /** How long it is `starting`. */
  readonly start: number;
  /** It never runs: what Docker would have said. */
  readonly startError?: string;
  /** The text says what to simulate. */
  readonly isScripted: boolean;
  /** In the order of the text; at least one. */
  readonly services: readonly SimulatedService[];
}

/** A compose text as a script, or everything that keeps it from being one. */
export type ReadScript =
  | { readonly kind: "script"; readonly script: Script }
  | { readonly kind: "unusable"; readonly reasons: readonly string[] };

/** The longest text that is read, in characters. */
export const longestText = 4 * 1024 * 1024;

const key = "x-lyceum-sim";

/** Reads a compose text and its `x-lyceum-sim`. */
export function scriptOf(composeText: string): ReadScript {
  if (composeText.length > longestText) return unusable(`the text is longer than ${longestText} characters`);
  const document = readValue(composeText);
  if (document.kind === "unusable") return document;
  return scriptOfDocument(document.value);
}

/** The text as plain values. */
function readValue(
  text: string,
): { readonly kind: "read"; readonly value: unknown } | (ReadScript & { kind: "unusable" }) {
  const yaml = parseBounded(text);
  if (yaml.kind === "errors") return { kind: "unusable", reasons: yaml.errors.map((error) => `yaml: ${error}`) };
  if (yaml.documents.length > 1) return unusable("yaml: the text holds several documents");
  try {
    return { kind: "read", value: yaml.documents[0]?.toJS() };
  } catch (error) {
    return unusable(`yaml: ${error instanceof Error ? firstLine(error.message) : String(error)}`);
  }
}

function scriptOfDocument(document: unknown): ReadScript {
  if (!isMapping(document)) return unusable("the text must be a mapping");
  const services = document.services;
  if (!isMapping(services) || Object.keys(services).length === 0)
    return unusable("no service was given: services is empty");

  const reasons: string[] = [];
  const shared = readScript(document[key], key, reasons);
  const read = Object.entries(services).map(([name, service], position) => {
    if (!isMapping(service)) {
      reasons.push(`services.${name} must be a mapping`);
      return simulated(name, "", shared, {}, false);
    }
    if (service.image === undefined && service.build === undefined) {
      reasons.push(`service "${name}" has neither an image nor a build context specified`);
    }
    const own = readScript(service[key], `services.${name}.${key}`, reasons);
    return simulated(name, String(service.image ?? "a build"), shared, own, position === 0);
  });
  if (reasons.length > 0) return { kind: "unusable", reasons };
  return {
    kind: "script",
    script: {
      queue: shared.queue ?? 0,
      start: shared.start ?? 0.2,
      isScripted: [document, ...Object.values(services)].some((part) => isMapping(part) && part[key] !== undefined),
      ...(shared.startError === undefined ? {} : { startError: shared.startError }),
      services: read,
    },
  };
}

function simulated(
  name: string,
  image: string,
  shared: ScriptFields,
  own: ScriptFields,
  isFirst: boolean,
): SimulatedService {
  const run = own.run ?? shared.run ?? 1;
  // The lines of the whole script are one service's, else every service would repeat them.
  const lines =
    own.output ??
    (isFirst && shared.output !== undefined
      ? shared.output
      : [{ message: `SIMULATED: ${name} (${image}) did not run; no container was started` }]);
  return {
    name,
    run,
    exitCode: own.exitCode ?? shared.exitCode ?? 0,
    output: lines.map((line, position) => ({
      at: line.at ?? (run * position) / lines.length,
      stream: line.stream ?? "stdout",
      message: line.message,
    })),
    ignoreSignal: own.ignoreSignal ?? shared.ignoreSignal ?? false,
    stopTakes: own.stopTakes ?? shared.stopTakes ?? 0.1,
  };
}

function unusable(reason: string): ReadScript & { kind: "unusable" } {
  return { kind: "unusable", reasons: [reason] };
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? text;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
