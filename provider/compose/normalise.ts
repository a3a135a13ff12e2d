import { type ComposeMapping, type ComposeValue, isMapping, isSequence, mappingFrom } from "./model";

/**
 * One way in which two texts differ for the eye and not for Compose. A rule is a pure function of the whole model, and
 * leaves alone what it is not sure of: a difference too many starts a run that nobody needed, a difference too few
 * keeps one from starting.
 */
export interface NormalisationRule {
  readonly name: string;
  /** Why Compose takes both for the same. */
  readonly reason: string;
  readonly apply: (model: ComposeMapping) => ComposeMapping;
}

/**
 * The rules of the canonical form, applied in this order. The form is only compared within one version of this
 * package, so a new rule changes nobody's resource.
 */
export const normalisationRules: readonly NormalisationRule[] = [
  {
    name: "version",
    reason: "the top-level `version` is obsolete and ignored",
    apply: (model) => without(model, "version"),
  },
  {
    name: "environment",
    reason: "a list of KEY=VALUE and a mapping are two spellings, and every value is a string in the container",
    apply: (model) =>
      mapServices(model, (service) => mapEntry(service, "environment", (value) => keyValues(value, null))),
  },
  {
    name: "labels",
    reason: "a list of KEY=VALUE and a mapping are two spellings, and a label without a value has an empty one",
    apply: (model) => {
      const labels = (value: ComposeValue) => mapEntry(value, "labels", (found) => keyValues(found, ""));
      const services = mapServices(model, (service) =>
        mapEntry(mapEntry(labels(service), "deploy", labels), "build", labels),
      );
      return ["networks", "volumes", "configs", "secrets"].reduce(
        (result, section) => mapSection(result, section, labels),
        services,
      );
    },
  },
  {
    name: "depends_on",
    reason: "a list of services waits for `service_started`, and a dependency is required unless it says otherwise",
    apply: (model) => mapServices(model, (service) => mapEntry(service, "depends_on", dependencies)),
  },
  {
    name: "empty resources",
    reason: "a network or volume without settings may be written as nothing or as an empty mapping",
    apply: (model) =>
      ["networks", "volumes"].reduce(
        (result, section) => mapSection(result, section, (value) => (value === null ? mappingFrom([]) : value)),
        model,
      ),
  },
];

function keyValues(value: ComposeValue, withoutValue: "" | null): ComposeValue {
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
    if (key.includes("$") || /\s$/.test(key)) return value;
    entries.push([key, equals === -1 ? withoutValue : entry.slice(equals + 1)]);
  }
  return mappingFrom(entries);
}

function dependencies(value: ComposeValue): ComposeValue {
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

/** A scalar as the container sees it, which is as Go prints it: small fractions get an exponent earlier than here. */
function scalarText(value: string | number | boolean): string {
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 21) return String(value);
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

function isScalar(value: ComposeValue): value is string | number | boolean | null {
  return value === null || typeof value !== "object";
}

function without(mapping: ComposeMapping, key: string): ComposeMapping {
  return mappingFrom(Object.entries(mapping).filter(([name]) => name !== key));
}

function mapEntry(value: ComposeValue, key: string, change: (found: ComposeValue) => ComposeValue): ComposeValue {
  if (!isMapping(value) || !Object.hasOwn(value, key)) return value;
  return mappingFrom(Object.entries(value).map(([name, found]) => [name, name === key ? change(found) : found]));
}

function mapSection(
  model: ComposeMapping,
  section: string,
  change: (found: ComposeValue) => ComposeValue,
): ComposeMapping {
  const changed = mapEntry(model, section, (found) =>
    isMapping(found) ? mappingFrom(Object.entries(found).map(([name, value]) => [name, change(value)])) : found,
  );
  return isMapping(changed) ? changed : model;
}

function mapServices(model: ComposeMapping, change: (service: ComposeValue) => ComposeValue): ComposeMapping {
  return mapSection(model, "services", change);
}
