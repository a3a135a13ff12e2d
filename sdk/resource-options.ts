import * as pulumi from "@pulumi/pulumi";
import { ARGUMENTS, namesSecretResults, SECRET_OUTPUTS } from "../provider/schema";
import type { ComposeExecutionArgs } from "./args.generated";

/** What the provider makes of the files that `composeFile` names: the model that a preview shows, and its record. */
const MADE = ["compose", "__composeRecord"];

/**
 * Resource options as the engine has to be given them, so that they mean for a run what they mean elsewhere.
 *
 * @throws {pulumi.RunError} LYC4002, LYC4003
 */
export function engineOptions(
  name: string,
  args: ComposeExecutionArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  if (opts.deleteBeforeReplace === false) {
    throw new pulumi.RunError(
      `LYC4002: ${name}: deleteBeforeReplace cannot be false. A forced replacement that creates first would adopt the old run. Leave the option out.`,
    );
  }
  // The provider applies it: the engine would replace a run whose wait has ended too early, instead of resuming it.
  const { replaceOnChanges: _applied, ignoreChanges, retainOnDelete, ...others } = opts;
  return {
    ...others,
    deleteBeforeReplace: true,
    additionalSecretOutputs: [
      ...(opts.additionalSecretOutputs ?? []),
      ...SECRET_OUTPUTS,
      ...(namesSecretResults(args.secretResults) ? ["results"] : []),
    ],
    // The engine would not call the provider, and the end of the stack's scope would take the run for one left behind.
    ...(retainOnDelete === true ? { retainOnDelete: false } : {}),
    ...(ignoreChanges === undefined ? {} : { ignoreChanges: ignoredInputs(name, args, opts) }),
  };
}

/**
 * Refuses the option `import` of a dynamic resource.
 *
 * @throws {pulumi.RunError} LYC4004
 */
export function refuseImport(name: string, opts: pulumi.CustomResourceOptions): void {
  if (opts.import === undefined) return;
  throw new pulumi.RunError(
    `LYC4004: ${name}: the option import cannot be used, because Pulumi cannot import a dynamic resource. Name the run in the argument existingExecutionId instead, and leave the option out. Or import the class from pulumi-lyceum/plugin.`,
  );
}

/** What a program sends for its resource options beside its arguments. */
export function optionInputs(opts: pulumi.CustomResourceOptions): pulumi.Inputs {
  return {
    ...(opts.retainOnDelete === true ? { onDelete: "leave", deleteRecord: false } : {}),
    // The engine applies it to what a provider reports property by property, which a dynamic one cannot.
    ...(opts.replaceOnChanges === undefined ? {} : { __replaceOnChanges: opts.replaceOnChanges }),
  };
}

/**
 * The option `ignoreChanges`: the engine puts the recorded value of an input in place of the program's. Of `composeFile`
 * that would be the path alone, so what the files hold is ignored with it; and `*` is every argument, but not what the class
 * sends along.
 */
function ignoredInputs(name: string, args: ComposeExecutionArgs, opts: pulumi.CustomResourceOptions): string[] {
  const given = opts.ignoreChanges ?? [];
  const part = given.find((path) => /^compose[.[]/.test(path));
  if (part !== undefined) {
    throw new pulumi.RunError(
      `LYC4003: ${name}: ignoreChanges cannot name a part of a compose project (${part}). Name composeFile to ignore all that its files hold.`,
    );
  }
  const paths = new Set(given.flatMap((path): readonly string[] => (path === "*" ? ARGUMENTS : [path])));
  if ([...paths].some((path) => /^(composeFile($|\[)|compose$)/.test(path))) for (const made of MADE) paths.add(made);
  // Of two sources, a recorded one would stand beside the one that the program gives.
  const other = args.composeFile === undefined ? /^(composeFile($|\[)|compose$|__composeRecord$)/ : /^composeFileCode$/;
  const sparing = opts.retainOnDelete === true ? ["onDelete", "deleteRecord"] : [];
  return [...paths].filter((path) => !other.test(path) && !sparing.includes(path));
}
