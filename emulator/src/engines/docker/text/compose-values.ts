import { type Document, isScalar, Scalar, visit } from "yaml";

/** A scalar without quotes that may be no string. Compose reads its spelling itself: `0440` and `1.10` mean something there. */
export class PlainScalar {
  constructor(
    readonly value: unknown,
    /** Letters, digits, dots and signs only, so it can stand anywhere. */
    readonly source: string,
  ) {}
}

/** A value under one of Compose's own two tags. */
export class TaggedValue {
  constructor(
    readonly tag: "!reset" | "!override",
    readonly value: unknown,
  ) {}
}

/** Spellings that may stand without quotes: numbers and dates in any notation. */
const PLAIN = /^[-+]?\.?\d[-+.\w]*$/;
/** Aliases may be followed this often; beyond it the text is a bomb rather than a stack. */
const MAX_ALIASES = 1000;

/**
 * The values of a document with aliases and merges resolved. What Compose would read in a way of its own stays as it is
 * spelled ({@link PlainScalar}, {@link TaggedValue}); changes the document.
 *
 * @throws with the reason for a key that is no text: Compose refuses it too
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
      // What a reset stands for is gone, so nothing in it may reach Compose.
      if (node.tag === "!reset") return new Scalar(new TaggedValue("!reset", null));
      if (node.tag !== "!override") return undefined;
      return new Scalar(new TaggedValue("!override", node.toJS(document, { maxAliasCount: MAX_ALIASES })));
    },
  });
  const values: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
  return values;
}

/** The values as they are validated: without their spelling and tags. */
export function plainValues(value: unknown): unknown {
  if (value instanceof PlainScalar) return value.value;
  if (value instanceof TaggedValue) return plainValues(value.value);
  if (Array.isArray(value)) return value.map(plainValues);
  if (typeof value !== "object" || value === null) return value;
  // `fromEntries` defines its keys: a key `__proto__` of the text stays a key.
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
  // Readers differ on whether it merges when it is quoted or tagged.
  if (key.value === "<<") throw new Error("the key << must stand without quotes and tags");
}
