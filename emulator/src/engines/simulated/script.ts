import { schemaCheck } from "../../contract/schema-check";
import { parseBounded } from "../bounded-yaml";
import { echoed } from "./echo";

/** What one service of a simulated run does. Times are seconds. */
export interface SimulatedService {
  readonly name: string;
  /** The number of seconds that the service runs if nothing stops it. */
  readonly run: number;
  readonly exitCode: number;
  /** Lines of output. The time of each line counts from the moment at which the run became `running`. */
  readonly output: readonly { readonly at: number; readonly stream: "stdout" | "stderr"; readonly message: string }[];
  /** Files of the bucket whose lines the service prints when it starts. */
  readonly read: readonly string[];
  /**
   * Files of the bucket that the service writes when it ends by itself. The value for a file is its text, or its number
   * of bytes.
   */
  readonly write: Readonly<Record<string, string | { readonly bytes: number }>>;
  /** Whether the service ignores the stop signal and continues until it is killed. */
  readonly ignoreSignal: boolean;
  /** The number of seconds that the service takes to stop after the signal. */
  readonly stopTakes: number;
}

/** What a simulated run does. Times are seconds. */
export interface Script {
  /** The number of seconds that the run is `pending`. */
  readonly queue: number;
  /** The number of seconds that the run is `starting`. */
  readonly start: number;
  /** An error of Docker. With this error, the run never becomes `running`. */
  readonly startError?: string;
  /** The services, in the order of the text. A script has at least one service. */
  readonly services: readonly SimulatedService[];
}

/** The script of a Compose text, or all of its errors. */
export type ReadScript =
  | { readonly kind: "script"; readonly script: Script }
  | { readonly kind: "unusable"; readonly reasons: readonly string[] };

/** The longest text that is read, in characters. */
export const LONGEST_TEXT = 4 * 1024 * 1024;

const KEY = "x-lyceum-sim";
const LONGEST_SECONDS = 86_400;

/** One line of a script's output. `at` is in seconds after the run became `running`. */
interface ScriptLine {
  readonly at?: number;
  readonly stream?: "stdout" | "stderr";
  readonly line: unknown;
}

/** The value of one key `x-lyceum-sim` as it is written, without defaults. */
interface ScriptFields
  extends Partial<Omit<SimulatedService, "name" | "output">>,
    Partial<Pick<Script, "queue" | "start" | "startError">> {
  readonly output?: readonly unknown[];
  /** Whether the service prints everything that the run receives, as a careless program does. */
  readonly echo?: boolean;
}

/** The schema of a path in the bucket. The path is relative to the folder at which the bucket is mounted. */
const BUCKET_PATH = { type: "string", pattern: "^(?!/)(?!.*(^|/)\\.{0,2}(/|$)).+$" };
/** The largest file that a script writes, in bytes. */
const MOST_WRITTEN = 64 * 1024 * 1024;
const SECONDS = { type: "number", minimum: 0, maximum: LONGEST_SECONDS };
const KEYS = {
  queue: SECONDS,
  start: SECONDS,
  startError: { type: "string" },
  run: SECONDS,
  exitCode: { type: "integer", minimum: 0, maximum: 255 },
  output: {
    type: "array",
    items: {
      type: ["string", "number", "boolean", "object"],
      properties: { at: SECONDS, stream: { enum: ["stdout", "stderr"] }, line: { type: "string" } },
      required: ["line"],
      additionalProperties: false,
    },
  },
  echo: { type: "boolean" },
  read: { type: "array", items: BUCKET_PATH },
  write: {
    type: "object",
    propertyNames: BUCKET_PATH,
    additionalProperties: {
      type: ["string", "object"],
      properties: { bytes: { type: "integer", minimum: 0, maximum: MOST_WRITTEN } },
      required: ["bytes"],
      additionalProperties: false,
    },
  },
  ignoreSignal: { type: "boolean" },
  stopTakes: SECONDS,
};
/** Every key of a script. A test compares these keys with the guide. */
export const SCRIPT_KEYS: readonly string[] = Object.keys(KEYS);
const checkFields = schemaCheck({ type: "object", properties: KEYS, additionalProperties: false });

/** The page that describes the keys of a script. The errors about a wrong key or value name this page. */
const GUIDE = '"The script of a simulated run" in docs/guides/emulator.md of the package has all keys of a script';

/** Reads the script of a simulated run: the values of the key `x-lyceum-sim` in a Compose text. */
export function scriptOf(composeText: string): ReadScript {
  if (composeText.length > LONGEST_TEXT) return unusable(`the text is longer than ${LONGEST_TEXT} characters`);
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
  const shared = withEcho(readFields(document[KEY], KEY, reasons), document);
  const read = Object.entries(services).map(([name, service], position) => {
    if (!isMapping(service)) {
      reasons.push(`services.${name} must be a mapping`);
      return simulated(name, shared, {}, false);
    }
    if (service.image === undefined && service.build === undefined) {
      reasons.push(`service "${name}" has neither an image nor a build context specified`);
    }
    const own = withEcho(readFields(service[KEY], `services.${name}.${KEY}`, reasons), service);
    return simulated(name, shared, own, position === 0);
  });
  if (reasons.length > 0) return unusable(...reasons);
  return {
    kind: "script",
    script: {
      queue: shared.queue ?? 0,
      start: shared.start ?? 0.2,
      ...(shared.startError === undefined ? {} : { startError: shared.startError }),
      services: read,
    },
  };
}

function simulated(name: string, shared: ScriptFields, own: ScriptFields, isFirst: boolean): SimulatedService {
  const { run = 1, exitCode = 0, ignoreSignal = false, stopTakes = 0.1 } = { ...shared, ...own };
  // This line contains only the name of the service, because even the name of an image may be secret.
  const nothing = `SIMULATED: ${name} did not run; no container was started`;
  // The fields `read`, `write` and `output` of the top level (`shared`) belong to the first service only. Otherwise,
  // each service would repeat them.
  const { read = [], write = {} } = { ...(isFirst ? { read: shared.read, write: shared.write } : {}), ...own };
  const lines = own.output ?? (isFirst ? shared.output : undefined) ?? [nothing];
  const output = lines.map((written, position) => {
    const evenly = (run * position) / lines.length;
    const {
      at = evenly,
      stream = "stdout" as const,
      line,
    } = isMapping(written) ? (written as unknown as ScriptLine) : { line: written };
    return { at, stream, message: String(line) };
  });
  return { name, run, exitCode, output, read, write, ignoreSignal, stopTakes };
}

/**
 * If the field `echo` is true, adds the texts of `about` to the output. `about` is the whole document or one service.
 */
function withEcho(fields: ScriptFields, about: Readonly<Record<string, unknown>>): ScriptFields {
  if (fields.echo !== true) return fields;
  return { ...fields, output: [...(fields.output ?? []), ...echoed(about)] };
}

/** Reads the value of one key `x-lyceum-sim`. Adds its errors to `reasons`, with their locations. */
function readFields(value: unknown, location: string, reasons: string[]): ScriptFields {
  if (value === undefined || value === null) return {};
  const wrong = checkFields(value, location);
  reasons.push(...wrong);
  if (wrong.length > 0 && !reasons.includes(GUIDE)) reasons.push(GUIDE);
  return wrong.length > 0 ? {} : (value as ScriptFields);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unusable(...reasons: readonly string[]): ReadScript {
  return { kind: "unusable", reasons };
}
