import { CST } from "yaml";
import type { DiagnosticCollector } from "../diagnostics/diagnostic";
import { addRefused } from "./yaml-errors";

/**
 * Finds the tabs that Compose's YAML reader refuses although the YAML library accepts them. For Compose's reader, a tab
 * is white space only after other text on the same line. It refuses a tab at the start of a line, and after a `-`, `?`
 * or `:` at the start of a line. Inside brackets and quotes, both readers accept any tab as white space.
 */
export class TabChecker {
  /** Whether this line so far contains only white space and these signs. */
  private atStart = true;
  private depth = 0;
  private header: string | undefined;
  private isScalar = false;

  constructor(private readonly collector: DiagnosticCollector) {}

  /** Whether the next token is text without quotes, or the text of a block. */
  get isContent(): boolean {
    return this.isScalar;
  }

  /** Takes the tokens of a text one by one, each with its offset. */
  next(lexeme: string, offset: number): void {
    if (this.isScalar) {
      this.isScalar = false;
      this.scalar(lexeme, offset);
      return;
    }
    switch (CST.tokenType(lexeme)) {
      case "newline":
        this.atStart = true;
        return;
      case "space":
        if (this.atStart && this.depth === 0 && lexeme.includes("\t")) this.add(offset + lexeme.indexOf("\t"));
        return;
      case "scalar":
        this.isScalar = true;
        return;
      case "seq-item-ind":
      case "explicit-key-ind":
      case "map-value-ind":
      case "doc-mode":
      case "byte-order-mark":
        // This `:` follows a key, so something else is first on its line.
        return;
      case "flow-map-start":
      case "flow-seq-start":
        this.depth += 1;
        break;
      case "flow-map-end":
      case "flow-seq-end":
        this.depth = Math.max(0, this.depth - 1);
        break;
      case "flow-error-end":
        this.depth = 0;
        return;
      case "block-scalar-header":
        this.header = lexeme;
        break;
    }
    this.atStart = false;
  }

  private scalar(text: string, offset: number): void {
    const { header } = this;
    this.header = undefined;
    if (header !== undefined) {
      this.block(text, offset, /[1-9]/.test(header));
      this.atStart = true;
      return;
    }
    this.atStart = false;
    // Text without quotes may continue on indented lines.
    if (this.depth > 0 || !text.includes("\n")) return;
    for (const { index, 0: start } of text.matchAll(/\n *\t/g)) this.add(offset + index + start.length - 1);
  }

  /** Checks a block. Its lines begin with the spaces of its indentation, and a tab may only come after them. */
  private block(text: string, offset: number, isExplicit: boolean): void {
    if (!text.includes("\t")) return;
    let indent: number | undefined;
    const lines: { readonly at: number; readonly spaces: number }[] = [];
    let at = 0;
    for (const line of text.split("\n")) {
      const spaces = line.length - line.replace(/^ +/, "").length;
      const isBlank = line.trim() === "";
      if (line[spaces] === "\t") lines.push({ at: at + spaces, spaces });
      if (isExplicit && !isBlank) indent = Math.min(indent ?? spaces, spaces);
      // The first line with text sets the indentation. So a tab before that line, or in it before its text, is not part
      // of the indentation.
      if (!isExplicit && indent === undefined && spaces < line.length && line !== "\r") {
        indent = line[spaces] === "\t" ? spaces + 1 : spaces;
      }
      at += line.length + 1;
    }
    for (const tab of lines) if (tab.spaces < (indent ?? 0)) this.add(offset + tab.at);
  }

  private add(at: number): void {
    addRefused(this.collector, at, "a tab cannot indent a line", "Indent with spaces.");
  }
}
