// Makes the text of sdk/enums.generated.ts.
import schema from "./load-schema.cjs";
import { capital, generatedFrom, tsdoc } from "./sentences.mjs";
import { VERSION } from "./version.mjs";

/** @typedef {{ description: string, enum?: { name?: string, value: string, description: string }[] }} EnumType */

/**
 * @param {string} name
 * @param {EnumType} type
 */
function enumOf(name, { description, enum: values = [] }) {
  const members = values.map(
    ({ name: member, value, description: meaning }) =>
      `${tsdoc(meaning, "  ")}\n  ${member ?? capital(value)}: "${value}",`,
  );
  return `${tsdoc(description)}
export const ${name} = {
${members.join("\n")}
} as const;
${tsdoc(`One of the words of {@link ${name}}.`)}
export type ${name} = (typeof ${name})[keyof typeof ${name}];
`;
}

/** @type {[string, EnumType][]} */
const types = Object.entries(/** @type {any} */ (schema.packageSchema(VERSION)).types);
const enums = types.filter(([, type]) => type.enum !== undefined);

/**
 * The words of the arguments, under the names that Pulumi's generators give them: a program that is converted from
 * another language uses these names.
 *
 * @returns {string}
 */
export const enumsText = () =>
  `${[generatedFrom("provider/schema"), ...enums.map(([token, type]) => enumOf(token.split(":").at(-1) ?? "", type))].join("\n")}`;
