// The text of docs/reference/arguments.md.
import schema from "./load-schema.cjs";
import { defaultOf, limitsOf, statementOf } from "./sentences.mjs";

/** What a change of an argument does, by the role of its row. */
const CHANGE = {
  source: "starts a new run if the Compose document then means something else",
  identity: "starts a new run",
  nextRun: "holds from the next run",
  policy: "is used by the next `up`",
  command: "is used by the next command",
  check: "starts nothing",
  end: "is recorded at once, for the deletion",
};

/** The change of an identity that names a run. */
const ADOPTION =
  "the old run is aborted or left, as `onDelete` requires; then the other run is adopted, or a new one starts";

const INTRODUCTION = `# Arguments and outputs

<!-- Made by tools/generate-reference.mjs from the tables in provider/schema: change a row there, then \`npm run generate\`. -->

## Arguments

Arguments of \`ComposeExecution\`. All of them are optional, but exactly one of \`composeFile\` and \`composeFileCode\` is needed, or
\`existingExecutionId\`. An example shows properties of the arguments' object; \`config\` is \`new pulumi.Config()\`. The last column shows what
a change of the argument does to a run that exists. The resource option \`replaceOnChanges\` makes a change of an argument start a new run,
unless the argument is recorded for the deletion.
`;

/**
 * @param {string[]} head
 * @param {(string | undefined)[][]} rows
 */
function table(head, rows) {
  /** @param {(string | undefined)[]} cells */
  const line = (cells) =>
    `| ${cells.map((cell) => (cell ?? "").replaceAll("|", "\\|")).join(" | ")} |`.replace(/ {2,}/g, " ");
  return `${line(head)}\n|${head.map(() => "---").join("|")}|\n${rows.map(line).join("\n")}\n`;
}

/** @param {string} text */
const code = (text) => `\`${text}\``;

const credentialFields = [
  schema.typeField,
  ...schema.credentials.flatMap(({ fields }) => fields.map(([, { apiField }]) => apiField)),
];

/**
 * @param {string} name
 * @param {import("../../provider/schema/rows.js").InputRow} row
 */
function apiFieldOf(name, { apiField, apiNote = "" }) {
  if (name === "registryCredentials") return credentialFields.map(code).join(", ");
  return apiField === undefined ? undefined : `${code(apiField)}${apiNote}`;
}

const inputs = table(
  ["argument", "type", "what it is", "limits", "default", "example", "API field", "a change"],
  schema.inputs.map(([name, row]) => [
    code(name),
    row.type.words,
    row.doc,
    limitsOf(row),
    defaultOf(row),
    code(row.example),
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
  ["output", "type", "what it is", "example", "API field"],
  schema.outputs.flatMap(([name, row]) =>
    row.public
      ? [
          [
            code(name),
            row.type.words,
            row.doc,
            code(`export const ${name} = job.${name};`),
            row.apiField && code(row.apiField),
          ],
        ]
      : [],
  ),
);

/** @param {Readonly<Record<string, import("../../provider/schema/rows.js").ValueRow>>} rows */
const values = (rows) =>
  table(
    ["name", "type", "always there", "what it is", "limits", "default", "API field"],
    Object.entries(rows).map(([name, { type, required, secret, doc, whenAbsent, apiField }]) => [
      code(name),
      type.words,
      required ? "yes" : "no",
      secret ? `${doc} Secret.` : doc,
      type.limits,
      whenAbsent === undefined ? undefined : code(String(whenAbsent)),
      apiField && code(apiField),
    ]),
  );

const objects = schema.objects.map(([name, { doc, fields }]) => `### \`${name}\`\n\n${doc}\n\n${values(fields)}`);

const functions = schema.functions.map(([name, { doc, inputs: given, outputs: answered, example }]) =>
  [
    `### \`${name}\`\n`,
    `${doc} \`${name}Output\` takes outputs.\n`,
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
    credentials,
    ...schema.credentials.map(({ example }) => `\`\`\`ts\n${statementOf(`registryCredentials: ${example}`)}\n\`\`\`\n`),
    "## Outputs\n",
    `Outputs of \`ComposeExecution\`, here of \`const job = new lyceum.ComposeExecution("job", { … })\`.\n`,
    outputs,
    "## Functions\n",
    ...functions,
    "## Objects\n",
    "What functions answer with.\n",
    ...objects,
    "## Settings\n",
    "Settings of the stack (`pulumi config set lyceum:baseUrl …`), and arguments of the plugin's `Provider`. The environment wins over the settings of the stack; what both leave out comes from the login file of Lyceum's command line. [Configuration](../guides/configuration.md) has the details.\n",
    settings,
  ].join("\n");
