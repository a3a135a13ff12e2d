import { type Document, isScalar, Scalar, visit } from "yaml";

/**
 * A scalar without quotes that begins like a number, for example a number or a date. Its spelling is kept, because a
 * reader of YAML 1.2 changes `0440` to `440`, and `1.10` to `1.1`.
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
 * Returns the values of a document, with aliases and merges resolved. A {@link PlainScalar} keeps its spelling, and a
 * {@link TaggedValue} its tag. Changes the nodes of the document.
 *
 * @throws with the reason if a key is not a text, or if a key `<<` has quotes or a tag
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
