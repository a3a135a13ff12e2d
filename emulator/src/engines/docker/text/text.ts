import { isAlias, isNode, visit } from "yaml";
import { parseBounded } from "../../bounded-yaml";
import { composeText } from "./compose-text";
import { composeValues, plainValues } from "./compose-values";

/** A parsed Compose text, or why it cannot be read. */
export type ComposeText =
  | {
      readonly kind: "read";
      /** The parsed values of each YAML document in the text, for validation. */
      readonly documents: readonly unknown[];
      /**
       * The user's Compose text, parsed and written again in a strict form. Compose receives this text in place of the
       * user's text.
       */
      readonly rewritten: string;
    }
  | { readonly kind: "unreadable"; readonly reasons: readonly string[] };

/**
 * YAML tags that Compose and the emulator's YAML reader understand in the same way. With another tag (mainly
 * `!!binary`), they might read a key differently. The emulator would then accept a key that it should refuse.
 */
const HARMLESS_TAGS = new Set([
  ...["str", "int", "float", "bool", "null", "map", "seq", "merge"].map((name) => `tag:yaml.org,2002:${name}`),
  "!reset",
  "!override",
]);

/**
 * Characters that end a line for Compose, but not for the emulator's YAML reader. If a comment contains such a
 * character, the YAML reader continues the comment, but Compose reads a key.
 */
const OTHER_LINE_ENDS: Readonly<Record<string, string>> = {
  "\r": "a carriage return without a line feed",
  "\u0085": "U+0085",
  "\u2028": "U+2028",
  "\u2029": "U+2029",
};

/**
 * Reads a Compose text, but none of the files that the text names. Before Compose normalizes the text, the result must
 * be checked with `refusals`, because Compose would read the files of `env_file`, `include` and `extends`.
 */
export function readComposeText(text: string): ComposeText {
  const lineEnd = otherLineEnd(text);
  if (lineEnd !== undefined) return unreadable([lineEnd]);
  try {
    const yaml = parseBounded(text, { merge: true });
    if (yaml.kind === "errors") return unreadable(yaml.errors);
    const { documents } = yaml;
    const reasons = documents.flatMap((document) => oddTags(document.contents));
    if (reasons.length > 0) return unreadable(reasons);
    const parts = documents.map(composeValues).filter((part) => part !== null && part !== undefined);
    const values = parts.map(plainValues);
    if (values.length === 0) return unreadable(["it is empty"]);
    if (values.some((value) => typeof value !== "object" || Array.isArray(value))) {
      return unreadable(["it must be a mapping"]);
    }
    return { kind: "read", documents: values, rewritten: parts.map(composeText).join("\n---\n") };
  } catch (error) {
    return unreadable([error instanceof Error ? error.message : String(error)]);
  }
}

function otherLineEnd(text: string): string | undefined {
  const found = /\r(?!\n)|[\u0085\u2028\u2029]/.exec(text);
  if (found === null) return undefined;
  const before = text.slice(0, found.index).split("\n");
  const position = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  return `${OTHER_LINE_ENDS[found[0]]} at ${position}: Compose takes it for the end of a line; remove it, or write it as an escape in double quotes`;
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
