import { nearest } from "../diagnostics/nearest";
import { formatPath, printableKey } from "../diagnostics/position";
import { keysWith } from "../model/keys";
import type { ComposeNode, MappingNode } from "../model/model";
import { PatternTable } from "../model/patterns";
import { oddCharacterRemedy } from "../yaml/odd-characters";
import { convertedDate, describe, isOpen, misspelling } from "../yaml/structure";
import { certainlyMeant } from "./certain";
import type { ValidationContext } from "./context";
import { children, hasUnknown, hasVariables, keySpanOf, type Location, pathOf, wholeFloatAt } from "./location";
import { homeOf, PATTERN_WORDS, typeRemedy, WRITE_NAME, writeMeant } from "./remedies";
import type { Schema, SchemaType } from "./schema";
import { COMPOSE_RELEASES, DOCUMENT_SCHEMA, SCHEMA_DEFINITIONS } from "./schema.generated";
import { fits, resolve, TYPE_NAMES, typesOf } from "./schema-types";

/** For each schema, the values that were already validated with it. */
export type ValidatedShapes = Map<Schema, Set<ComposeNode>>;

/**
 * Validates the keys, types and values of the document by the schema of the Compose Specification. If the schema allows
 * several types, the type of the value decides which branch applies. For example, a value in long syntax is compared
 * only with the long syntax. A text with variables is accepted wherever a text is allowed, because its value is not
 * known.
 *
 * @param validated the values that were already validated, for documents that share values; this call skips these
 *   values and adds new ones
 */
export function validateShape(context: ValidationContext, validated: ValidatedShapes = new Map()): void {
  new ShapeWalk(context, validated).check(context.root, DOCUMENT_SCHEMA);
}

/** The schema of a value in a mapping of variables or labels. */
const VALUE_OF_PAIR = SCHEMA_DEFINITIONS.list_or_dict?.oneOf?.find(({ type }) => type === "object")
  ?.patternProperties?.[".+"];

type PatternOfKeys = readonly [keys: RegExp, schema: Schema];

const NONE: readonly never[] = [];

const knownPatterns = new Map<string, RegExp>();
const knownPatternsOfKeys = new Map<Schema, readonly PatternOfKeys[]>();

class ShapeWalk {
  /**
   * The keys on the path to the current value need releases of Docker Compose. This is the latest of them, as an index
   * in `COMPOSE_RELEASES`.
   */
  private release = 0;

  constructor(
    private readonly context: ValidationContext,
    /** With this map, a value that several aliases share is validated only once for each schema. */
    private readonly validated: ValidatedShapes,
  ) {}

  check(location: Location, unresolved: Schema): void {
    const schema = resolve(unresolved);
    const { node } = location;
    if (node.kind !== "scalar") {
      const validated = this.validated.get(schema) ?? new Set();
      if (validated.has(node)) return;
      this.validated.set(schema, validated.add(node));
    } else if (isOpen(node)) return;
    else if (isWildcard(node)) {
      // A text with variables counts as a string, even if Compose converts the text later.
      const types = typesOf(schema);
      if (types.length > 0 && !types.includes("string")) this.wrongType(location, types);
      return;
    }

    if (schema.oneOf !== undefined) {
      const meant = schema.oneOf.find((branch) => fits(node, typesOf(branch)));
      if (meant !== undefined) this.check(location, meant);
      else this.wrongType(location, typesOf(schema));
      return;
    }
    const types = typesOf(schema);
    const date = schema === VALUE_OF_PAIR ? convertedDate(node) : undefined;
    if (date !== undefined) this.context.addAt("LYC2113", location, date.message, { remedy: date.remedy });
    else if (types.length > 0 && !fits(node, types)) this.wrongType(location, types);
    else if (node.kind === "mapping") this.checkMapping(location, node, schema);
    else if (node.kind === "sequence") this.checkList(location, schema);
    else this.checkScalar(location, schema);
  }

