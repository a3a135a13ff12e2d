// Writes an entry of a table as sentences.
import schema from "./load-schema.cjs";

/** @type {[string, import("../../../provider/schema/resources.js").ResourceRow]} */
const execution = schema.resources[0] ?? [
  "",
  { doc: "", inputs: {}, outputs: {}, outputsClass: "", outputsDoc: "", enumPrefix: "", example: "", completeWith: [] },
];

/**
 * The parts of an entry, in any table, that are written as text.
 * @typedef {{ doc: string, type?: object, default?: unknown, whenAbsent?: unknown, defaultWords?: string | undefined,
 * apiField?: string | undefined, apiNote?: string }} TextRow
 */

/**
 * The default, as the documentation shows it. Undefined if there is none.
 * @param {TextRow} row
 * @returns {string | undefined}
 */
export function defaultOf({ default: written, whenAbsent, defaultWords }) {
  if (defaultWords !== undefined) return defaultWords;
  const value = written ?? whenAbsent;
  if (value === undefined || typeof value === "object") return undefined;
  return typeof value === "string" ? `\`${value}\`` : String(value);
}

/**
 * The valid values. Undefined if the type is clear enough.
 * @param {TextRow} row
 * @returns {string | undefined}
 */
export function limitsOf({ type = {} }) {
  return "limits" in type && type.limits !== undefined ? String(type.limits) : undefined;
}

/**
 * The text of an entry, followed by limits, default and API field.
 * @param {TextRow} row
 */
export function sentencesOf(row) {
  const [limits, fallback] = [limitsOf(row), defaultOf(row)];
  return [
    row.doc,
    ...(limits === undefined ? [] : [`Limits: ${limits}.`]),
    ...(fallback === undefined ? [] : [`Default ${fallback}.`]),
    ...(row.apiField === undefined ? [] : [`API field \`${row.apiField}\`${row.apiNote ?? ""}.`]),
  ].join(" ");
}

/**
 * The text of an entry of a function or an object. Defaults are written as code.
 * @param {TextRow} row
 */
export const rowSentences = ({ whenAbsent, ...row }) =>
  sentencesOf({ ...row, defaultWords: whenAbsent === undefined ? undefined : `\`${whenAbsent}\`` });

/** @param {string} name */
export const capital = (name) => name.charAt(0).toUpperCase() + name.slice(1);

/**
 * The first line of a generated file.
 * @param {string} folder where the tables are
 */
export const generatedFrom = (folder) =>
  `// Made by tools/generate/reference.mjs from the tables in ${folder}: change a row there, then \`npm run generate\`.`;

/**
 * A statement with these arguments, as it stands in a program.
 * @param {string} example properties of the arguments' object
 * @param {[string, import("../../../provider/schema/resources.js").ResourceRow]} [resource] by default, an execution
 */
export function statementOf(example, [name, row] = execution) {
  const complete = row.completeWith.some((each) => example.startsWith(`${each}:`));
  const properties = complete ? [example] : [row.example, example];
  const head = `new lyceum.${name}("${name === execution[0] ? "job" : "data"}", {`;
  const line = `${head} ${properties.join(", ")} });`;
  if (line.length <= 110) return line;
  return [head, ...properties.map((each) => `  ${each},`), "});"].join("\n");
}

/**
 * A TSDoc comment, on one line if it fits and has no example.
 * @param {string} text
 * @param {string} indent
 * @param {string} [example] a statement
 */
export function tsdoc(text, indent = "", example) {
  const WIDTH = 120;
  const whole = `${indent}/** ${text} */`;
  if (whole.length <= WIDTH && example === undefined) return whole;
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && `${indent} * ${line} ${word}`.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  if (example !== undefined) lines.push("", "@example", "```ts", ...example.split("\n"), "```");
  return [`${indent}/**`, ...lines.map((each) => `${indent} * ${each}`.trimEnd()), `${indent} */`].join("\n");
}
