import {
  Composer,
  type CST,
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  Lexer,
  LineCounter,
  Parser,
} from "yaml";

/**
 * The largest number of tokens in a text (words, indentation, punctuation). An ordinary project of 1 MB, the provider's
 * limit, has fewer tokens. A list of single characters, such as `[a,b,c]`, may have more: with 1 MB, it would take a
 * gigabyte of memory.
 */
export const MOST_TOKENS = 800_000;
/** The largest number of nested collections. */
export const DEEPEST_NESTING = 100;
/**
 * The largest number of aliases. For each alias inside a value that has an alias itself, the YAML library walks through
 * the whole document.
 */
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
  const lines = new LineCounter();
  lines.addNewLine(0);
  const tokens = tokensOf(text, lines);
  if (tokens.kind === "errors") return tokens;
  const documents = withoutStackTraces(() => {
    const composer = new Composer({ ...options, logLevel: "silent", uniqueKeys: false });
    return [...composer.compose(tokens.tokens, false, text.length)] as Document.Parsed[];
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

type Tokens =
  | { readonly kind: "tokens"; readonly tokens: readonly CST.Token[] }
  | { readonly kind: "errors"; readonly errors: readonly string[] };

/** Returns the tokens of a text. Stops if the text is too large or too deep for the code that reads the tokens. */
function tokensOf(text: string, lines: LineCounter): Tokens {
  const tooMuch = (reason: string): Tokens => ({ kind: "errors", errors: [`the text ${reason}`] });
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let count = 0;
  let aliases = 0;
  let before = "";
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > MOST_TOKENS) return tooMuch(`is made of more than ${MOST_TOKENS} tokens`);
    // The YAML library puts the character U+001F before plain text and before the text of a block. So the text after
    // this character is not an alias, even if it begins with `*`.
    if (lexeme.startsWith("*") && before !== "\u001f" && ++aliases > MOST_ALIASES) {
      return tooMuch(`holds more than ${MOST_ALIASES} aliases`);
    }
    before = lexeme;
    for (const token of parser.next(lexeme)) tokens.push(token);
    // The parser's stack has two items in addition to the open collections: the document itself and a scalar.
    if (parser.stack.length > DEEPEST_NESTING + 2) return tooMuch(`is nested deeper than ${DEEPEST_NESTING}`);
  }
  for (const token of parser.end()) tokens.push(token);
  return { kind: "tokens", tokens };
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
 * character. Their stack traces would take seconds.
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
