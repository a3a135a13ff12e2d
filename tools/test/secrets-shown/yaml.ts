/**
 * The styles in which a text is written in YAML. If a style is not possible for a text, the text is in double quotes.
 */
export const STYLES = [
  "plain",
  "single quotes",
  "double quotes",
  "with an escape",
  "over two lines",
  "literal block",
  "folded block",
] as const;
export type Style = (typeof STYLES)[number];

/** A node of a YAML document. A key may occur twice. The text of `raw` is written unchanged. */
export type Yaml =
  | { readonly kind: "mapping"; readonly entries: readonly (readonly [key: string, value: Yaml])[] }
  | { readonly kind: "list"; readonly items: readonly Yaml[] }
  | { readonly kind: "text"; readonly text: string; readonly style: Style }
  | { readonly kind: "raw"; readonly text: string }
  | { readonly kind: "anchor"; readonly name: string; readonly value: Yaml };

export const mapping = (...entries: readonly (readonly [string, Yaml])[]): Yaml => ({ kind: "mapping", entries });
export const list = (...items: readonly Yaml[]): Yaml => ({ kind: "list", items });
export const text = (value: string, style: Style = "double quotes"): Yaml => ({ kind: "text", text: value, style });
export const raw = (value: string): Yaml => ({ kind: "raw", text: value });
export const anchor = (name: string, value: Yaml): Yaml => ({ kind: "anchor", name, value });

/** Returns a node on one line, in a form that is valid in JSON and in YAML. */
export function inFlow(node: Yaml): string {
  if (node.kind === "mapping")
    return `{${node.entries.map(([key, value]) => `${keyOf(key)}: ${inFlow(value)}`).join(", ")}}`;
  if (node.kind === "list") return `[${node.items.map(inFlow).join(", ")}]`;
  if (node.kind === "anchor") return `&${node.name} ${inFlow(node.value)}`;
  return node.kind === "raw" ? node.text : onOneLine(node.text, node.style, true);
}

/** Returns a node as the text after `key:` or `-`. The text begins with a line break or a space. */
export function inBlock(node: Yaml, indent: string): string {
  if (node.kind === "anchor") return ` &${node.name}${inBlock(node.value, indent)}`;
  if (node.kind === "mapping" && node.entries.length > 0)
    return `\n${node.entries.map(([key, value]) => `${indent}${keyOf(key)}:${inBlock(value, `${indent}  `)}`).join("\n")}`;
  if (node.kind === "list" && node.items.length > 0)
    return `\n${node.items.map((item) => `${indent}-${inItem(item, `${indent}  `)}`).join("\n")}`;
  if (node.kind !== "text") return ` ${inFlow(node)}`;
  return ` ${overLines(node.text, node.style, indent) ?? onOneLine(node.text, node.style, false)}`;
}

/** Returns an item of a list. A collection in the item is on one line. */
function inItem(item: Yaml, indent: string): string {
  return item.kind === "mapping" || item.kind === "list" ? ` ${inFlow(item)}` : inBlock(item, indent);
}

function overLines(value: string, style: Style, indent: string): string | undefined {
  const isPlain = !/^\s|\s$|\t|\n\n|\n /.test(value) && value !== "";
  if (style === "literal block" && /^\S/.test(value) && !value.includes("\t")) {
    const lines = value.replace(/\n+$/, "").split("\n");
    return `|${value.endsWith("\n") ? "" : "-"}\n${lines.map((line) => (line === "" ? "" : indent + line)).join("\n")}`;
  }
  if (style === "folded block" && isPlain && !/\n| {2}/.test(value))
    return `>-\n${indent}${value.replace(" ", `\n${indent}`)}`;
  if (style === "over two lines" && value.length > 8) {
    const half = Math.ceil(value.length * 0.6);
    const [first, second] = [value.slice(0, half), value.slice(half)].map((part) => JSON.stringify(part).slice(1, -1));
    // A space at the beginning of the second line is escaped, because YAML would drop it.
    return `"${first}\\\n${indent}${second?.replace(/^ /, "\\ ")}"`;
  }
  return undefined;
}

function onOneLine(value: string, style: Style, isInFlow: boolean): string {
  if (style === "plain" && isPlainScalar(value, isInFlow)) return value;
  if (style === "single quotes" && !/[\n\t]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  const quoted = JSON.stringify(value);
  if (style !== "with an escape") return quoted;
  const at = value.search(/[A-Za-z0-9][A-Za-z0-9]$/);
  if (at === -1) return quoted;
  const escaped = `\\x${value.charCodeAt(at).toString(16)}`;
  return `"${JSON.stringify(value.slice(0, at)).slice(1, -1)}${escaped}${JSON.stringify(value.slice(at + 1)).slice(1)}`;
}

function isPlainScalar(value: string, isInFlow: boolean): boolean {
  if (!/^[A-Za-z/][^\n\t]*\S$/.test(value) || /: |:$| #|^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value))
    return false;
  return !isInFlow || !/[[\]{},]/.test(value);
}

function keyOf(key: string): string {
  return /^[A-Za-z<][\w.<-]*$/.test(key) ? key : JSON.stringify(key);
}
