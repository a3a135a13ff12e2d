/** One line of a script's output. */
export interface ScriptLine {
  /** Seconds after the run began to run; default: the lines spread evenly over the run. */
  readonly at?: number;
  readonly stream?: "stdout" | "stderr";
  readonly message: string;
}

/** The fields of one `x-lyceum-sim`, each as written, none filled in. Times are seconds. */
export interface ScriptFields {
  readonly queue?: number;
  readonly start?: number;
  readonly startError?: string;
  readonly run?: number;
  readonly exitCode?: number;
  readonly output?: readonly ScriptLine[];
  readonly ignoreSignal?: boolean;
  readonly stopTakes?: number;
}

type Writable = { -readonly [Key in keyof ScriptFields]: ScriptFields[Key] };

const longestSeconds = 86_400;

/** Reads one `x-lyceum-sim`; what is wrong with it is added to `reasons`, with its place. */
export function readScript(value: unknown, location: string, reasons: string[]): ScriptFields {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) {
    reasons.push(`${location} must be a mapping`);
    return {};
  }
  const fields: Writable = {};
  for (const [name, given] of Object.entries(value)) readField(fields, name, given, `${location}.${name}`, reasons);
  return fields;
}

function readField(fields: Writable, name: string, value: unknown, location: string, reasons: string[]): void {
  switch (name) {
    case "queue":
    case "start":
    case "run":
    case "stopTakes":
      if (isSeconds(value)) fields[name] = value;
      else reasons.push(`${location} must be seconds from 0 to ${longestSeconds}`);
      return;
    case "exitCode":
      if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255) fields.exitCode = value;
      else reasons.push(`${location} must be an integer from 0 to 255`);
      return;
    case "ignoreSignal":
      if (typeof value === "boolean") fields.ignoreSignal = value;
      else reasons.push(`${location} must be true or false`);
      return;
    case "startError":
      if (typeof value === "string") fields.startError = value;
      else reasons.push(`${location} must be a text`);
      return;
    case "output":
      if (Array.isArray(value))
        fields.output = value.map((line, index) => readLine(line, `${location}[${index}]`, reasons));
      else reasons.push(`${location} must be a list of lines`);
      return;
    default:
      reasons.push(
        `${location} is not known; known are queue, start, startError, run, exitCode, output, ignoreSignal, stopTakes`,
      );
  }
}

function readLine(value: unknown, location: string, reasons: string[]): ScriptLine {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return { message: String(value) };
  }
  const line = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const { at, stream, line: message } = line;
  const isRight =
    typeof message === "string" &&
    (at === undefined || isSeconds(at)) &&
    (stream === undefined || stream === "stdout" || stream === "stderr");
  if (!isRight) {
    reasons.push(`${location} must be a text, or {line, at?: seconds, stream?: stdout | stderr}`);
    return { message: "" };
  }
  return { message, ...(at === undefined ? {} : { at }), ...(stream === undefined ? {} : { stream }) };
}

function isSeconds(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= longestSeconds;
}
