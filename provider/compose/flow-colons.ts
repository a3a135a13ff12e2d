import { type Document, isMap, isScalar, isSeq, type ParsedNode, type Scalar } from "yaml";
import type { DiagnosticCollector } from "./diagnostic";
import { addRefused } from "./yaml-errors";

/** Compose's YAML reader looks for the colon of a key in so many characters. */
const longestKey = 1024;

/**
 * Adds a diagnostic for each colon and question mark in brackets or braces that Compose's YAML reader takes otherwise
 * than YAML 1.2 does. A colon ends a key without quotes only before white space, so `{A:, B: c}` has a key `A:`; and no
 * text without quotes starts with one. A key and its colon are on one line to it, in quotes, too. A question mark
 * starts a key without a space behind it, so `{?A: b}` has a key `A`, and text without quotes holds none.
 */
export function checkFlowColons(document: Document.Parsed, text: string, collector: DiagnosticCollector): void {
  const add = (at: number, message: string, remedy: string) => addRefused(collector, at, message, remedy);
  const checkScalar = ({ type, range }: Scalar.Parsed) => {
    if (type !== "PLAIN") return;
    if (text.charAt(range[0]) === ":") {
      add(range[0], "text without quotes cannot start with a colon here", "Put the text in quotes.");
    }
    const question = text.slice(range[0], range[1]).indexOf("?");
    if (question === -1) return;
    const message =
      question === 0 ? "a question mark starts a key here" : "a question mark ends text without quotes here";
    add(range[0] + question, message, "Put the text in quotes.");
  };
  const checkKey = ({ type, range }: Scalar.Parsed) => {
    checkLine(range[0], range[1]);
    if (type !== "PLAIN" || !/^:[,[\]{}]/.test(text.slice(range[1], range[1] + 2))) return;
    add(range[1], "the colon is a part of the key", "Write a space behind the colon.");
  };
  const checkLine = (start: number, end: number) => {
    const colon = text.indexOf(":", end);
    // Behind a question mark, a key may have any number of lines.
    if (/\?\s*$/.test(text.slice(Math.max(0, start - 100), start)) || !/^\s*:/.test(text.slice(end, colon + 1))) return;
    if (text.slice(start, colon).includes("\n")) {
      add(start, "a key in brackets and its colon must be on one line", "Write the key and its colon on one line.");
    } else if (colon - start > longestKey) {
      add(start, `a key in brackets is at most ${longestKey} characters long`, "Shorten the key.");
    }
  };
  const walk = (node: ParsedNode | null | undefined, within: boolean): void => {
    if (isScalar(node)) {
      if (within) checkScalar(node as Scalar.Parsed);
    } else if (isSeq(node)) {
      for (const item of node.items as ParsedNode[]) walk(item, within || node.flow === true);
    } else if (isMap(node)) {
      const inside = within || node.flow === true;
      for (const { key, value } of node.items) {
        if (inside && isScalar(key)) checkKey(key as Scalar.Parsed);
        walk(key as ParsedNode, inside);
        walk(value as ParsedNode | null, inside);
      }
    }
  };
  walk(document.contents, false);
}
