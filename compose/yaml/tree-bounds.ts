import type { DiagnosticCollector } from "../diagnostics/diagnostic";
import { type Span, startOf } from "../diagnostics/position";
import type { ComposeNode, ComposePath } from "../model/model";
import { deepestNesting } from "./documents";

/**
 * The most a document may weigh (about bytes) with every alias written out. A text of 1 MB without aliases cannot
 * reach it.
 */
const heaviestExpansion = 10_000_000;

/** Bounds what aliases make of a document: how deep it gets, and how much. Each is reported once. */
export class TreeBounds {
  private expanded = 0;
  private bombReported = false;
  private depthReported = false;

  constructor(private readonly collector: DiagnosticCollector) {}

  /** A collection, which is reported when it is too high. */
  checked(node: ComposeNode, path: ComposePath): ComposeNode {
    if (node.height > deepestNesting && !this.depthReported) {
      this.depthReported = true;
      const message = `with its aliases written out, this is nested more than ${deepestNesting} levels deep`;
      this.collector.add("LYC2009", message, { span: startOf(node.span), path: [...path] });
    }
    return node;
  }

  /** Counts what an alias or a merge key brings along; `false`, and a report, once it is too much. */
  expand(weight: number, span: Span, path: ComposePath): boolean {
    this.expanded += weight;
    if (this.expanded <= heaviestExpansion) return true;
    if (!this.bombReported) {
      this.bombReported = true;
      const message = "the document grows beyond 10 MB when its aliases are written out";
      this.collector.add("LYC2010", message, { span, path: [...path] });
    }
    return false;
  }
}
