// The text of sdk/functions.ts.
import schema from "./load-schema.cjs";
import { capital, generatedFrom, sentenceOf, tsdoc } from "./sentences.mjs";

/** @typedef {import("../../provider/schema/functions.js").FunctionValueRow} FunctionValueRow */

/**
 * @param {string} doc
 * @param {string} name
 * @param {Readonly<Record<string, FunctionValueRow>>} rows
 * @param {string} example
 */
function typeOf(doc, name, rows, example) {
  const members = Object.entries(rows).map(([field, row]) => {
    const declaration = `${field}${row.required ? "" : "?"}: ${row.type.typescript};`;
    return `${tsdoc(sentenceOf(row), "  ")}\n  ${declaration}`;
  });
  return `${tsdoc(doc, "", example)}\nexport interface ${name} {\n${members.join("\n")}\n}\n`;
}

const types = schema.functions.flatMap(([name, { inputs, outputs, example, resultExample }]) => {
  const args = `${capital(name)}Args`;
  return [
    typeOf(`Arguments of {@link ${name}}.`, args, inputs, `const args: lyceum.${args} = { ${example} };`),
    typeOf(
      `What {@link ${name}} returns. What Lyceum leaves out is absent.`,
      `${capital(name)}Result`,
      outputs,
      resultExample,
    ),
  ];
});

/** @returns {string} */
export const functionsText = () => [generatedFrom("provider/schema"), ...types].join("\n");
