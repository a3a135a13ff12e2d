import * as pulumi from "@pulumi/pulumi";
import { isPlainMap } from "./compose-project";

/**
 * Names of the arguments that are secret: the provider gets every value unwrapped, and has to know what it must not show.
 * Of `variables` and `images` each by itself (`variables.PASSWORD`), since most of them may be seen.
 */
export function namesOfSecrets(args: { readonly [name: string]: unknown }): Promise<string[]> {
  const values: { [name: string]: unknown } = { ...args };
  for (const argument of ["variables", "images"]) {
    const given = args[argument];
    if (!isPlainMap(given as pulumi.Input<Record<string, unknown>>)) continue;
    const single = given as Record<string, unknown>;
    for (const name of Object.keys(single)) values[`${argument}.${name}`] = single[name];
  }
  const names = Object.keys(values).filter((name) => values[name] !== undefined);
  return Promise.all(
    names.map(async (name) =>
      name === "registryCredentials" || (await pulumi.isSecret(pulumi.output(values[name]))) ? [name] : [],
    ),
  ).then((found) => found.reduce((all, some) => all.concat(some), []));
}
