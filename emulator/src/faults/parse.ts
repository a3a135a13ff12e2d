import type { ReshapeFault } from "./fault";
import { type Commit, type Fault, type InjectedFault, isViewFault, type StreamFault } from "./fault";

/** A fault as a test posts it, read; or everything that is wrong with it. */
export type ParsedFault =
  | { readonly kind: "fault"; readonly fault: Omit<InjectedFault, "id"> }
  | { readonly kind: "wrong"; readonly reasons: readonly string[] };

/** Of a delay: a timer of Node's takes no more. */
const longestSeconds = 1_000_000;

type Fields = Readonly<Record<string, unknown>>;

/** Reads the body of `POST /_emulator/faults`. `operations` are the names that may be used besides `*`. */
export function parseFault(body: unknown, operations: readonly string[]): ParsedFault {
  const reasons: string[] = [];
  const top = fields(body, "the body", reasons);
  const inner = fields(top.fault, "fault", reasons);
  const operation = top.operation ?? "*";
  if (operation !== "*" && !(typeof operation === "string" && operations.includes(operation))) {
    reasons.push(`operation must be * or one of ${operations.join(", ")}`);
  }
  const match = fields(top.match ?? {}, "match", reasons);
  for (const name of Object.keys(match)) {
    if (name !== "executionId" && name !== "fileNamePrefix") reasons.push(`match.${name} is not known`);
    else if (typeof match[name] !== "string") reasons.push(`match.${name} must be a text`);
  }
  const fault = readFault(inner, reasons);
  if (fault?.kind === "cut-stream" && operation !== "stream")
    reasons.push("cut-stream is for the operation stream alone");
  const after = top.after ?? 0;
  if (!isCount(after)) reasons.push("after must be an integer from 0");
  const times = top.times ?? (fault === undefined || isViewFault(fault) || fault.kind === "reshape" ? "always" : 1);
  if (times !== "always" && !(isCount(times) && times > 0)) reasons.push("times must be an integer from 1, or always");
  if (reasons.length > 0 || fault === undefined) return { kind: "wrong", reasons };
  return {
    kind: "fault",
    fault: {
      operation: String(operation),
      match: match as InjectedFault["match"],
      after: after as number,
      times: times as InjectedFault["times"],
      fault,
    },
  };
}

function readFault(fault: Fields, reasons: string[]): Fault | undefined {
  switch (fault.kind) {
    case "status": {
      const { status, body, headers } = fault;
      if (!isCount(status) || status < 200 || status > 599) reasons.push("fault.status must be from 200 to 599");
      if (headers !== undefined && !isHeaders(headers)) reasons.push("fault.headers must be headers that can be sent");
      return {
        kind: "status",
        status: status as number,
        ...(body === undefined ? {} : { body }),
        ...(headers === undefined ? {} : { headers: headers as Readonly<Record<string, string>> }),
        commit: readCommit(fault.commit, "never", reasons),
      };
    }
    case "delay":
      return {
        kind: "delay",
        seconds: readSeconds(fault, reasons),
        commit: readCommit(fault.commit, "after", reasons),
      };
    case "hold":
      return { kind: "hold", commit: readCommit(fault.commit, "after", reasons) };
    case "reset":
      return { kind: "reset", commit: readCommit(fault.commit, "never", reasons) };
    case "garbage":
      if (fault.body !== undefined && typeof fault.body !== "string") reasons.push("fault.body must be a text");
      return {
        kind: "garbage",
        body: typeof fault.body === "string" ? fault.body : "<html><body>502 Bad Gateway</body></html>",
        commit: readCommit(fault.commit, "never", reasons),
      };
    case "lagging-list":
      return { kind: "lagging-list", seconds: readSeconds(fault, reasons) };
    case "stale-list":
    case "forget":
    case "hide-file-name":
      return { kind: fault.kind };
    case "reshape":
      return readReshape(fault, reasons);
    case "cut-stream":
      return readCut(fault, reasons);
    default:
      reasons.push(
        "fault.kind must be one of status, delay, hold, reset, garbage, reshape, lagging-list, stale-list, forget, hide-file-name, cut-stream",
      );
      return undefined;
  }
}

function readCut({ lines = 0, how = "reset" }: Fields, reasons: string[]): StreamFault {
  if (!isCount(lines)) reasons.push("fault.lines must be an integer from 0");
  if (how !== "end" && how !== "reset") reasons.push("fault.how must be end or reset");
  return { kind: "cut-stream", lines: lines as number, how: how as StreamFault["how"] };
}

function readCommit(value: unknown, byDefault: Commit, reasons: string[]): Commit {
  if (value === undefined) return byDefault;
  if (value === "never" || value === "before" || value === "after") return value;
  reasons.push("fault.commit must be never, before or after");
  return byDefault;
}

function readSeconds(fault: Fields, reasons: string[]): number {
  if (typeof fault.seconds === "number" && fault.seconds >= 0 && fault.seconds <= longestSeconds) return fault.seconds;
  reasons.push(`fault.seconds must be a number from 0 to ${longestSeconds}`);
  return 0;
}

function fields(value: unknown, location: string, reasons: string[]): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  reasons.push(`${location} must be an object`);
  return {};
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

/** Node throws for others, in the middle of an answer. */
function isHeaders(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(
      ([name, text]) =>
        /^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof text === "string" && /^[\t\x20-\x7e\x80-\xff]*$/.test(text),
    )
  );
}

const KEYS = ["wrap", "rename", "drop", "upperCase", "prefix", "set", "empty"];

/** Reads the fields of a `reshape`; what is wrong with them is added to `reasons`. */
function readReshape(fault: Readonly<Record<string, unknown>>, reasons: string[]): ReshapeFault {
  const { wrap, rename = {}, drop = [], upperCase = [], prefix = {}, set = {}, empty = false } = fault;
  if (wrap !== undefined && typeof wrap !== "string") reasons.push("fault.wrap must be a text");
  if (!isTexts(rename)) reasons.push("fault.rename must be an object of texts");
  if (!isList(drop)) reasons.push("fault.drop must be a list of texts");
  if (!isList(upperCase)) reasons.push("fault.upperCase must be a list of texts");
  if (!isTexts(prefix)) reasons.push("fault.prefix must be an object of texts");
  if (!isObject(set)) reasons.push("fault.set must be an object");
  if (typeof empty !== "boolean") reasons.push("fault.empty must be true or false");
  if (!KEYS.some((key) => fault[key] !== undefined)) reasons.push(`fault must name one of ${KEYS.join(", ")}`);
  return {
    kind: "reshape",
    ...(typeof wrap === "string" ? { wrap } : {}),
    rename: isTexts(rename) ? rename : {},
    drop: isList(drop) ? drop : [],
    upperCase: isList(upperCase) ? upperCase : [],
    prefix: isTexts(prefix) ? prefix : {},
    set: isObject(set) ? set : {},
    empty: empty === true,
  };
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && isList(Object.values(value));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
