import type { ReshapeFault } from "./fault";

/** Reads the fields of a `reshape`; what is wrong with them is added to `reasons`. */
export function readReshape(fault: Readonly<Record<string, unknown>>, reasons: string[]): ReshapeFault {
  const { wrap, rename = {}, drop = [], upperCase = [], empty = false } = fault;
  if (wrap !== undefined && typeof wrap !== "string") reasons.push("fault.wrap must be a text");
  if (!isTexts(rename)) reasons.push("fault.rename must be an object of texts");
  if (!isList(drop)) reasons.push("fault.drop must be a list of texts");
  if (!isList(upperCase)) reasons.push("fault.upperCase must be a list of texts");
  if (typeof empty !== "boolean") reasons.push("fault.empty must be true or false");
  const named = ["wrap", "rename", "drop", "upperCase", "empty"].some((key) => fault[key] !== undefined);
  if (!named) reasons.push("fault must name one of wrap, rename, drop, upperCase, empty");
  return {
    kind: "reshape",
    ...(typeof wrap === "string" ? { wrap } : {}),
    rename: isTexts(rename) ? rename : {},
    drop: isList(drop) ? drop : [],
    upperCase: isList(upperCase) ? upperCase : [],
    empty: empty === true,
  };
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && isList(Object.values(value));
}
