import { type CST, type Document, isMap, type ParsedNode, type YAMLMap } from "yaml";

/** So many entries at the least are composed at once. */
const batch = 16;
/** The parser may still move comments and line breaks between the last entries of a mapping. */
const unfinished = 2;

type Entries = YAMLMap.Parsed["items"];

/**
 * The entries of a document's two outermost mappings, composed as soon as they are parsed. The library's tokens take several
 * times the memory of what they are composed to. Were a long text all tokens first, the garbage collector would walk through
 * them again and again: so there are never more of them than a few services have.
 */
export class FinishedEntries {
  private readonly taken = new Map<CST.BlockMap, { readonly start: number; readonly entries: Entries }>();
  private readonly errors: Document.Parsed["errors"] = [];

  /** @param compose makes documents of tokens */
  constructor(private readonly compose: (tokens: readonly CST.Token[]) => readonly Document.Parsed[]) {}

  /** Takes what is finished, while the document is parsed. */
  takeFrom(stack: readonly CST.Token[]): void {
    // By index: it is asked for every line.
    const document = stack[0];
    const outer = stack[1];
    const inner = stack[2];
    if (document?.type !== "document" || outer?.type !== "block-map") return;
    if (inner?.type === "block-map") {
      // Not of a mapping that is a key.
      const within = outer.items.at(-1);
      if (within?.sep !== undefined && within.value === undefined) this.takeFromMapping(inner);
    } else this.takeFromMapping(outer);
  }

  /** Puts the entries where they were taken from, and their errors with the document's. */
  giveBackTo(document: Document.Parsed): void {
    const { contents } = document;
    if (isMap(contents)) {
      for (const { value } of contents.items as Entries) this.complete(value);
      this.complete(contents as YAMLMap.Parsed);
    }
    // Not spread: there may be more of them than a call may have arguments.
    for (const error of this.errors) document.errors.push(error);
  }

  private takeFromMapping(token: CST.BlockMap): void {
    const { items, offset, indent } = token;
    const count = items.length - unfinished;
    if (count < batch) return;
    const value: CST.BlockMap = { type: "block-map", offset, indent, items: items.splice(0, count) };
    const [document] = this.compose([{ type: "document", offset, start: [], value }]);
    if (!isMap(document?.contents)) return;
    const taken = this.taken.get(token) ?? { start: offset, entries: [] };
    this.taken.set(token, taken);
    for (const entry of document.contents.items as Entries) {
      this.complete(entry.value);
      taken.entries.push(entry);
    }
    for (const error of document.errors) this.errors.push(error);
    // Where the last entry ends is where the library places what is missing in the next.
    token.offset = document.contents.range[1];
  }

  private complete(node: ParsedNode | null): void {
    if (this.taken.size === 0 || !isMap(node)) return;
    const mapping = node as YAMLMap.Parsed;
    for (const [token, { start, entries }] of this.taken) {
      if (token.offset !== mapping.range[0]) continue;
      mapping.range[0] = start;
      mapping.items = [...entries, ...mapping.items];
      this.taken.delete(token);
    }
  }
}