  private wrongType(location: Location, types: readonly SchemaType[]): void {
    // If `services` or a service has the wrong type, `checkStructure` has already reported this error.
    const { parent } = location;
    const ofServices = parent?.step === "services" && parent.parent === this.context.root;
    if (ofServices || (location.step === "services" && parent === this.context.root)) return;
    const names = types.map((type) => TYPE_NAMES[type]);
    const message = `must be ${joinList(names, "or")}, and it is ${describe(location.node)}`;
    this.context.addAt("LYC2104", location, message, {
      remedy: `Write ${joinList(names, "or")}.`,
      ...typeRemedy(location, types),
    });
  }

  private checkScalar(location: Location, schema: Schema): void {
    const value = location.node.kind === "scalar" ? location.node.value : null;
    if (typeof value === "string") {
      if (schema.enum !== undefined && !schema.enum.includes(value)) {
        const meant = this.context.meant("LYC2107", value, schema.enum);
        const isCertain = meant !== undefined && certainlyMeant(value, schema.enum) === meant;
        const correction = isCertain ? { span: location.node.span, from: value, to: meant } : undefined;
        const message = `must be ${joinList(schema.enum, "or")}`;
        this.context.addAt("LYC2107", location, message, { ...writeMeant(meant), correction });
      }
      if (schema.pattern !== undefined && !patternOf(schema.pattern).test(value)) {
        const form = PATTERN_WORDS[schema.pattern] ?? schema.pattern;
        this.context.addAt("LYC2109", location, `must be ${form}`, { remedy: `Write ${form}.` });
      }
    }
    const number = typeof value === "number" ? value : wholeFloatAt(location);
    if (number === undefined) return;
    const { minimum, maximum } = schema;
    if (minimum !== undefined && number < minimum)
      this.context.addAt("LYC2110", location, `must be ${minimum} or more`);
    if (maximum !== undefined && number > maximum)
      this.context.addAt("LYC2110", location, `must be ${maximum} or less`);
  }

  private checkList(location: Location, schema: Schema): void {
    const before = new Map<string, number>();
    const unique = schema.uniqueItems === true && mergedLists.at(pathOf(location)) === undefined;
    for (const item of children(location)) {
      if (unique && item.node.kind === "scalar") {
        const key = JSON.stringify(item.node.value);
        const earlier = before.get(key);
        if (earlier !== undefined) this.context.addAt("LYC2111", item, `is the same as item ${earlier}`);
        else before.set(key, Number(item.step));
      }
      if (schema.items !== undefined) this.check(item, schema.items);
    }
  }

  private checkMapping(location: Location, node: MappingNode, schema: Schema): void {
    const { properties = {}, required = NONE, requiredOneOf = NONE, since } = schema;
    const patterns = patternsOfKeys(schema);
    // A key that is not known yet may become a required key.
    const open = hasUnknownKey(node);
    const missing = open ? [] : required.filter((key) => !node.entries.has(key));
    if (missing.length > 0) {
      const keys = missing.map((key) => `\`${key}\``);
      const unknown = new Map([...node.entries].filter(([key]) => !Object.hasOwn(properties, key)));
      const explainedBy = misspelling({ ...node, entries: unknown }, missing);
      const details = { span: explainedBy, explainedBy };
      this.context.addAt("LYC2106", location, `needs ${joinList(keys, "and")}`, details);
    }
    if (!open && requiredOneOf.length > 0 && !requiredOneOf.some((key) => node.entries.has(key))) {
      const keys = requiredOneOf.map((key) => `\`${key}\``);
      const explainedBy = misspelling(node, requiredOneOf);
      this.context.addAtKey("LYC2106", location, `needs ${joinList(keys, "or")}`, { explainedBy });
    }
    for (const entry of children(location)) {
      const key = String(entry.step);
      if (open && hasUnknown(key)) continue;
      const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
      let known = property !== undefined;
      if (property !== undefined) this.checkProperty(entry, property, since?.[key]);
      for (const [pattern, meant] of patterns) {
        if (!pattern.test(key)) continue;
        known = true;
        this.check(entry, meant);
      }
      if (!known && schema.additionalProperties === false) this.unknownKey(location, entry, schema);
    }
  }

