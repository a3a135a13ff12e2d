import type { Scalar } from "yaml";
import type { ComposeNode } from "./model";
import type { Span } from "./position";
import { resolvePlainScalar } from "./scalar";
import { coreTag } from "./tags";
import { unknownMarker } from "./text";
import { nodeWeight } from "./tree-bounds";

/** The node of a scalar as Compose reads it. `misfit` is called with its tag when the value is not of that type. */
export function readScalar(node: Scalar.Parsed, span: Span, misfit: (tag: string) => void): ComposeNode {
  const source = typeof node.source === "string" ? node.source : String(node.value ?? "");
  const value = taggedValue(node, source, misfit);
  return { kind: "scalar", value, style: styleOf(node), span, weight: nodeWeight + source.length, height: 0 };
}

function styleOf({ type, tag }: Scalar.Parsed): "plain" | "quoted" | "block" {
  if (type === "PLAIN") return tag === undefined ? "plain" : "quoted";
  return type?.startsWith("QUOTE_") ? "quoted" : "block";
}

const tagKinds: Readonly<Record<string, readonly string[]>> = {
  int: ["integer"],
  float: ["float", "integer"],
  bool: ["boolean"],
  null: ["null"],
};

function taggedValue({ type, tag }: Scalar.Parsed, source: string, misfit: (tag: string) => void) {
  const resolved = resolvePlainScalar(source);
  if (tag === undefined) return type === "PLAIN" ? resolved.value : source;
  if (!tag.startsWith(coreTag)) return source;
  const name = tag.slice(coreTag.length);
  const kinds = tagKinds[name];
  if (kinds === undefined) return source;
  if (kinds.includes(resolved.kind)) return resolved.value;
  misfit(name);
  // One diagnostic must not make others.
  return unknownMarker;
}
