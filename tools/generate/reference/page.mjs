// The text of docs/reference/arguments.md.
import schema from "./load-schema.cjs";
import { defaultOf, limitsOf, statementOf } from "./sentences.mjs";

/** The effect of a change of an argument, by the role of its row. */
const CHANGE = {
  source: "new document",
  identity: "new run",
  nextRun: "next run",
  policy: "next `up`",
  command: "next command",
  check: "nothing",
  end: "deletion",
};

/** The change of an identity that names a run. */
const ADOPTION = "the old run ends as `onDelete` requires, then the other one is adopted or a new one starts";

const INTRODUCTION = `# Arguments and outputs

<!-- Made by tools/generate/reference.mjs from the tables in provider/schema: change a row there, then \`npm run generate\`. -->

## Arguments

Arguments of \`ComposeExecution\`. Exactly one of \`composeFile\` and \`composeFileCode\` is needed, or
\`existingExecutionId\`; all others are optional. In examples, \`config\` is \`new pulumi.Config()\`. The last column shows what a change of the argument does when a run exists:

* "new run" starts a new run, and "new document" does so if the Compose document then means something else;
* "next run", "next \`up\`" and "next command" use the new value, and start nothing by themselves ([\`replaceOnChanges\`](../explanation/lifecycle.md#resource-options) can change that);
* "deletion" records the new value at once, for the deletion of the resource.
`;

/**
 * A table without the columns that have no value in any row.
 *
 * @param {string[]} head
 * @param {(string | undefined)[][]} rows
 */
function table(head, rows) {
  const used = head.map((_, column) => rows.some((row) => (row[column] ?? "") !== ""));
  /** @param {(string | undefined)[]} cells */
  const line = (cells) => {
    const kept = cells.filter((_, column) => used[column]).map((cell) => (cell ?? "").replaceAll("|", "\\|"));
    return `| ${kept.join(" | ")} |`.replace(/ {2,}/g, " ");
  };
  const border = `|${used.flatMap((isUsed) => (isUsed ? ["---"] : [])).join("|")}|`;
  return `${[line(head), border, ...rows.map(line)].join("\n")}\n`;
}

/** The form of every time argument, which the page describes once. */
const TIME_LIMITS = "ISO 8601 with an offset";

/**
 * A text without the form of a time.
 *
 * @param {string} doc
 */
const withoutForm = (doc) => doc.replace(/, ISO 8601\.$/, ".");

/** @param {string} text */
const code = (text) => `\`${text}\``;

/**
 * @param {string} name
 * @param {import("../../../provider/schema/rows.js").InputRow} row
 */
function apiFieldOf(name, { apiField, apiNote = "" }) {
  if (name === "registryCredentials") return "[its fields](#fields-of-registrycredentials)";
  return apiField === undefined ? undefined : `${code(apiField)}${apiNote}`;
}

/**
 * @param {string} doc
 * @param {string | undefined} limits
 */
const withLimits = (doc, limits = "") => (limits === "" || limits === TIME_LIMITS ? doc : `${doc} Limits: ${limits}.`);

/**
 * Adds an example if it shows more than a name with a plain value.
 *
 * @param {string} text
 * @param {string} example
 */
const withExample = (text, example) =>
  /^\w+: ("[^"]*"|[\d.]+|true|false)$/.test(example) ? text : `${text} Example: ${code(example)}`;

const inputs = table(
  ["argument", "type", "what it is", "default", "API field", "a change"],
  schema.inputs.map(([name, row]) => [
    code(name),
    row.type.words,
    withExample(withLimits(row.doc, limitsOf(row)), row.example),
    defaultOf(row),
    apiFieldOf(name, row),
    name === "existingExecutionId" ? ADOPTION : CHANGE[row.role],
  ]),
);

const clocks = table(
  ["key", "what it is"],
  schema.clocks.map(([name, doc]) => [code(name), doc]),
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
    row.public ? [[code(name), row.type.words, withoutForm(row.doc), row.apiField && code(row.apiField)]] : [],
  ),
);

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
    "### Keys of `clocks`\n",
    "Each in seconds. The clock that runs out is named in the error; the run itself goes on.\n",
    clocks,
    "### Fields of `registryCredentials`\n",
    `\`type\` is sent as ${code(schema.typeField)}.\n`,
    credentials,
    ...schema.credentials
      .slice(1)
      .map(({ example }) => `\`\`\`ts\n${statementOf(`registryCredentials: ${example}`)}\n\`\`\`\n`),
    "## Outputs\n",
    "Outputs of `ComposeExecution`, such as `job.status`. Times are in ISO 8601.\n",
    outputs,
    "## Functions\n",
    "Each has a form that takes outputs, such as `getExecutionOutput`. What has a type with `?` may be absent. Times are in ISO 8601, those of arguments with an offset.\n",
    ...functions,
    "## Objects\n",
    "What functions answer with.\n",
    ...objects,
    "## Settings\n",
    "Settings of the stack (`pulumi config set lyceum:baseUrl …`), and arguments of the plugin's `Provider`. [Configuration](../guides/configuration.md) shows which source wins.\n",
    settings,
  ].join("\n");
