// Makes the text of sdk/outputs.generated.ts.
import schema from "./load-schema.cjs";
import { generatedFrom, sentencesOf, tsdoc } from "./sentences.mjs";

const HEADER = `${generatedFrom("provider/schema")}
import * as pulumi from "@pulumi/pulumi";
import type { ComposeExecutionClocks, ComposeExecutionRetries } from "./args.generated";
import type { Artifact } from "./functions.generated";
`;

const classes = schema.resources.map(([, { outputs, outputsClass, outputsDoc }]) => {
  const members = Object.entries(outputs).flatMap(([name, row]) => {
    if (!row.public) return [];
    const type = row.fallback !== undefined ? row.type.typescript : `${row.type.typescript} | undefined`;
    return [
      `${tsdoc(sentencesOf({ doc: row.doc, apiField: row.apiField }), "  ")}\n  readonly ${name}!: pulumi.Output<${type}>;`,
    ];
  });
  const head = `/** ${outputsDoc} */\nexport abstract class ${outputsClass} extends pulumi.CustomResource {`;
  return `${head}\n${members.join("\n")}\n}\n`;
});

/** @returns {string} */
export const outputsText = () => `${HEADER}\n${classes.join("\n")}`;
