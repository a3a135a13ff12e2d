import { CST } from "yaml";

/** Counts the levels of nesting that the tokens of a text open. */
export class FlowDepth {
  /** The number of open brackets and braces. */
  depth = 0;
  /**
   * The number of `-`, `?` and `:` in the current line outside of brackets and braces. Each of these signs opens a
   * level.
   */
  opened = 0;
  /** Whether the next token is text without quotes, or the text of a block. */
  isContent = false;

  /** Receives the next token of a text. Call this function for each token, in the order of the text. */
  next(lexeme: string): void {
    if (this.isContent) {
      this.isContent = false;
      return;
    }
    switch (CST.tokenType(lexeme)) {
      case "scalar":
        this.isContent = true;
        return;
      case "flow-map-start":
      case "flow-seq-start":
        this.depth += 1;
        return;
      case "flow-map-end":
      case "flow-seq-end":
        this.depth = Math.max(0, this.depth - 1);
        return;
      case "flow-error-end":
        this.depth = 0;
        return;
      case "seq-item-ind":
      case "explicit-key-ind":
      case "map-value-ind":
        if (this.depth === 0) this.opened += 1;
        return;
      case "newline":
        this.opened = 0;
    }
  }
}