  /** Checks the value of a known key. Reports the release of Docker Compose that the key needs. */
  private checkProperty(entry: Location, property: Schema, since: string | undefined): void {
    const before = this.release;
    const needed = since === undefined ? 0 : COMPOSE_RELEASES.indexOf(since);
    // `before` is the latest release that an outer key needs. The diagnostic at the outer key already reports this
    // release.
    if (needed > before) {
      const key = printableKey(String(entry.step));
      const span = keySpanOf(entry);
      this.context.add("LYC2113", entry, `${key} needs Docker Compose ${since} or later`, { span });
      this.release = needed;
    }
    this.check(entry, property);
    this.release = before;
  }

  private unknownKey(location: Location, entry: Location, schema: Schema): void {
    const key = String(entry.step);
    const span = keySpanOf(entry);
    const known = Object.keys(schema.properties ?? {});
    if (known.length === 0) {
      const message =
        key === ""
          ? `${formatPath(pathOf(location))} has a value without a name`
          : `the name ${printableKey(key)} holds characters that are not allowed`;
      this.context.add("LYC2108", entry, message, { span, ...(key === "" ? { remedy: WRITE_NAME } : {}) });
      return;
    }
    const siblings = location.node.kind === "mapping" ? location.node.entries : new Map<string, unknown>();
    const missing = known.filter((candidate) => !siblings.has(candidate));
    const meant = this.context.meant("LYC2105", key, missing);
    const where = location.parent === undefined ? "at the top level" : "here";
    const home = isService(location) ? homeOf(key) : undefined;
    const odd = oddCharacterRemedy(key);
    const ofService = location.parent === undefined && Object.hasOwn(SERVICE_KEYS, key);
    if (location.parent === undefined && !ofService && meant === undefined) this.context.unknownKeys.push(key);
    const remedy =
      odd ??
      (home && `\`${key}\` belongs under \`${home}:\`.`) ??
      (meant && `Did you mean \`${meant}\`?`) ??
      (ofService ? `\`${key}\` is a setting of a service: indent it under one.` : undefined);
    const isCertain =
      meant !== undefined && remedy === `Did you mean \`${meant}\`?` && certainlyMeant(key, missing) === meant;
    // Two unknown keys may be similar to the same name. In this case, neither key is corrected.
    const isShared =
      isCertain && [...siblings.keys()].some((other) => other !== key && nearest(other, [meant]) !== undefined);
    const correction = isCertain && !isShared ? { span, from: key, to: meant } : undefined;
    const message = `Compose has no key ${printableKey(key)} ${where}`;
    this.context.add("LYC2105", entry, message, { span, remedy, correction });
  }
}

function patternOf(source: string): RegExp {
  const known = knownPatterns.get(source) ?? new RegExp(source, "u");
  knownPatterns.set(source, known);
  return known;
}

function patternsOfKeys(schema: Schema): readonly PatternOfKeys[] {
  const { patternProperties } = schema;
  if (patternProperties === undefined) return NONE;
  const known =
    knownPatternsOfKeys.get(schema) ??
    Object.entries(patternProperties).map(([source, meant]) => [patternOf(source), meant] as const);
  knownPatternsOfKeys.set(schema, known);
  return known;
}

/**
 * The lists from which Compose removes repeated items before validation. A repeated item in these lists is no error.
 */
const mergedLists = new PatternTable(keysWith("items"));

function isService(location: Location): boolean {
  return location.parent?.step === "services" && location.parent.parent?.step === undefined;
}

const SERVICE_KEYS = SCHEMA_DEFINITIONS.service?.properties ?? {};

function hasUnknownKey(node: MappingNode): boolean {
  for (const key of node.entries.keys()) if (hasUnknown(key)) return true;
  return false;
}

function isWildcard(node: ComposeNode): boolean {
  return node.kind === "scalar" && typeof node.value === "string" && hasVariables(node.value);
}

/** Returns the items as `a, b or c`, with `word` before the last item. */
function joinList(items: readonly string[], word: "or" | "and"): string {
  if (items.length <= 1) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
}
