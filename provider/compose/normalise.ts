import { type ComposeMapping, type ComposeValue, isMapping, isSequence, mappingFrom } from "./model";
import { withCanonicalForms } from "./normalise-forms";
import { keyValueForm } from "./normalise-key-values";

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
      mapServices(model, (service) => mapEntry(service, "environment", (value) => keyValueForm(value, null))),
  },
  {
    name: "labels",
    reason: "a list of KEY=VALUE and a mapping are two spellings, and a label without a value has an empty one",
    apply: (model) => {
      const labels = (value: ComposeValue) => mapEntry(value, "labels", (found) => keyValueForm(found, ""));
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
    name: "other lists of KEY=VALUE",
    reason: "a list and a mapping are two spellings",
    apply: (model) =>
      mapServices(model, (service) => {
        const own = ["annotations", "sysctls"].reduce<ComposeValue>(
          (result, key) => mapEntry(result, key, (value) => keyValueForm(value, "")),
          service,
        );
        return mapEntry(own, "build", (build) =>
          mapEntry(
            mapEntry(build, "args", (value) => keyValueForm(value, null)),
            "additional_contexts",
            (value) => keyValueForm(value, ""),
          ),
        );
      }),
  },
  {
    name: "forms",
    reason: "the short syntax of ports, volumes and the like stands for the long one, and an amount has many spellings",
    apply: withCanonicalForms,
  },
  {
    name: "depends_on",
    reason:
      "a list of services waits for `service_started`, and a dependency is required unless it is set to `required: false`",
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
