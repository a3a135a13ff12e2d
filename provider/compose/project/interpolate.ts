import type { ComposeNode } from "../model";
import { type ComposePath, formatPath, printableKey } from "../path";
import type { Span } from "../position";
import { unknownMarker } from "../text";
import { textTypeAt, valueOfText } from "../typed-texts";
import type { ProjectFaults } from "./diagnostics";
import { mapValues, type ScalarNode, sequenceNode, textOf } from "./nodes";
import { escapeDollars, type LookUp, substitute, type TemplateFault } from "./template";

/**
 * A tree with the variables put into its strings; keys hold none. A dollar sign that is left is written twice, so that
 * the tree means the same to whoever puts variables in once more. Where Compose reads a number or a truth value, a text
 * becomes one.
 */
export function interpolate(root: ComposeNode, lookUp: LookUp, faults: ProjectFaults): ComposeNode {
  const walk = (node: ComposeNode, path: ComposePath): ComposeNode => {
    if (node.kind === "mapping") return mapValues(node, (value, key) => walk(value, [...path, key]));
    if (node.kind === "sequence") {
      let changed = false;
      const items = node.items.map((item, index) => {
        const result = walk(item, [...path, index]);
        changed ||= result !== item;
        return result;
      });
      return changed ? sequenceNode(items, node.span) : node;
    }
    const text = textOf(node);
    return text === undefined ? node : scalar(node, text, path, lookUp, faults);
  };
  return walk(root, []);
}

function scalar(node: ScalarNode, text: string, path: ComposePath, lookUp: LookUp, faults: ProjectFaults): ComposeNode {
  const put = substitute(text, lookUp);
  for (const fault of put.faults) tell(fault, node, text, path, faults);
  const secret = put.secret || node.secret === true;
  if (put.text.length > text.length && !faults.grow(put.text.length - text.length, { span: node.span, path })) {
    return { ...node, value: unknownMarker };
  }
  const failed = put.faults.some(({ kind }) => kind !== "unset");
  const kind = failed || put.text.includes(unknownMarker) ? undefined : textTypeAt(path);
  if (kind === undefined) {
    const value = escapeDollars(put.text);
    if (value === text && secret === (node.secret === true)) return node;
    // What a variable has made is a text, also where it looks like a number: only what is written so counts as one.
    const style = value === text ? node.style : "quoted";
    return { ...node, value, style, weight: node.weight + value.length - text.length, ...(secret ? { secret } : {}) };
  }
  const value = valueOfText(put.text, kind);
  if (value === undefined) {
    const wanted = { integer: "a whole number", number: "a number", boolean: "true or false" }[kind];
    faults.add("LYC2112", `${formatPath(path)} must be ${wanted}`, { span: node.span, path });
  }
  // Told once is enough: nobody judges what is not known.
  return { ...node, value: value ?? unknownMarker, style: "plain", ...(secret ? { secret } : {}) };
}

function tell(fault: TemplateFault, node: ScalarNode, text: string, path: ComposePath, faults: ProjectFaults): void {
  const where = formatPath(path);
  // Nobody would read where it is, and looking for it takes as long as the text.
  const span = faults.isFull ? node.span : spanIn(node.span, text.slice(fault.start, fault.end), faults);
  switch (fault.kind) {
    case "broken":
      faults.add("LYC2310", `${where} holds a variable that is not closed or has no name`, { span, path });
      return;
    case "large":
      faults.add("LYC2502", `${where} grows too large with its variables`, { span, path });
      return;
    case "required":
      faults.add("LYC2309", `${where} needs the variable ${printableKey(fault.name)}, which is not set`, {
        span,
        path,
        remedy: `Give it a value: \`variables: { ${fault.name}: … }\`.`,
      });
      return;
    case "unset":
      faults.add("LYC2308", `${where} holds the variable ${printableKey(fault.name)}, which is not set`, {
        span,
        path,
        remedy: `Give it a value (\`variables: { ${fault.name}: … }\`) or a default (\${${fault.name}:-…}).`,
      });
  }
}

/** Where a piece of a value is written; the whole value when folding or escapes have changed it. */
function spanIn(span: Span, piece: string, faults: ProjectFaults): Span {
  const at = faults.sources.slice(span).indexOf(piece);
  return at === -1 ? span : { start: span.start + at, end: span.start + at + piece.length };
}
