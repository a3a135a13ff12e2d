import * as pulumi from "@pulumi/pulumi";
import { isPlainMap } from "./compose-project";

/**
 * Names of the arguments that are secret: the provider gets every value unwrapped, and has to know what it must not show.
 * Of `variables` each by itself (`variables.PASSWORD`), since most of them may be seen.
 */
export function namesOfSecrets(args: { readonly [name: string]: unknown }): Promise<string[]> {
  const values: { [name: string]: unknown } = { ...args };
  const { variables } = args;
  if (isPlainMap(variables as pulumi.Input<Record<string, unknown>>)) {
    const single = variables as Record<string, unknown>;
    for (const name of Object.keys(single)) values[`variables.${name}`] = single[name];
  }
  const names = Object.keys(values).filter((name) => values[name] !== undefined);
  return Promise.all(
    names.map(async (name) =>
      name === "registryCredentials" || (await pulumi.isSecret(pulumi.output(values[name]))) ? [name] : [],
    ),
  ).then((found) => found.reduce((all, some) => all.concat(some), []));
}
