// Writes a row of a schema table as sentences.
import schema from "./load-schema.cjs";

/** @type {[string, import("../../../provider/schema/resources.js").ResourceRow]} */
const execution = schema.resources[0] ?? [
  "",
  { doc: "", inputs: {}, outputs: {}, outputsClass: "", outputsDoc: "", enumPrefix: "", example: "", completeWith: [] },
];

/**
 * The parts of a table's row that are written as text.
 * @typedef {{ doc: string, type?: { shape: import("../../../provider/schema/value-types.js").Shape }, default?: unknown, whenAbsent?: unknown, defaultWords?: string | undefined,
 * apiField?: string | undefined, apiNote?: string }} TextRow
 */

/**
 * Returns the default value as the documentation shows it, or undefined if there is no default.
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
 * Returns the description of the valid values, or undefined if the type is clear enough.
 * @param {TextRow} row
 * @returns {string | undefined}
 */
export function limitsOf({ type }) {
  return type !== undefined && "limits" in type && type.limits !== undefined ? String(type.limits) : undefined;
}

/**
 * Returns the text of a row, followed by limits, default and API field.
 * @param {TextRow} row
 */
export function sentencesOf(row) {
  const [limits, fallback] = [limitsOf(row), defaultOf(row)];
  return [
    schema.fullDoc(row),
    ...(limits === undefined ? [] : [`Limits: ${limits}.`]),
    ...(fallback === undefined ? [] : [`Default ${fallback}.`]),
    ...(row.apiField === undefined ? [] : [`API field \`${row.apiField}\`${row.apiNote ?? ""}.`]),
  ].join(" ");
}

/**
 * Returns the text of a row of a function or an object. A default is written as code.
 * @param {TextRow} row
 */
export const rowSentences = ({ whenAbsent, ...row }) =>
  sentencesOf({ ...row, defaultWords: whenAbsent === undefined ? undefined : `\`${whenAbsent}\`` });

/** @param {string} name */
export const capital = (name) => name.charAt(0).toUpperCase() + name.slice(1);

/**
 * Returns the first line of a generated file.
 * @param {string} folder where the tables are
 */
export const generatedFrom = (folder) =>
  `// Made by tools/generate/reference.mjs from the tables in ${folder}: change a row there, then \`npm run generate\`.`;

/**
 * Returns a statement of a program that declares a resource with these arguments.
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

/** The pages of the repository on the web. */
const PAGES = `${schema.repository}/blob/main/docs/`;

/**
 * Returns a TSDoc comment. A link to a page of the repository gets the address of the page on the web. A comment
 * without an example is on one line, if it fits.
 * @param {string} text
 * @param {string} indent
 * @param {string} [example] a statement
 */
export function tsdoc(text, indent = "", example) {
  const WIDTH = 120;
  const linked = text.replaceAll("](docs/", `](${PAGES}`);
  const whole = `${indent}/** ${linked} */`;
  if (whole.length <= WIDTH && example === undefined) return whole;
  const lines = [];
  let line = "";
  for (const word of linked.split(" ")) {
    if (line !== "" && `${indent} * ${line} ${word}`.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  if (example !== undefined) lines.push("", "@example", "```ts", ...example.split("\n"), "```");
  return [`${indent}/**`, ...lines.map((each) => `${indent} * ${each}`.trimEnd()), `${indent} */`].join("\n");
}
