// Makes the text of docs/reference/arguments.md.
import schema from "./load-schema.cjs";
import { defaultOf, limitsOf, statementOf } from "./sentences.mjs";

/** The effect of changing an argument of stored files. */
const FILES_CHANGE = {
  source: "stores what differs",
  prefix: "moves the files",
  exclude: "stores and removes what differs",
  onDelete: "changes no file. The next `up` records the new value, and the deletion of the resource uses it",
};

/** The effect of changing an argument, by the argument's role. */
const CHANGE = {
  source: "new document",
  identity: "new run",
  nextRun: "next run",
  policy: "next `up`",
  command: "next command",
  check: "nothing",
  end: "deletion",
};

/** The effect of changing `existingExecutionId`. */
const ADOPTION = "the old run ends as `onDelete` requires; then the named run is adopted, or a new run starts";

const INTRODUCTION = `# Arguments and outputs

<!-- Made by tools/generate/reference.mjs from the tables in provider/schema: change a row there, then \`npm run generate\`. -->

## Arguments

This page lists all arguments and outputs of the resources, the functions, and the settings. This section is about \`ComposeExecution\`. A program sets either \`composeFile\` or \`composeFileCode\`. With \`existingExecutionId\`,
a program may omit both. All other arguments are optional. In examples, \`config\` is \`new pulumi.Config()\`.

The last column shows what a change of the argument does when a run exists:

* "new run": a new run starts.
* "new document": a new run starts if the meaning of the Compose document changes.
* "next run", "next \`up\`", "next command": the next run, \`up\` or command uses the new value. The change alone starts no run, unless \`rerunOnChanges\` or [\`replaceOnChanges\`](../explanation/lifecycle.md#resource-options) names the argument. After a failed run, changed \`registryCredentials\` start a new run too.
* "deletion": the next \`up\` records the new value, and the deletion of the resource uses this value.
* "nothing": no run starts.
`;

/**
 * Returns a text whose links start at the folder of the page.
 *
 * @param {string} text
 */
const linked = (text) => text.replaceAll("](docs/reference/", "](").replaceAll("](docs/", "](../");

/**
 * Returns a table in Markdown. Columns in which every cell is empty are left out.
 *
 * @param {string[]} head
 * @param {(string | undefined)[][]} rows
 */
function table(head, rows) {
  const used = head.map((_, column) => rows.some((row) => (row[column] ?? "") !== ""));
  /** @param {(string | undefined)[]} cells */
  const line = (cells) => {
    const kept = cells.filter((_, column) => used[column]).map((cell) => (cell ?? "").replaceAll("|", "\\|"));
    return `| ${kept.map(linked).join(" | ")} |`.replace(/ {2,}/g, " ");
  };
  const border = `|${used.flatMap((isUsed) => (isUsed ? ["---"] : [])).join("|")}|`;
  return `${[line(head), border, ...rows.map(line)].join("\n")}\n`;
}

/** The limits of every argument that is a time. The page describes these limits only once. */
const TIME_LIMITS = "ISO 8601 with an offset";

/**
 * Returns a text without the words that describe how a time is written.
 *
 * @param {string} doc
 */
const withoutForm = (doc) => doc.replace(/, ISO 8601\.$/, ".");

/** @param {string} text */
const code = (text) => `\`${text}\``;

/** The longest text of a cell, in characters. A list below the table has the rest of the text. */
const LONGEST_CELL = 200;
/** The longest note about an API field in the table, in characters. */
const LONGEST_NOTE = 40;

/** @typedef {import("../../../provider/schema/resources.js").ArgumentRow} ArgumentRow */

/**
 * Divides the text of an argument. Returns the first sentences, which fit into a cell, and the other sentences. If the
 * meanings of the argument's words do not fit into the cell, returns them too.
 *
 * @param {ArgumentRow} row
 */
