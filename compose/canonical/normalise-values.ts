import { cleanPath, isAbsolutePath, isRemoteContext } from "../model/file-paths";
import { holdsLoneDollar, unescapeDollars } from "../model/interpolation";
import { type ComposeValue, isMapping, isSequence, mappingFrom } from "../model/model";
import { endsInSpaceByte } from "../model/name-ends";
import { type TextType, valueOfText, wholeFloat } from "../model/typed-texts";
import { canonicalSize, negativeSize } from "../short-forms";
import { floatText } from "../yaml/scalar";

/** Converts a value to the form that Compose gives it. Returns a value of an unexpected type or syntax unchanged. */
export type Form = (value: ComposeValue) => ComposeValue;

/** Returns a relative path in its shortest spelling: `./src`, `.` or `../src`. Returns an absolute path unchanged. */
export function pathForm(path: string): string {
  if (isAbsolutePath(path)) return path;
  const clean = cleanPath(path);
  return clean === "." || clean === ".." || clean.startsWith("../") ? clean : `./${clean}`;
}

/** Returns the path of a file or folder in canonical form. A path with a variable stays unchanged. */
export function fileForm(value: ComposeValue): ComposeValue {
  return typeof value === "string" && !holdsLoneDollar(value) ? pathForm(value) : value;
}

/**
 * Returns the path of a build context in canonical form. A remote context, or the image of another service, stays
 * unchanged.
 */
export function contextForm(value: ComposeValue): ComposeValue {
  return value === "" || (typeof value === "string" && isRemoteContext(value)) ? value : fileForm(value);
}

/** Returns a text as a list with one item. For Compose, both mean the same. Returns any other value unchanged. */
export function asList(value: ComposeValue): ComposeValue {
  return typeof value === "string" ? [value] : value;
}

/** Returns a list of DNS servers without its empty items, because Compose ignores empty items. */
export function serversForm(value: ComposeValue): ComposeValue {
  const list = asList(value);
  return isSequence(list) ? list.filter((item) => item !== "" && item !== null) : list;
}

/** Returns a number as a text. For Compose, both mean the same. Returns any other value unchanged. */
export function asText(value: ComposeValue): ComposeValue {
  return typeof value === "number" ? String(value) : value;
}

/** Converts the values of a mapping to texts, as Compose does. */
export function textValues(value: ComposeValue): ComposeValue {
  if (!isMapping(value)) return value;
  const text = (found: ComposeValue) => (found === null ? "" : typeof found === "object" ? found : String(found));
  return mappingFrom(Object.entries(value).map(([key, found]) => [key, text(found)] as const));
}

/**
 * Converts a size to a text with its number of bytes. A negative size means no limit, and becomes a number, because
 * Compose before 5.6 reads no negative size from a text.
 */
export function sizeForm(value: ComposeValue): ComposeValue {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return String(value);
  return typeof value === "string" ? (canonicalSize(value) ?? negativeSize(value) ?? value) : value;
}

/**
 * Returns a function that converts a text to the number or the boolean that the text means. For the type `integer`, the
 * returned function drops the digits of a number after its decimal point, as Compose does.
 */
export function typedForm(type: TextType): Form {
  return (value) => {
    if (typeof value === "string") {
      return valueOfText(value, type) ?? (type === "integer" ? wholeFloat(value) : undefined) ?? value;
    }
    return type === "integer" && typeof value === "number" ? Math.trunc(value) + 0 : value;
  };
}

/** Converts an option of a service's `provider` to a list of texts. */
export function providerOption(value: ComposeValue): ComposeValue {
  const items = isSequence(value) ? value : [value];
  return items.every((item) => typeof item !== "object") ? items.map(String) : value;
}

/** Converts a request for devices. A request without a count and without ids means all devices. */
export function deviceRequestForm(value: ComposeValue): ComposeValue {
  if (!isMapping(value)) return value;
  const { count, device_ids: ids, options } = value;
  const entries = Object.entries(value);
  if (options !== undefined) entries.push(["options", keyValueForm(options, "")]);
  if (count !== undefined) entries.push(["count", countForm(count)]);
  else if (ids === undefined) entries.push(["count", "all"]);
  return mappingFrom(entries);
}

function countForm(count: ComposeValue): ComposeValue {
  if (count === -1 || (typeof count === "string" && /^all$/i.test(count))) return "all";
  return typeof count === "string" ? (valueOfText(count, "integer") ?? count) : count;
}

/** Converts the GPUs of a service to a list of requests. The text `all` becomes one request. */
export function gpusForm(value: ComposeValue): ComposeValue {
  if (value === "all") return [mappingFrom([["count", "all"]])];
  return isSequence(value) ? value.map(deviceRequestForm) : value;
}

/**
 * Converts the dependencies of a service to a mapping. Each dependency gets a `condition`. Leaves out the defaults
 * `required: true` and `restart: false`.
 */
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

/**
 * Returns a network, volume, config or secret in canonical form. `external: {name: …}` is an older spelling of
 * `external: true` with `name`.
 */
export function resourceForm(value: ComposeValue): ComposeValue {
  if (!isMapping(value) || !isMapping(value.external)) return value;
  const { name } = value.external;
  return mappingFrom([
    ...(name === undefined ? [] : [["name", name] as const]),
    ...Object.entries(value),
    ["external", true] as const,
  ]);
}

/**
 * Converts a list of KEY=VALUE to a mapping. Converts the values of a mapping to texts. A KEY without a VALUE gets the
 * value `withoutValue`.
 */
export function keyValueForm(value: ComposeValue, withoutValue: "" | null): ComposeValue {
  const text = (found: ComposeValue) => (found === null ? withoutValue : isScalar(found) ? scalarText(found) : found);
  if (isMapping(value)) return mappingFrom(Object.entries(value).map(([key, found]) => [key, text(found)]));
  if (!isSequence(value)) return value;
  const entries: [string, ComposeValue][] = [];
  for (const item of value) {
    if (!isScalar(item)) return value;
    const entry = scalarText(item);
    const equals = entry.indexOf("=");
    const key = equals === -1 ? entry : entry.slice(0, equals);
    // A list with a variable in a key stays a list, because Compose replaces no variables in the keys of a mapping. A
    // list with a key that ends in a space stays a list, because Compose refuses this key.
    if (holdsLoneDollar(key) || endsInSpaceByte(key)) return value;
    entries.push([unescapeDollars(key), equals === -1 ? withoutValue : entry.slice(equals + 1)]);
  }
  return mappingFrom(entries);
}

/** Returns a scalar as the text that the container receives. */
function scalarText(value: string | number | boolean): string {
  return typeof value === "number" && !Number.isInteger(value) ? floatText(value) : String(value);
}

function isScalar(value: ComposeValue): value is string | number | boolean {
  return typeof value !== "object";
}
