import * as pulumi from "@pulumi/pulumi";

/** What the provider makes of the files that `composeFile` names: the model that a preview shows, and its record. */
const MADE = ["compose", "__composeRecord"];

/**
 * The resource option `ignoreChanges` as the engine has to be given it. It puts the recorded value of an input in place of
 * the program's; of `composeFile` that would be the path alone, so what the files hold is ignored with it.
 *
 * @throws {pulumi.RunError} LYC4003 for a part of the project: the engine finds none in what the program gives.
 */
export function ignoredInputs(name: string, paths: readonly string[]): string[] {
  const part = paths.find((path) => /^compose[.[]/.test(path));
  if (part !== undefined) {
    throw new pulumi.RunError(
      `LYC4003: ${name}: ignoreChanges cannot name a part of a compose project (${part}). Name composeFile to ignore all that its files hold.`,
    );
  }
  const names = paths.some((path) => /^(composeFile($|\[)|compose$)/.test(path));
  return names ? [...new Set([...paths, ...MADE])] : [...paths];
}
