import { isAlias, isNode, visit } from "yaml";
import { parseBounded } from "../../bounded-yaml";
import { composeText } from "./compose-text";
import { composeValues, plainValues } from "./compose-values";

/** A parsed compose text, or why it cannot be read. */
export type ComposeText =
  | {
      readonly kind: "read";
      /** Plain values for validation, one for each YAML document. */
      readonly documents: readonly unknown[];
      /** The same values written out. Compose gets these instead of the text. */
      readonly rewritten: string;
    }
  | { readonly kind: "unreadable"; readonly reasons: readonly string[] };

/**
 * Tags that do not change what a text requests. With other tags (mainly `!!binary`), compose could read a key
 * differently than this reader, which would bypass the refusals.
 */
const HARMLESS_TAGS = new Set([
  ...["str", "int", "float", "bool", "null", "map", "seq", "merge"].map((name) => `tag:yaml.org,2002:${name}`),
  "!reset",
  "!override",
]);

/**
 * Characters that end a line for Compose but not for the YAML reader of the emulator. After `# …` and one of them, that
 * reader still sees the comment, and Compose sees a key.
 */
const OTHER_LINE_ENDS: Readonly<Record<string, string>> = {
  "\r": "a carriage return without a line feed",
  "\u0085": "U+0085",
  "\u2028": "U+2028",
  "\u2029": "U+2029",
};

/**
 * Reads a compose text without following any name in it. Compose itself reads the files of `env_file`, `include` and
 * `extends` while it normalizes, so refusals are checked on this reading first.
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
