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
  const members = fields.map(([field, { apiField, required, secret, note }]) => {
    const notes = [`\`${apiField}\``, ...(secret ? ["secret"] : []), ...(note === undefined ? [] : [note])];
    return member(notes.join("; "), `${field}${required ? "" : "?"}: pulumi.Input<string>`);
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
 * The arguments in the example of a resource's whole arguments type, in addition to those in every example of the
 * resource.
 */
const SHOWN = new Map([
  ["ComposeExecution", `${exampleOf("timeout")}, ${exampleOf("waitFor")}`],
  ["StoredFiles", 'source: "data", prefix: "datasets/train"'],
]);

/** The name of the interface with all arguments of a resource. */
const interfaceOf = (/** @type {string} */ name) => `${name}${name === "ComposeExecution" ? "Base" : ""}Args`;

/**
 * The arguments of an execution, of which exactly one names the run: with an interface alone, TypeScript would accept
 * arguments with two of them, or with none.
 */
const oneSource = `${tsdoc(
  "Arguments of a {@link ComposeExecution}: those of {@link ComposeExecutionBaseArgs}, with exactly one of `composeFile` and `composeFileCode`, or with the `existingExecutionId` of a run to adopt.",
  "",
  statementOf('composeFile: "compose.yaml", timeout: 300'),
)}
export type ComposeExecutionArgs = ComposeExecutionBaseArgs &
  (
    | (Required<Pick<ComposeExecutionBaseArgs, "existingExecutionId">> &
        Partial<Record<"composeFile" | "composeFileCode", undefined>>)
    | (Required<Pick<ComposeExecutionBaseArgs, "composeFileCode">> & Partial<Record<"composeFile", undefined>>)
    | (Required<Pick<ComposeExecutionBaseArgs, "composeFile">> & Partial<Record<"composeFileCode", undefined>>)
  );
`;

const args = schema.resources.map((resource) =>
  typeOf(
    resource[0] === "ComposeExecution"
      ? "All arguments of a {@link ComposeExecution}, each of them optional. A component extends this interface, and gives the source of the run itself."
      : `Arguments of a {@link ${resource[0]}}.`,
    interfaceOf(resource[0]),
    Object.entries(resource[1].inputs).map(([name, row]) => {
      const { typescript } = row.type;
      const type = row.plain ? typescript : `pulumi.Input<${typescript}>`;
      return member(sentencesOf(row), `${name}${row.required ? "" : "?"}: ${type}`, row.example, resource);
    }),
    SHOWN.get(resource[0]) ?? resource[1].example,
    resource,
  ),
);

/** @returns {string} */
export const argsText = () => [HEADER, ...credentials, clocks, artifact, ...args, oneSource].join("\n");
