import { CST, Lexer, Parser } from "yaml";
import type { Span } from "../diagnostics/position";
import { isWorkloadSection } from "../model/keys";
import { argumentsBefore } from "../model/secret-rules";
import { DEEPEST_NESTING } from "./documents";
import { FlowDepth } from "./flow-depth";

/** A value, an item or a key of a YAML document, without its quotes and escapes. */
export interface WrittenText {
  readonly text: string;
  readonly span: Span;
  /** The key of this text. For an item of a list, the key of the list. Absent if this text is a key. */
  readonly key?: string;
  /** The items before this item of a list, joined to one text. Absent for the first item, and outside of lists. */
  readonly before?: string;
}

/** The texts of a document, and the names of its services and jobs. */
export interface WrittenTexts {
  readonly texts: readonly WrittenText[];
  readonly services: ReadonlySet<string>;
}

/** The length in characters of the longest text that is returned again for each of its aliases. */
const LONGEST_REPEATED = 1000;

/** A collection whose entries are not read yet. */
interface Waiting {
  readonly token: CST.Token;
  readonly key?: string;
  readonly depth: number;
  /** Whether the collection is the value of the top-level key `services` or `jobs`. */
  readonly isServices?: boolean;
}

/**
 * Returns all texts of a document. If the YAML is not valid, returns the texts that can be read. The text of an alias
 * has the position of the anchor.
 */
export function writtenTexts(source: string): WrittenTexts {
  const walk = new TextWalk();
  walk.all(tokensOf(source));
  return walk;
}

function tokensOf(source: string): CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const flow = new FlowDepth();
  // The YAML library does not know that a single CR is a line break, so LF replaces each single CR.
  for (const lexeme of new Lexer().lex(source.replace(/\r(?!\n)/g, "\n"))) {
    flow.next(lexeme);
    // Deeper levels are not read, because the library keeps a list for each level: a megabyte of brackets would take a
    // gigabyte of memory.
    if (flow.depth > DEEPEST_NESTING || flow.opened > DEEPEST_NESTING) break;
    tokens.push(...parser.next(lexeme));
  }
  return [...tokens, ...parser.end()];
}

class TextWalk implements WrittenTexts {
  readonly texts: WrittenText[] = [];
  readonly services = new Set<string>();
  private readonly anchors = new Map<string, Pick<WrittenText, "text" | "span">>();

  all(tokens: readonly CST.Token[]): void {
    const waiting: Waiting[] = [...tokens].reverse().map((token) => ({ token, depth: 0 }));
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next.depth <= DEEPEST_NESTING) waiting.push(...this.inside(next).reverse());
    }
  }

  private inside({ token, key, depth, isServices }: Waiting): Waiting[] {
    if (token.type === "document") return token.value === undefined ? [] : [{ token: token.value, depth }];
    if (!isCollection(token)) {
      this.addText(token, [], key);
      return [];
    }
    const inner: Waiting[] = [];
    const items: string[] = [];
    for (const { start, key: keyToken, sep, value } of token.items) {
      const isPair = keyToken != null;
      const name = isPair && !isCollection(keyToken) ? this.addText(keyToken, start) : undefined;
      if (isPair && isCollection(keyToken)) inner.push({ token: keyToken, depth: depth + 1 });
      if (isServices && name !== undefined) this.services.add(name);
      if (value === undefined) continue;
      const own = isPair ? name : key;
      if (isCollection(value)) {
        inner.push({
          token: value,
          ...keyed(own),
          depth: depth + 1,
          isServices: depth === 0 && isWorkloadSection(own),
        });
        items.push("");
      } else {
        const text = this.addText(value, sep ?? start, own, isPair ? undefined : argumentsBefore(items, items.length));
        items.push(text ?? "");
      }
    }
    return inner;
  }

  private addText(
    token: CST.Token,
    props: readonly CST.SourceToken[],
    key?: string,
    before?: string,
  ): string | undefined {
    const found = this.read(token);
    if (found === undefined) return undefined;
    // A long text is added to `texts` only at its anchor. The caller searches each of the texts for secrets, and to
    // search a long text again for each alias would take too long.
    if (token.type === "alias" && found.text.length > LONGEST_REPEATED) return found.text;
    for (const { type, source } of props) if (type === "anchor") this.anchors.set(source.slice(1), found);
    this.texts.push({ ...found, ...keyed(key), ...(before === undefined ? {} : { before }) });
    return found.text;
  }

  private read(token: CST.Token): Pick<WrittenText, "text" | "span"> | undefined {
    if (token.type === "alias") return this.anchors.get(token.source.slice(1));
    const scalar = CST.resolveAsScalar(token, false, () => undefined);
    if (scalar === null) return undefined;
    const [start, end] = scalar.range;
    return { text: scalar.value, span: { start, end } };
  }
}

function keyed(key: string | undefined): { readonly key?: string } {
  return key === undefined ? {} : { key };
}

function isCollection(token: CST.Token): token is CST.BlockMap | CST.BlockSequence | CST.FlowCollection {
  return token.type === "block-map" || token.type === "block-seq" || token.type === "flow-collection";
}
