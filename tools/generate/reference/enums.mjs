// Makes the text of sdk/enums.generated.ts.
import schema from "./load-schema.cjs";
import { capital, generatedFrom, statementOf, tsdoc } from "./sentences.mjs";

const { memberOf } = schema;

/**
 * @param {string} name of the argument
 * @param {(typeof schema.resources)[number]} resource
 * @param {import("../../../provider/schema/resources.js").ArgumentRow} row
 */
function enumOf(name, resource, { doc, type: { shape } }) {
  if (!("choices" in shape)) return [];
  const own = `${resource[1].enumPrefix}${capital(name)}`;
  const words = Object.keys(shape.meanings ?? {});
  const example = statementOf(`${name}: lyceum.${own}.${memberOf(words.at(-1) ?? "")}`, resource);
  return [constant(own, shape.meanings ?? {}, tsdoc(doc, "", example))];
}

/**
 * @param {string} own name of the constant and of its type
 * @param {Readonly<Record<string, string>>} meanings
 * @param {string} comment
 */
function constant(own, meanings, comment) {
  const members = Object.entries(meanings).map(
    ([word, meaning]) => `${tsdoc(meaning, "  ")}\n  ${memberOf(word)}: "${word}",`,
  );
  return `${comment}
export const ${own} = {
${members.join("\n")}
} as const;
${tsdoc(`One of the words of {@link ${own}}.`)}
export type ${own} = (typeof ${own})[keyof typeof ${own}];
`;
}

const enums = schema.resources.flatMap((resource) =>
  Object.entries(resource[1].inputs).flatMap(([name, row]) => enumOf(name, resource, row)),
);

/** The enum words inside the argument `retries`. */
const causes = schema.resources.flatMap((resource) => {
  if (!Object.hasOwn(resource[1].inputs, "retries")) return [];
  const example = statementOf("retries: { attempts: 3, on: [lyceum.RetryCause.Timeout] }", resource);
  return [constant("RetryCause", schema.retryCauses, tsdoc("A failure after which another run starts.", "", example))];
});

/**
 * The enum words of the arguments, with the names that Pulumi's generators use. A program that is converted from
 * another language uses these names.
 *
 * @returns {string}
 */
export const enumsText = () => [generatedFrom("provider/schema"), ...enums, ...causes].join("\n");