function divided(row) {
  const whole = withLimits(schema.fullDoc(row), limitsOf(row));
  if (whole.length <= LONGEST_CELL) return { cell: whole, rest: [], words: [] };
  const words = "choices" in row.type.shape ? Object.entries(row.type.shape.meanings ?? {}) : [];
  const [first = "", ...others] = withLimits(row.doc, limitsOf(row)).split(/(?<=[.)]) (?=[A-Z`*])/);
  let cell = first;
  while (others[0] !== undefined && cell.length + others[0].length < LONGEST_CELL) cell += ` ${others.shift()}`;
  return { cell, rest: others, words };
}

/**
 * @param {string} name
 * @param {ArgumentRow} row
 */
function apiFieldOf(name, { apiField, apiNote = "" }) {
  if (name === "registryCredentials") return "[its fields](#fields-of-registrycredentials)";
  return apiField === undefined ? undefined : `${code(apiField)}${apiNote.length > LONGEST_NOTE ? "" : apiNote}`;
}

/**
 * Returns an item of the list below the table: everything about an argument that the table does not have. Empty if the
 * table has everything. An example with only a name and a plain value is left out.
 *
 * @param {[string, ArgumentRow]} argument
 */
function restOf([name, row]) {
  const { apiField = "", apiNote = "", example } = row;
  const { rest, words } = divided(row);
  const note = apiNote.length > LONGEST_NOTE ? [`The API field is ${code(apiField)}${apiNote}.`] : [];
  const sentences = linked([...rest, ...note].join(" "));
  const isTelling = !/^\w+: ("[^"]*"|[\d.]+|true|false)$/.test(example);
  if (sentences === "" && words.length === 0 && !isTelling) return "";
  return [
    `* ${code(name)}${sentences === "" ? "" : `: ${sentences}`}`,
    ...words.map(([word, meaning]) => `  * ${code(word)}: ${meaning}`),
    ...(isTelling ? [`  * For example: ${code(example)}`] : []),
    "",
  ].join("\n");
}

/**
 * @param {string} doc
 * @param {string | undefined} limits
 */
const withLimits = (doc, limits = "") => (limits === "" || limits === TIME_LIMITS ? doc : `${doc} Limits: ${limits}.`);

const inputs = table(
  ["argument", "type", "what it is", "default", "API field", "a change"],
  schema.inputs.map(([name, row]) => [
    code(name),
    row.type.words,
    divided(row).cell,
    defaultOf(row),
    apiFieldOf(name, row),
    name === "existingExecutionId" ? ADOPTION : row.role && CHANGE[row.role],
  ]),
);

const moreOfInputs = schema.inputs.map(restOf).join("");

const files = schema.resources.find(([name]) => name === "StoredFiles")?.[1];
const fileInputs = table(
  ["argument", "type", "what it is", "default", "a change"],
  Object.entries(files?.inputs ?? {}).map(([name, row]) => [
    code(name),
    row.type.words,
    divided(row).cell,
    row.required ? "required" : defaultOf(row),
    Object.entries(FILES_CHANGE).find(([each]) => each === name)?.[1],
  ]),
);
const moreOfFileInputs = Object.entries(files?.inputs ?? {})
  .map(restOf)
  .join("");
const fileOutputs = table(
  ["output", "type", "what it is"],
  Object.entries(files?.outputs ?? {}).map(([name, row]) => [code(name), row.type.words, row.doc]),
);

const clocks = table(
  ["key", "what it is"],
  schema.clocks.map(([name, doc]) => [code(name), doc]),
);

const retryFields = table(
  ["key", "type", "what it is"],
  schema.retryFields.map(([name, { words, doc }]) => [code(name), words, doc]),
);

const credentials = table(
  ["`type`", "field", "API field", "needed", "secret"],
  schema.credentials.flatMap(({ kind, fields }) =>
    fields.map(([field, { apiField, required, secret, note }]) => [
      code(`"${kind}"`),
      code(field),
      `${code(apiField)}${note === undefined ? "" : `; ${note}`}`,
      required ? "yes" : "no",
      secret ? "yes" : "no",
    ]),
  ),
);

const outputs = table(
  ["output", "type", "what it is", "API field"],
  schema.outputs.flatMap(([name, row]) =>
    row.public && !schema.argumentOutputs.includes(name)
      ? [[code(name), row.type.words, withoutForm(row.doc), row.apiField && code(row.apiField)]]
      : [],
  ),
);

const notOutputs = schema.inputs
  .flatMap(([name, { notOutput }]) => (notOutput === undefined ? [] : [`* ${code(name)}: ${notOutput}.\n`]))
  .join("");

/** @param {Readonly<Record<string, import("../../../provider/schema/rows.js").ValueRow>>} rows */
const values = (rows) =>
  table(
    ["name", "type", "what it is", "default"],
    Object.entries(rows).map(([name, { type, required, secret, doc, whenAbsent }]) => [
      code(name),
      required ? type.words : `${type.words}?`,
      withLimits(withoutForm(secret ? `${doc} Secret.` : doc), type.limits),
      whenAbsent === undefined ? undefined : code(String(whenAbsent)),
    ]),
  );

const objects = schema.objects.map(([name, { doc, fields }]) => `### \`${name}\`\n\n${doc}\n\n${values(fields)}`);

const functions = schema.functions.map(([name, { doc, inputs: given, outputs: answered, example }]) =>
  [
    `### \`${name}\`\n`,
    `${doc}\n`,
    `\`\`\`ts\nlyceum.${name}(${example === "" ? "" : `{ ${example} }`});\n\`\`\`\n`,
    ...(Object.keys(given).length === 0 ? [] : ["Arguments:\n", values(given)]),
    "Result:\n",
    values(answered),
  ].join("\n"),
);

const settings = table(
  ["setting", "environment", "secret", "what it is"],
  schema.settings.map(([name, { variables, secret, choices = [], doc }]) => [
    code(name),
    variables.map(code).join(", "),
    secret ? "yes" : "no",
    [doc, ...(choices.length === 0 ? [] : [`One of ${choices.map(code).join(", ")}.`])].join(" "),
  ]),
);

/** @returns {string} */
export const pageText = () =>
  [
    INTRODUCTION,
    inputs,
    "### More about the arguments\n",
    moreOfInputs,
    "### Keys of `clocks`\n",
    "Each value is in seconds. When `queue`, `run` or `total` runs out, the command stops with an error that names the clock, and the run continues. [Deleting](../explanation/lifecycle.md#deleting) shows what happens when `delete` runs out.\n",
    clocks,
    "### Keys of `retries`\n",
    "[Retries](../explanation/lifecycle.md#retries-within-one-up) shows when the provider starts another run.\n",
    retryFields,
    "### Fields of `registryCredentials`\n",
    `In the request, \`type\` is called ${code(schema.typeField)}.\n`,
    credentials,
    ...schema.credentials
      .slice(1)
      .map(({ example }) => `\`\`\`ts\n${statementOf(`registryCredentials: ${example}`)}\n\`\`\`\n`),
    "## Outputs\n",
    "These are the outputs of a `ComposeExecution`. For a resource `job`, write `job.status`. Times are in ISO 8601.\n",
    outputs,
    "All other arguments are outputs too, as the last create, update or refresh used them, except:\n",
    notOutputs,
    "## Arguments of `StoredFiles`\n",
    "These are the arguments of [files in the bucket](../guides/files.md#files-of-a-program). The last column shows what a change of the argument does.\n",
    fileInputs,
    moreOfFileInputs,
    "## Outputs of `StoredFiles`\n",
    "A preview knows all these outputs, unless an argument is unknown.\n",
    fileOutputs,
    "## Functions\n",
    "Each function has a second form that takes outputs, such as `getExecutionOutput`. A value whose type has a `?` may be absent. Times are in ISO 8601. A time in an argument needs an offset, such as `Z`.\n",
    ...functions,
    "## Objects\n",
    "Functions return these objects.\n",
    ...objects,
    "## Settings\n",
    "These are the settings of a stack (`pulumi config set lyceum:baseUrl …`) and the arguments of the plugin's `Provider`. If several sources set a value, [Configuration](../guides/configuration.md) shows which one wins.\n",
    settings,
  ].join("\n");
