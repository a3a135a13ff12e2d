// Makes the text of sdk/plugin/provider-args.generated.ts.
import schema from "./load-schema.cjs";
import { generatedFrom, tsdoc } from "./sentences.mjs";

const EXAMPLE = [
  'import { Provider } from "pulumi-lyceum/plugin";',
  "",
  'new Provider("strict", { whenUnverified: "fail" });',
].join("\n");

const members = schema.settings.map(([name, { doc, secret, choices, variables }]) => {
  const type = choices === undefined ? "string" : choices.map((word) => `"${word}"`).join(" | ");
  const words = [doc, secret ? " Secret." : "", variables[0] === undefined ? "" : ` Environment: \`${variables[0]}\`.`];
  return `${tsdoc(words.join(""), "  ")}\n  ${name}?: pulumi.Input<${type}>;`;
});

/** @returns {string} */
export const providerArgsText = () => `${generatedFrom("provider/lyceum/configuration/settings.ts")}
import type * as pulumi from "@pulumi/pulumi";

${tsdoc("The account at Lyceum. What is left out comes from the environment or the login file.", "", EXAMPLE)}
export interface ProviderArgs {
${members.join("\n")}
}
`;
