import * as pulumi from "@pulumi/pulumi";

/**
 * Names of the arguments that are secret: the provider gets every value unwrapped, and has to know what it must not show.
 */
export function namesOfSecrets(args: { readonly [name: string]: unknown }): Promise<string[]> {
  const names = Object.keys(args).filter((name) => args[name] !== undefined);
  return Promise.all(
    names.map(async (name) =>
      name === "registryCredentials" || (await pulumi.isSecret(pulumi.output(args[name]))) ? [name] : [],
    ),
  ).then((found) => found.reduce((all, some) => all.concat(some), []));
}
