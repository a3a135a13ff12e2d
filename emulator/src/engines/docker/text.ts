import { isAlias, isNode, visit } from "yaml";
import { parseBounded } from "../bounded-yaml";

/** A compose text as plain values, one per YAML document; or why it cannot be read. */
export type ComposeText =
  | { readonly kind: "read"; readonly documents: readonly unknown[] }
  | { readonly kind: "unreadable"; readonly reasons: readonly string[] };

/**
 * Tags that change nothing about what a text asks for. Others (`!!binary` above all) could spell a key here
 * that compose reads as another one, and so get past the refusals.
 */
const HARMLESS_TAGS = new Set([
  ...["str", "int", "float", "bool", "null", "map", "seq", "merge"].map((name) => `tag:yaml.org,2002:${name}`),
  "!reset",
  "!override",
]);

/** Aliases may be followed this often; beyond it the text is a bomb rather than a stack. */
const MAX_ALIASES = 1000;

/**
 * Reads a compose text without following anything it names. Compose itself reads the files behind `env_file`,
 * `include` and `extends` while it normalises, so refusals are judged on this reading first.
 */
export function readComposeText(text: string): ComposeText {
  try {
    const yaml = parseBounded(text, { merge: true });
    if (yaml.kind === "faults") return unreadable(yaml.faults);
    const { documents } = yaml;
    const reasons = documents.flatMap((document) => oddTags(document.contents));
    if (reasons.length > 0) return unreadable(reasons);
    const values = Array.from(documents, (document) => document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown);
    if (!values.some((value) => value !== null)) return unreadable(["it is empty"]);
    if (values.some((value) => value !== null && (typeof value !== "object" || Array.isArray(value)))) {
      return unreadable(["it must be a mapping"]);
    }
    return { kind: "read", documents: values };
  } catch (error) {
    return unreadable([error instanceof Error ? error.message : String(error)]);
  }
}

function oddTags(contents: unknown): string[] {
  const found = new Set<string>();
  if (isNode(contents)) {
    visit(contents, {
      Node: (_key, node) => {
        if (!isAlias(node) && typeof node.tag === "string" && !HARMLESS_TAGS.has(node.tag)) found.add(node.tag);
      },
    });
  }
  return [...found].map((tag) => `the tag ${tag} is not supported`);
}

function unreadable(reasons: readonly string[]): ComposeText {
  return { kind: "unreadable", reasons: reasons.map((reason) => `The compose text cannot be read: ${reason}`) };
}
