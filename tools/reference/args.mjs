// The text of sdk/args.ts.
import schema from "./load-schema.cjs";
import { sentencesOf, tsdoc } from "./sentences.mjs";

const HEADER = `// Made by tools/generate-reference.mjs from the tables in provider/schema: change a row there, then \`npm run generate\`.
import type * as pulumi from "@pulumi/pulumi";
`;

/**
 * @param {string} doc
 * @param {string} name
 * @param {string[]} members
 */
function typeOf(doc, name, members) {
  return `${tsdoc(doc)}\nexport interface ${name} {\n${members.join("\n")}\n}\n`;
}

/**
 * @param {string} doc
 * @param {string} declaration
 */
const member = (doc, declaration) => `${tsdoc(doc, "  ")}\n  ${declaration};`;

const credentials = schema.credentials.map(({ kind, summary, name, fields }) =>
  typeOf(`${summary} (\`docker_registry_credential_type: ${kind}\`).`, name, [
    member("Which kind of credentials these are (`docker_registry_credential_type`).", `type: "${kind}"`),
    ...fields.map(([field, { apiField, required, secret, note }]) => {
      const notes = [`\`${apiField}\``, ...(secret ? ["secret"] : []), ...(note === undefined ? [] : [note])];
      return member(notes.join("; "), `${field}${required ? "" : "?"}: pulumi.Input<string>`);
    }),
  ]),
);

const clocks = typeOf(
  "Deadlines of a wait, each in seconds. The clock that runs out is named in the error; the run itself goes on.",
  "ComposeExecutionClocks",
  schema.clocks.map(([name, doc]) => member(doc, `${name}?: pulumi.Input<number>`)),
);

const args = typeOf(
  "Arguments of a {@link ComposeExecution}.",
  "ComposeExecutionArgs",
  schema.inputs.map(([name, row]) => {
    const { typescript } = row.type;
    return member(sentencesOf(row), `${name}?: ${row.plain ? typescript : `pulumi.Input<${typescript}>`}`);
  }),
);

/** @returns {string} */
export const argsText = () => [HEADER, ...credentials, clocks, args].join("\n");
