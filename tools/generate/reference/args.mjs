// Makes the text of sdk/args.generated.ts.
import schema from "./load-schema.cjs";
import { generatedFrom, sentencesOf, statementOf, tsdoc } from "./sentences.mjs";

const HEADER = `${generatedFrom("provider/schema")}
import type * as pulumi from "@pulumi/pulumi";
`;

/**
 * @param {string} doc
 * @param {string} name
 * @param {string[]} members
 * @param {string} example properties of the arguments' object
 * @param {(typeof schema.resources)[number]} [resource] by default, an execution
 */
function typeOf(doc, name, members, example, resource) {
  return `${tsdoc(doc, "", statementOf(example, resource))}\nexport interface ${name} {\n${members.join("\n")}\n}\n`;
}

/**
 * @param {string} doc
 * @param {string} declaration
 * @param {string} [example] properties of the arguments' object
 * @param {(typeof schema.resources)[number]} [resource] by default, an execution
 */
const member = (doc, declaration, example, resource) =>
  `${tsdoc(doc, "  ", example === undefined ? undefined : statementOf(example, resource))}\n  ${declaration};`;

/** @param {string} name */
const exampleOf = (name) => schema.inputs.find(([each]) => each === name)?.[1].example ?? "";

const credentials = schema.credentials.map(({ kind, summary, name, example, fields }) => {
  const members = fields.map(([field, { apiField, required, secret, note, doc }]) => {
    const notes = [`\`${apiField}\``, ...(secret ? ["secret"] : []), ...(note === undefined ? [] : [note])];
    return member(`${doc} (${notes.join("; ")}).`, `${field}${required ? "" : "?"}: pulumi.Input<string>`);
  });
  const type = member("Which kind of credentials these are (`docker_registry_credential_type`).", `type: "${kind}"`);
  const doc = `${summary} (\`docker_registry_credential_type: ${kind}\`).`;
  return typeOf(doc, name, [type, ...members], `registryCredentials: ${example}`);
});

const clocks = typeOf(
  "Deadlines of a wait, each in seconds. The clock that runs out is named in the error; the run itself goes on.",
  "ComposeExecutionClocks",
  schema.clocks.map(([name, doc]) => member(doc, `${name}?: pulumi.Input<number>`)),
  exampleOf("clocks"),
);

const retries = typeOf(
  "How often another run starts within one `up`, and after which failures.",
  "ComposeExecutionRetries",
  schema.retryFields.map(([name, { required, doc, typescript }]) =>
    member(doc, `${name}${required ? "" : "?"}: pulumi.Input<${typescript}>`),
  ),
  exampleOf("retries"),
);

const artifact = typeOf(
  "A file that a run leaves in the bucket.",
  "ComposeExecutionArtifact",
  schema.artifactFields.map(([name, { required, doc }]) => {
    const type = name === "onDelete" ? '"delete" | "leave"' : "string";
    return member(doc, `${name}${required ? "" : "?"}: pulumi.Input<${type}>`);
  }),
  'enableS3Mount: true, artifacts: { model: { path: "out/model.pt", onDelete: "delete" } }',
);

/**
 * The arguments in the example of a resource's arguments type. The example also has the arguments that every example of
 * the resource has.
 */
const SHOWN = new Map([
  ["ComposeExecution", `${exampleOf("timeout")}, ${exampleOf("waitFor")}`],
  ["StoredFiles", 'source: "data", prefix: "datasets/train"'],
]);

/**
 * The type of an execution's arguments, of which exactly one names the run. With an interface alone, TypeScript would
 * accept several of these arguments, or none.
 */
const oneSource = `${tsdoc(
  "Arguments of a {@link ComposeExecution}: those of {@link ComposeExecutionBaseArgs}, with exactly one of `composeFile` and `composeFileCode`, or with the `existingExecutionId` of a run to adopt.",
  "",
  statementOf('composeFile: "compose.yaml", timeout: 300'),
)}
export type ComposeExecutionArgs = ComposeExecutionBaseArgs &
  (
    | (Required<Pick<ComposeExecutionSources, "existingExecutionId">> &
        Partial<Record<"composeFile" | "composeFileCode", undefined>>)
    | (Required<Pick<ComposeExecutionSources, "composeFileCode">> &
        Pick<ComposeExecutionSources, "existingExecutionId"> &
        Partial<Record<"composeFile", undefined>>)
    | (Required<Pick<ComposeExecutionSources, "composeFile">> &
        Pick<ComposeExecutionSources, "existingExecutionId"> &
        Partial<Record<"composeFileCode", undefined>>)
  );
`;

/** The arguments that show which run a ComposeExecution has. */
const SOURCES = ["composeFile", "composeFileCode", "existingExecutionId"];

/**
 * @param {string} doc
 * @param {string} name
 * @param {(typeof schema.resources)[number]} resource
 * @param {(argument: string) => boolean} has which arguments the type has
 */
function argumentsOf(doc, name, resource, has) {
  const rows = Object.entries(resource[1].inputs).filter(([argument]) => has(argument));
  const members = rows.map(([argument, row]) => {
    const { typescript } = row.type;
    const type = row.plain ? typescript : `pulumi.Input<${typescript}>`;
    return member(sentencesOf(row), `${argument}${row.required ? "" : "?"}: ${type}`, row.example, resource);
  });
  return typeOf(doc, name, members, SHOWN.get(resource[0]) ?? resource[1].example, resource);
}

const args = schema.resources.flatMap((resource) => {
  const [name] = resource;
  if (name !== "ComposeExecution")
    return [argumentsOf(`Arguments of a {@link ${name}}.`, `${name}Args`, resource, () => true)];
  const base =
    "All arguments of a {@link ComposeExecution} but those of {@link ComposeExecutionSources}. A component extends this interface, and gives the source of the run itself.";
  const sources = "The arguments of a {@link ComposeExecution} that say which run it is.";
  return [
    argumentsOf(base, "ComposeExecutionBaseArgs", resource, (argument) => !SOURCES.includes(argument)),
    argumentsOf(sources, "ComposeExecutionSources", resource, (argument) => SOURCES.includes(argument)),
  ];
});

/** @returns {string} */
export const argsText = () => [HEADER, ...credentials, clocks, retries, artifact, ...args, oneSource].join("\n");
