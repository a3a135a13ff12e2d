import { type Document, isScalar, Scalar, visit } from "yaml";

/**
 * A number, a date or another scalar that begins like a number, without quotes. The spelling is kept, because Compose
 * reads spellings such as `0440` and `1.10` in a special way.
 */
export class PlainScalar {
  constructor(
    readonly value: unknown,
    /**
     * The text of the scalar in the document. It has only letters, digits, `_`, `.`, `+` and `-`, so it is valid
     * without quotes anywhere.
     */
    readonly source: string,
  ) {}
}

/** A value with one of the two tags that only Compose has. */
export class TaggedValue {
  constructor(
    readonly tag: "!reset" | "!override",
    readonly value: unknown,
  ) {}
}

/** Numbers, dates and other texts that begin like a number. They need no quotes. */
const PLAIN = /^[-+]?\.?\d[-+.\w]*$/;
/** The largest number of uses of aliases. A text with more uses counts as an attack. */
const MAX_ALIASES = 1000;

/**
 * Returns the values of a document, with aliases and merges resolved. A value that Compose reads in a special way keeps
 * its spelling ({@link PlainScalar}, {@link TaggedValue}). Also changes the document.
 *
 * @throws with the reason if a key is not a text (Compose refuses such a key too), or if a key `<<` has quotes or a tag
 */
export function composeValues(document: Document.Parsed): unknown {
  visit(document, {
    Pair: (_position, pair) => {
      requireTextKey(pair.key);
    },
    Scalar: (position, node) => {
      if (position !== "key") node.value = spelled(node);
    },
  });
  visit(document, {
    Node: (position, node) => {
      if (position === "key" || !("tag" in node)) return undefined;
      // Compose removes a value with the tag `!reset`, so Compose must receive no part of the value.
      if (node.tag === "!reset") return new Scalar(new TaggedValue("!reset", null));
      if (node.tag !== "!override") return undefined;
      return new Scalar(new TaggedValue("!override", node.toJS(document, { maxAliasCount: MAX_ALIASES })));
    },
  });
  const values: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
  return values;
}

/** Returns the values for validation, without their spellings and tags. */
export function plainValues(value: unknown): unknown {
  if (value instanceof PlainScalar) return value.value;
  if (value instanceof TaggedValue) return plainValues(value.value);
  if (Array.isArray(value)) return value.map(plainValues);
  if (typeof value !== "object" || value === null) return value;
  // `fromEntries` defines each key, so a key `__proto__` in the text stays an ordinary key.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValues(item)]));
}

function spelled(node: Scalar): unknown {
  const { value, source = "" } = node;
  if (node.type !== Scalar.PLAIN || node.tag !== undefined || !PLAIN.test(source)) return value;
  return new PlainScalar(value, source);
}

function requireTextKey(key: unknown): void {
  if (isScalar(key) && typeof key.value === "symbol") return;
  if (!isScalar(key) || typeof key.value !== "string") {
    const name = isScalar(key) ? (key.source ?? String(key.value)) : "a key that is no single word";
    throw new Error(`every key must be a text; write ${name} in quotes`);
  }
  // YAML readers disagree whether a `<<` with quotes or a tag merges.
  if (key.value === "<<") throw new Error("the key << must stand without quotes and tags");
}
