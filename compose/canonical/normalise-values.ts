import { cleanPath, isAbsolutePath, isRemoteContext } from "../model/file-paths";
import { holdsLoneDollar, unescapeDollars } from "../model/interpolation";
import { type ComposeValue, isMapping, isSequence, mappingFrom } from "../model/model";
import { type TextType, valueOfText } from "../model/typed-texts";
import { canonicalSize } from "../short-forms";
import { floatText } from "../yaml/scalar";

/** Converts a value to the form that Compose gives it. A value of an unknown form stays unchanged. */
export type Form = (value: ComposeValue) => ComposeValue;

/** A relative path with `./` before it. Any other path stays unchanged. */
export function pathForm(path: string): string {
  if (isAbsolutePath(path)) return path;
  const clean = cleanPath(path);
  return clean === "." || clean === ".." || clean.startsWith("../") ? clean : `./${clean}`;
}

/** The path of a file or folder. */
export function fileForm(value: ComposeValue): ComposeValue {
  return typeof value === "string" && !holdsLoneDollar(value) ? pathForm(value) : value;
}

/** A folder from which an image is built. A remote location or another service stays unchanged. */
export function contextForm(value: ComposeValue): ComposeValue {
  return value === "" || (typeof value === "string" && isRemoteContext(value)) ? value : fileForm(value);
}

/** If the value is a text, a list of this one item, because Compose accepts both. */
export function asList(value: ComposeValue): ComposeValue {
  return typeof value === "string" ? [value] : value;
}

/** DNS servers. Compose leaves empty ones out. */
export function serversForm(value: ComposeValue): ComposeValue {
  const list = asList(value);
  return isSequence(list) ? list.filter((item) => item !== "" && item !== null) : list;
}

/** If the value is a number, its text, because Compose accepts both. */
export function asText(value: ComposeValue): ComposeValue {
  return typeof value === "number" ? String(value) : value;
}

/** A mapping whose values Compose reads as texts. */
export function textValues(value: ComposeValue): ComposeValue {
  if (!isMapping(value)) return value;
  const text = (found: ComposeValue) => (found === null ? "" : typeof found === "object" ? found : String(found));
  return mappingFrom(Object.entries(value).map(([key, found]) => [key, text(found)] as const));
}

/**
 * A size in bytes, as digits. A negative size means no limit. It stays a number, because Compose reads no negative size
 * from a text.
 */
export function sizeForm(value: ComposeValue): ComposeValue {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return String(value);
  return typeof value === "string" ? (canonicalSize(value) ?? value) : value;
}

/** A text that means a number or a boolean. If the number is whole, Compose drops the digits after the point. */
export function typedForm(type: TextType): Form {
  return (value) => {
    if (typeof value === "string") return valueOfText(value, type) ?? value;
    return type === "integer" && typeof value === "number" ? Math.trunc(value) + 0 : value;
  };
}

/** An option of a provider, as a list of texts. */
export function providerOption(value: ComposeValue): ComposeValue {
  const items = isSequence(value) ? value : [value];
  return items.every((item) => typeof item !== "object") ? items.map(String) : value;
}

/** A request for devices. Without a count and without ids, it means all devices. */
export function deviceRequestForm(value: ComposeValue): ComposeValue {
  if (!isMapping(value)) return value;
  const { count, device_ids: ids, options } = value;
  const entries = Object.entries(value).filter(([key]) => key !== "count" && key !== "options");
  if (options !== undefined) entries.push(["options", keyValueForm(options, "")]);
  if (count !== undefined) entries.push(["count", countForm(count)]);
  else if (ids === undefined) entries.push(["count", "all"]);
  return mappingFrom(entries);
}

function countForm(count: ComposeValue): ComposeValue {
  if (count === -1 || (typeof count === "string" && /^all$/i.test(count))) return "all";
  return typeof count === "string" ? (valueOfText(count, "integer") ?? count) : count;
}

/** The GPUs of a service. `all` is one request. */
export function gpusForm(value: ComposeValue): ComposeValue {
  if (value === "all") return [mappingFrom([["count", "all"]])];
  return isSequence(value) ? value.map(deviceRequestForm) : value;
}

/** The dependencies of a service. A dependency is required unless it has `required: false`. */
export function dependenciesForm(value: ComposeValue): ComposeValue {
  const started = () => mappingFrom([["condition", "service_started"]]);
  if (isSequence(value)) {
    const names = value.filter((item): item is string => typeof item === "string" && !item.includes("$"));
    return names.length === value.length ? mappingFrom(names.map((name) => [name, started()])) : value;
  }
  if (!isMapping(value)) return value;
  return mappingFrom(
    Object.entries(value).map(([name, dependency]) => {
      if (!isMapping(dependency)) return [name, dependency];
      const kept = Object.entries(dependency).filter(
        ([key, setting]) => !(key === "required" && setting === true) && !(key === "restart" && setting === false),
      );
      return [name, mappingFrom([...Object.entries(started()), ...kept])];
    }),
  );
}

/** A network, volume, config or secret. `external: {name: …}` is an older form of an external resource. */
export function resourceForm(value: ComposeValue): ComposeValue {
  if (!isMapping(value) || !isMapping(value.external)) return value;
  const { name } = value.external;
  const entries = Object.entries(value).filter(([key]) => key !== "external");
  return mappingFrom([
    ...(name === undefined ? [] : [["name", name] as const]),
    ...entries,
    ["external", true] as const,
  ]);
}

/** A list of KEY=VALUE as a mapping of texts. Any other value stays unchanged. */
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
    // Compose replaces variables in the items of a list, but not in the keys of a mapping. It also refuses a key that
    // ends in a space. So a list with such a key cannot be written as a mapping.
    if (holdsLoneDollar(key) || ENDS_IN_SPACE.test(key)) return value;
    entries.push([unescapeDollars(key), equals === -1 ? withoutValue : entry.slice(equals + 1)]);
  }
  return mappingFrom(entries);
}

/**
 * The characters that Compose treats as a space at the end of a key. Compose checks one byte, so wide spaces are part
 * of the key.
 */
const ENDS_IN_SPACE = /[\t-\r \u0085\u00a0]$/;

/** A scalar, as the container receives it. */
function scalarText(value: string | number | boolean): string {
  return typeof value === "number" && !Number.isInteger(value) ? floatText(value) : String(value);
}

function isScalar(value: ComposeValue): value is string | number | boolean | null {
  return value === null || typeof value !== "object";
}
