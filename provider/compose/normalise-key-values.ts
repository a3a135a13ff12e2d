import { holdsLoneDollar, unescapeDollars } from "./interpolation";
import { type ComposeValue, isMapping, isSequence, mappingFrom } from "./model";
import { floatText } from "./scalar";

/** A list of KEY=VALUE as a mapping of texts; a value in neither form as it is. */
export function keyValueForm(value: ComposeValue, withoutValue: "" | null): ComposeValue {
  const text = (found: ComposeValue) => (found === null ? withoutValue : isScalar(found) ? scalarText(found) : found);
  if (isMapping(value)) return mappingFrom(Object.entries(value).map(([key, found]) => [key, text(found)]));
  if (!isSequence(value)) return value;
  const entries: [string, ComposeValue][] = [];
  for (const item of value) {
    if (!isScalar(item) || item === null) return value;
    const entry = scalarText(item);
    const equals = entry.indexOf("=");
    const key = equals === -1 ? entry : entry.slice(0, equals);
    // Variables are put into the items of a list and not into the keys of a mapping, and Compose refuses a key that
    // ends in a space: neither is the same as a mapping.
    if (holdsLoneDollar(key) || endsInSpace.test(key)) return value;
    entries.push([unescapeDollars(key), equals === -1 ? withoutValue : entry.slice(equals + 1)]);
  }
  return mappingFrom(entries);
}

/** What Compose takes for a space at the end of a key. It looks at one byte, so wide spaces are part of the key. */
const endsInSpace = /[\t-\r \u0085\u00a0]$/;

/** A scalar as the container sees it. */
function scalarText(value: string | number | boolean): string {
  return typeof value === "number" && !Number.isInteger(value) ? floatText(value) : String(value);
}

function isScalar(value: ComposeValue): value is string | number | boolean | null {
  return value === null || typeof value !== "object";
}
