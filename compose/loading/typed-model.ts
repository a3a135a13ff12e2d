import { canonicalCompose } from "../canonical/canonical";
import type { ComposePath } from "../diagnostics/position";
import { unescapeDollars } from "../model/interpolation";
import { keysWith, SECTIONS, type TextKind } from "../model/keys";
import { type ComposeMapping, type ComposeValue, isMapping, isSequence, mappingFrom } from "../model/model";
import { PatternTable } from "../model/patterns";
import { valueOfText } from "../model/typed-texts";
import { readShortPort, writtenOut } from "../short-forms";
import type { ProjectSections } from "./model.generated";

/**
 * For each key whose value may be written as a text: the kind of this value, such as an integer or a size. Some of
 * these values are still texts in the canonical form, and `typedText` converts them.
 */
const amounts = new PatternTable<TextKind>(keysWith("text"));

const NO_SECTIONS = Object.fromEntries(SECTIONS.map((section) => [section, {}])) as unknown as ProjectSections;

/** Returns empty sections, for a project that has an error. */
export function noSections(): ProjectSections {
  return { ...NO_SECTIONS };
}

/**
 * Returns the sections of a merged model with the types of `model.generated.ts`: long syntax in place of short syntax,
 * numbers in place of texts that mean numbers, single ports in place of ranges, and `$` in place of `$$`. The model
 * must have no errors.
 */
export function typedSections(model: ComposeMapping): ProjectSections {
  const canonical = canonicalCompose(model);
  const sections = SECTIONS.map(
    (section) => [section, typed(canonical[section] ?? mappingFrom([]), [section])] as const,
  );
  // A model without errors has the shape of the schema. The types are generated from this schema.
  return Object.fromEntries(sections) as unknown as ProjectSections;
}

/** Returns the keys of the top level that start with `x-`. */
export function extensionsOf(model: ComposeMapping): ComposeMapping {
  const keys = Object.keys(model).filter((key) => key.startsWith("x-"));
  return mappingFrom(keys.map((key) => [key, typed(model[key] ?? null, [key])] as const));
}

/** Returns the number of ports in a model. Counts each port of a range. */
export function portsIn(model: ComposeMapping): number {
  let count = 0;
  for (const section of [model.services, model.jobs]) {
    for (const workload of isMapping(section) ? Object.values(section) : []) {
      const ports = isMapping(workload) ? workload.ports : undefined;
      for (const item of isSequence(ports) ? ports : []) count += portCountOf(item);
    }
  }
  return count;
}

/** Counts the single ports in an item of `ports`. The item may be a range. */
export function portCountOf(item: ComposeValue): number {
  const port = typeof item === "string" && item.includes("-") ? readShortPort(item) : "";
  return typeof port === "string" ? 1 : port.count;
}

function typed(value: ComposeValue, path: ComposePath): ComposeValue {
  if (isMapping(value))
    return mappingFrom(Object.entries(value).map(([key, found]) => [key, typed(found, [...path, key])] as const));
  if (isSequence(value)) {
    const isPorts = path.length === 3 && path[2] === "ports";
    return (isPorts ? value.flatMap(singlePorts) : value).map((item, index) => typed(item, [...path, index]));
  }
  return typeof value === "string" ? typedText(value, amounts.at(path)) : value;
}

/** Returns an item of `ports` as single ports. In the canonical form, only a wide range of ports is still a text. */
function singlePorts(item: ComposeValue): readonly ComposeValue[] {
  const port = typeof item === "string" ? readShortPort(item) : "";
  return typeof port === "string" ? [item] : writtenOut(port).map((long) => mappingFrom(Object.entries(long)));
}

function typedText(text: string, kind: TextKind | undefined): ComposeValue {
  if (kind === "boolean") return valueOfText(text, "boolean") ?? text;
  if (kind === "integer" || kind === "size" || kind === "umask") return Number(text);
  // Compose accepts the texts `inf` and `nan` as numbers.
  if (kind === "number") return valueOfText(text, "number") ?? Number(text.replace(/inf(?:inity)?/i, "Infinity"));
  return unescapeDollars(text);
}
