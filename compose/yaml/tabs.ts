import { CST } from "yaml";
import type { DiagnosticCollector } from "../diagnostics/diagnostic";
import type { FlowDepth } from "./flow-depth";
import { addRefused } from "./yaml-errors";

/**
 * Reports tabs that Compose's YAML reader refuses although the YAML library accepts them. Compose's reader refuses a
 * tab at the start of a line, and a tab after a `-`, `?` or `:` at the start of a line. After other text, and inside
 * brackets and quotes, both readers accept tabs.
 */
export class TabChecker {
  /** Whether the current line has only white space and the signs `-`, `?` and `:` so far. */
  private atStart = true;
  private header: string | undefined;

  constructor(
    private readonly collector: DiagnosticCollector,
    /** The number of open brackets and levels before the current token. The caller updates this object. */
    private readonly flow: FlowDepth,
  ) {}

  /** Receives the tokens of a text one by one, each with its offset. */
  next(lexeme: string, offset: number): void {
    if (this.flow.isContent) {
      this.scalar(lexeme, offset);
      return;
    }
    switch (CST.tokenType(lexeme)) {
      case "newline":
        this.atStart = true;
        return;
      case "space":
        if (this.atStart && this.flow.depth === 0 && lexeme.includes("\t")) this.add(offset + lexeme.indexOf("\t"));
        return;
      case "scalar":
      case "flow-error-end":
      case "seq-item-ind":
      case "explicit-key-ind":
      case "map-value-ind":
      case "doc-mode":
      case "byte-order-mark":
        // These tokens leave `atStart` unchanged. A key before a `:` has already set `atStart` to false.
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
    // A text without quotes may continue on further lines. These lines must not be indented with tabs.
    if (this.flow.depth > 0 || !text.includes("\n")) return;
    for (const { index, 0: start } of text.matchAll(/\n *\t/g)) this.add(offset + index + start.length - 1);
  }

  /**
   * Checks the text of a block scalar (`|`, `>`). In each line, a tab may come only after the indentation of the block.
   */
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
      // The first line with a character other than a space sets the indentation. Compose refuses a tab as this
      // character. The loop below reports tabs before the end of the indentation. So `spaces + 1` makes the loop report
      // this tab.
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
