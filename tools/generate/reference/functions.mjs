// Makes the text of sdk/functions.generated.ts: the types of the arguments and results of functions.
import schema from "./load-schema.cjs";
import { capital, generatedFrom, rowSentences, tsdoc } from "./sentences.mjs";

/** @typedef {import("../../../provider/schema/rows.js").ValueRow} ValueRow */

/**
 * @param {string} doc
 * @param {string} name
 * @param {Readonly<Record<string, ValueRow>>} rows
 * @param {string} [example]
 */
function typeOf(doc, name, rows, example) {
  const members = Object.entries(rows).map(([field, row]) => {
    const declaration = `${field}${row.required ? "" : "?"}: ${row.type.typescript};`;
    return `${tsdoc(rowSentences(row), "  ")}\n  ${declaration}`;
  });
  const body = members.length === 0 ? "{}" : `{\n${members.join("\n")}\n}`;
  const declared =
    members.length === 0
      ? `export type ${name} = Readonly<Record<string, never>>;`
      : `export interface ${name} ${body}`;
  return `${tsdoc(doc, "", example)}\n${declared}\n`;
}

const objects = schema.objects.map(([name, { doc, fields, example }]) => typeOf(doc, name, fields, example));

const types = schema.functions.flatMap(([name, { inputs, outputs, example, resultExample }]) => {
  const args = `${capital(name)}Args`;
  const given = example === "" ? "{}" : `{ ${example} }`;
  return [
    typeOf(`Arguments of {@link ${name}}.`, args, inputs, `const args: lyceum.${args} = ${given};`),
    typeOf(
      `What {@link ${name}} returns. What Lyceum leaves out is absent.`,
      `${capital(name)}Result`,
      outputs,
      resultExample,
    ),
  ];
});

const OUTPUT_ARGS = `/**
 * Arguments of a function whose values may be outputs.
 *
 * @example
 * \`\`\`ts
 * const args: lyceum.FunctionOutputArgs<lyceum.GetExecutionArgs> = { executionId: pulumi.output("7d1f0b9c") };
 * \`\`\`
 */
export type FunctionOutputArgs<Args> = { [Name in keyof Args]: pulumi.Input<Args[Name]> };
`;

/** @returns {string} */
export const functionsText = () =>
  [
    generatedFrom("provider/schema"),
    'import type * as pulumi from "@pulumi/pulumi";\n',
    OUTPUT_ARGS,
    ...objects,
    ...types,
  ].join("\n");
