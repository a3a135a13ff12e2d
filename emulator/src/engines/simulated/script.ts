import { parseBounded } from "../bounded-yaml";

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
const longestSeconds = 86_400;

/** One line of a script's output, as written. */
interface ScriptLine {
  /** Seconds after the run began to run; default: the lines spread evenly over the run. */
  readonly at?: number;
  readonly stream?: "stdout" | "stderr";
  readonly message: string;
}

/** The fields of one `x-lyceum-sim`, each as written, none filled in. Times are seconds. */
interface ScriptFields {
  queue?: number;
  start?: number;
  startError?: string;
  run?: number;
  exitCode?: number;
  output?: readonly ScriptLine[];
  ignoreSignal?: boolean;
  stopTakes?: number;
}

const seconds = { is: isSeconds, wording: `seconds from 0 to ${longestSeconds}` };
/** What each field must be. */
const fieldRules: Readonly<Record<keyof ScriptFields, { is(value: unknown): boolean; wording: string }>> = {
  queue: seconds,
  start: seconds,
  startError: { is: (value) => typeof value === "string", wording: "a text" },
  run: seconds,
  exitCode: {
    is: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255,
    wording: "an integer from 0 to 255",
  },
  output: { is: Array.isArray, wording: "a list of lines" },
  ignoreSignal: { is: (value) => typeof value === "boolean", wording: "true or false" },
  stopTakes: seconds,
};

/** Reads a compose text and its `x-lyceum-sim`. */
export function scriptOf(composeText: string): ReadScript {
  if (composeText.length > longestText) return unusable(`the text is longer than ${longestText} characters`);
  const yaml = parseBounded(composeText);
  if (yaml.kind === "errors") return unusable(...yaml.errors.map((error) => `yaml: ${error}`));
  if (yaml.documents.length > 1) return unusable("yaml: the text holds several documents");
  try {
    return scriptOfDocument(yaml.documents[0]?.toJS());
  } catch (error) {
    return unusable(`yaml: ${(error instanceof Error ? error.message : String(error)).split("\n", 1)[0]}`);
  }
}

function scriptOfDocument(document: unknown): ReadScript {
  if (!isMapping(document)) return unusable("the text must be a mapping");
  const services = document.services;
  if (!isMapping(services) || Object.keys(services).length === 0)
    return unusable("no service was given: services is empty");

  const reasons: string[] = [];
  const shared = readFields(document[key], key, reasons);
  const read = Object.entries(services).map(([name, service], position) => {
    if (!isMapping(service)) {
      reasons.push(`services.${name} must be a mapping`);
      return simulated(name, shared, {}, false);
    }
    if (service.image === undefined && service.build === undefined) {
      reasons.push(`service "${name}" has neither an image nor a build context specified`);
    }
    const own = readFields(service[key], `services.${name}.${key}`, reasons);
    return simulated(name, shared, own, position === 0);
  });
  if (reasons.length > 0) return unusable(...reasons);
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

function simulated(name: string, shared: ScriptFields, own: ScriptFields, isFirst: boolean): SimulatedService {
  const { run = 1, exitCode = 0, ignoreSignal = false, stopTakes = 0.1 } = { ...shared, ...own };
  // The lines of the whole script are one service's, else every service would repeat them. Nothing of the text is in a line of
  // our own: an image may be secret, and whoever prints output does not know that.
  const lines = own.output ??
    (isFirst ? shared.output : undefined) ?? [{ message: `SIMULATED: ${name} did not run; no container was started` }];
  const output = lines.map(({ at, stream = "stdout" as const, message }, position) => {
    return { at: at ?? (run * position) / lines.length, stream, message };
  });
  return { name, run, exitCode, output, ignoreSignal, stopTakes };
}

/** Reads one `x-lyceum-sim`; what is wrong with it is added to `reasons`, with its place. */
function readFields(value: unknown, location: string, reasons: string[]): ScriptFields {
  if (value === undefined || value === null) return {};
  if (!isMapping(value)) {
    reasons.push(`${location} must be a mapping`);
    return {};
  }
  const fields: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(value)) {
    const place = `${location}.${name}`;
    const rule = Object.hasOwn(fieldRules, name) ? fieldRules[name as keyof ScriptFields] : undefined;
    if (rule === undefined) reasons.push(`${place} is not known; known are ${Object.keys(fieldRules).join(", ")}`);
    else if (!rule.is(given)) reasons.push(`${place} must be ${rule.wording}`);
    else if (name !== "output") fields[name] = given;
    else fields.output = (given as unknown[]).map((line, index) => readLine(line, `${place}[${index}]`, reasons));
  }
  return fields;
}

function readLine(value: unknown, location: string, reasons: string[]): ScriptLine {
  if (["string", "number", "boolean"].includes(typeof value)) return { message: String(value) };
  const { at, stream, line: message } = isMapping(value) ? value : {};
  const isAtRight = at === undefined || isSeconds(at);
  const isStreamRight = stream === undefined || stream === "stdout" || stream === "stderr";
  if (typeof message === "string" && isAtRight && isStreamRight)
    return { message, ...(at !== undefined && { at }), ...(stream !== undefined && { stream }) };
  reasons.push(`${location} must be a text, or {line, at?: seconds, stream?: stdout | stderr}`);
  return { message: "" };
}

function isSeconds(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= longestSeconds;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unusable(...reasons: readonly string[]): ReadScript {
  return { kind: "unusable", reasons };
}
