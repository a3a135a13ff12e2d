import {
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  Lexer,
  LineCounter,
  Parser,
  parseAllDocuments,
} from "yaml";

/**
 * The largest number of tokens in a text (words, indentation, punctuation). A text with so many tokens has about 20 000
 * lines.
 */
export const MOST_TOKENS = 200_000;
/** The largest number of nested collections. */
export const DEEPEST_NESTING = 100;
/** The largest number of aliases, because the YAML library reads the whole document again for each alias. */
export const MOST_ALIASES = 500;

const MOST_ERRORS = 20;

/** The documents of a text, or its YAML errors, each with line and column. */
export type BoundedYaml =
  | { readonly kind: "read"; readonly documents: readonly Document.Parsed[] }
  | { readonly kind: "errors"; readonly errors: readonly string[] };

/**
 * Parses YAML in limited time. For some texts of a megabyte, the YAML library alone would block the emulator for hours,
 * because it compares every key of a mapping with every other key, recurses into brackets, and formats every error.
 */
export function parseBounded(text: string, options: { readonly merge?: boolean } = {}): BoundedYaml {
  const tooMuch = involvement(text);
  if (tooMuch !== undefined) return { kind: "errors", errors: [tooMuch] };
  const lines = new LineCounter();
  const documents = withoutStackTraces(() => {
    const parsed = parseAllDocuments(text, {
      ...options,
      logLevel: "silent",
      uniqueKeys: false,
      prettyErrors: false,
      lineCounter: lines,
    });
    return Array.from(parsed as Iterable<Document.Parsed>);
  });
  const at = (position: number): string => {
    const { line, col } = lines.linePos(position);
    return `at line ${line}, column ${col}`;
  };
  const errors = documents
    .flatMap((document) => [
      ...document.errors.map(({ message, pos }) => `${message.trimEnd()} ${at(pos[0])}`),
      ...repeatedKeys(document).map((position) => `Map keys must be unique ${at(position)}`),
    ])
    .slice(0, MOST_ERRORS);
  return errors.length === 0 ? { kind: "read", documents } : { kind: "errors", errors };
}

/**
 * Returns why a text is too large or too deep to read; undefined if it is not. Called before any code reads the
 * document.
 */
function involvement(text: string): string | undefined {
  const parser = new Parser();
  let tokens = 0;
  let aliases = 0;
  let before = "";
  for (const lexeme of new Lexer().lex(text)) {
    if (++tokens > MOST_TOKENS) return `the text is made of more than ${MOST_TOKENS} tokens`;
    // The YAML library puts this mark before plain and quoted text. So the token after the mark is not an alias, even
    // if it begins with `*`.
    if (lexeme.startsWith("*") && before !== "\u001f" && ++aliases > MOST_ALIASES) {
      return `the text holds more than ${MOST_ALIASES} aliases`;
    }
    before = lexeme;
    for (const _ of parser.next(lexeme)) {
      // Only the depth of the collections counts, and not their kind.
    }
    // The stack has two more items than collections: the document itself and a scalar.
    if (parser.stack.length > DEEPEST_NESTING + 2) return `the text is nested deeper than ${DEEPEST_NESTING}`;
  }
  return undefined;
}

/** Returns the positions of repeated keys in mappings. */
function repeatedKeys(document: Document.Parsed): readonly number[] {
  const found: number[] = [];
  const open: unknown[] = [document.contents];
  while (open.length > 0) {
    const node = open.pop();
    if (isPair(node)) open.push(node.key, node.value);
    if (!isCollection(node)) continue;
    const visited = new Set<unknown>();
    for (const item of node.items) {
      open.push(item);
      const key = isMap(node) && isPair(item) && isScalar(item.key) ? item.key : undefined;
      if (key === undefined || key.value === "<<") continue;
      if (visited.has(key.value)) found.push(key.range?.[0] ?? 0);
      visited.add(key.value);
    }
  }
  return found.sort((left, right) => left - right);
}

/**
 * Runs work without recording stack traces. For a hostile text, the YAML library creates an Error for every second
 * character, and their stack traces would take seconds.
 */
function withoutStackTraces<T>(work: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}
