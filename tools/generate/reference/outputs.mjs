// The text of sdk/outputs.generated.ts.
import schema from "./load-schema.cjs";
import { generatedFrom, sentencesOf, tsdoc } from "./sentences.mjs";

const HEADER = `${generatedFrom("provider/schema")}
import * as pulumi from "@pulumi/pulumi";

/** The outputs of a run, which the classes of both hosts have. */
export abstract class ExecutionResource extends pulumi.CustomResource {`;

const members = schema.outputs.flatMap(([name, row]) => {
  if (!row.public) return [];
  const type = row.fallback !== undefined ? row.type.typescript : `${row.type.typescript} | undefined`;
  return [
    `${tsdoc(sentencesOf({ doc: row.doc, apiField: row.apiField }), "  ")}\n  readonly ${name}!: pulumi.Output<${type}>;`,
  ];
});

/** @returns {string} */
export const outputsText = () => `${HEADER}\n${members.join("\n")}\n}\n`;
