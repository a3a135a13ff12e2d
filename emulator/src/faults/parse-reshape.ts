import type { ReshapeFault } from "./fault";

const KEYS = ["wrap", "rename", "drop", "upperCase", "prefix", "set", "empty"];

/** Reads the fields of a `reshape`; what is wrong with them is added to `reasons`. */
export function readReshape(fault: Readonly<Record<string, unknown>>, reasons: string[]): ReshapeFault {
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
