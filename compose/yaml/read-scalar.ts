import type { Scalar } from "yaml";
import type { Span } from "../diagnostics/position";
import { type ComposeNode, NODE_WEIGHT } from "../model/model";
import { type ResolvedScalar, resolvePlainScalar } from "./scalar";
import { UNKNOWN_MARKER } from "./text";

/**
 * Reads a scalar as Compose does, and makes a node. If the value does not match its tag, calls `misfit` with the name
 * of the tag.
 */
export function readScalar(node: Scalar.Parsed, span: Span, misfit: (tag: string) => void): ComposeNode {
  const { source } = node;
  const { value, kind } = taggedValue(node, source, misfit);
  const number = kind === "integer" || kind === "float" ? { number: kind } : {};
  return {
    kind: "scalar",
    value,
    style: styleOf(node),
    ...number,
    span,
    // A merge of lists does not compare collections of different weights. So equal scalars have the same weight in all
    // spellings, such as `16` and `0x10`, or `~` and `null`.
    weight: NODE_WEIGHT + (value === null ? 0 : String(value).length),
    height: 0,
  };
}

function styleOf({ type, tag }: Scalar.Parsed): "plain" | "quoted" | "block" {
  if (type === "PLAIN") return tag === undefined ? "plain" : "quoted";
  return type?.startsWith("QUOTE_") ? "quoted" : "block";
}

const TAG_KINDS: Readonly<Record<string, readonly string[]>> = {
  int: ["integer"],
  float: ["float", "integer"],
  bool: ["boolean"],
  null: ["null"],
};

function taggedValue({ type, tag }: Scalar.Parsed, source: string, misfit: (tag: string) => void): ResolvedScalar {
  const text = { kind: "string", value: source } as const;
  const resolved = resolvePlainScalar(source);
  if (tag === undefined) return type === "PLAIN" ? resolved : text;
  if (!tag.startsWith(CORE_TAG)) return text;
  const name = tag.slice(CORE_TAG.length);
  const kinds = TAG_KINDS[name];
  if (kinds === undefined) return text;
  if (kinds.includes(resolved.kind)) return name === "float" ? { ...resolved, kind: "float" } : resolved;
  misfit(name);
  // With the marker for unknown values, no further diagnostics concern this value.
  return { kind: "string", value: UNKNOWN_MARKER };
}

/** The beginning of YAML's own tags. `!!str` is short for this beginning followed by `str`. */
export const CORE_TAG = "tag:yaml.org,2002:";

/** The names of the tags that Compose and this reader read in the same way. */
const READ_ALIKE = new Set(["str", "int", "float", "bool", "null", "map", "seq", "merge", "set", "omap", "pairs"]);

/**
 * Whether Compose may read a value with this tag differently than this reader. For example, Compose decodes `!!binary`,
 * and changes the text of a `!!timestamp`.
 *
 * @param tag the tag as the YAML library resolves it
 */
export function isReadOtherwise(tag: string): boolean {
  if (tag.startsWith(CORE_TAG)) return !READ_ALIKE.has(tag.slice(CORE_TAG.length));
  // A `%TAG` directive can make a tag that begins with `!!`. Compose reads `!!` as short for `CORE_TAG`. Compose also
  // decodes all escapes (`%`) in a tag, but the YAML library leaves some of them.
  return tag.startsWith("!!") || tag.includes("%");
}

const OTHER_TYPES = new Set(["binary", "timestamp", "value", "yaml"]);

/**
 * Returns the name of a tag for a message. An unknown tag is not named, because it may be a password that starts with
 * `!`.
 */
export function nameOfTag(tag: string): string {
  const name = tag.startsWith(CORE_TAG) ? tag.slice(CORE_TAG.length) : "";
  return OTHER_TYPES.has(name) ? `the tag !!${name}` : "this tag";
}
