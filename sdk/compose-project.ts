import * as pulumi from "@pulumi/pulumi";
import { ARGUMENT_OUTPUTS, PUBLIC_OUTPUTS } from "../provider/schema";
import { isSecretName } from "../provider/secrets/names";
import type { ComposeExecutionArgs, ComposeExecutionBaseArgs, ComposeExecutionSources } from "./args.generated";

/**
 * The arguments of a program, with any combination of `composeFile`, `composeFileCode` and `existingExecutionId`.
 * `check` reports combinations that are not valid.
 */
export type GivenArgs = ComposeExecutionBaseArgs & {
  readonly [Name in keyof ComposeExecutionSources]?: ComposeExecutionSources[Name] | undefined;
};

/** The arguments of a resource that only reads a run. The id names the run. */
export const NO_ARGUMENTS = {} as ComposeExecutionArgs;

/**
 * Returns the folder of the program, and the environment variables that the program passes on. The provider reads the
 * project in another process, which may have another folder and another environment.
 */
export function projectInputs(args: GivenArgs): pulumi.Inputs {
  const { composeFile, inheritEnvironment } = args;
  if (composeFile === undefined) return {};
  const directory = process.cwd();
  if (!Array.isArray(inheritEnvironment)) return { __project: { directory } };
  const environment: { [name: string]: string } = {};
  for (const name of inheritEnvironment) {
    const value = typeof name === "string" ? process.env[name] : undefined;
    if (value !== undefined) environment[name] = value;
  }
  // All environment variables are marked as secret, because any of them may contain a secret.
  return { __project: { directory, environment: pulumi.secret(environment) } };
}

const OUTPUT_NAMES = [...PUBLIC_OUTPUTS, ...ARGUMENT_OUTPUTS];

/**
 * Returns the names of all outputs as inputs without a value, because a resource receives only the outputs that its
 * class names.
 */
export function outputNames(): pulumi.Inputs {
  return Object.fromEntries(OUTPUT_NAMES.map((name) => [name, undefined] as const));
}

/**
 * Returns the inputs for the arguments, for the dynamic provider and for the plugin. Credentials become secret inputs.
 */
export function argumentInputs({ registryCredentials, variables: given, ...rest }: GivenArgs): pulumi.Inputs {
  const variables = variableInputs(given);
  return {
    ...outputNames(),
    ...rest,
    // An absent argument is left out, because Pulumi makes four promises even for an undefined property.
    ...(variables === undefined ? {} : { variables }),
    ...(registryCredentials === undefined ? {} : { registryCredentials: pulumi.secret(registryCredentials) }),
  };
}

/** Marks a variable as secret if its name looks like the name of a secret. */
function variableInputs(variables: ComposeExecutionBaseArgs["variables"]): ComposeExecutionBaseArgs["variables"] {
  if (!isPlainMap(variables)) return variables;
  const kept: { [name: string]: pulumi.Input<string | number | boolean> } = {};
  for (const name of Object.keys(variables)) {
    const value = variables[name];
    if (value !== undefined) kept[name] = isSecretName(name) ? pulumi.secret(value) : value;
  }
  return kept;
}

/** Whether a value is a plain map, whose values can be read one by one. An output or a promise is not. */
export function isPlainMap<T>(value: pulumi.Input<Record<string, T>> | undefined): value is Record<string, T> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !pulumi.Output.isInstance(value) &&
    typeof (value as { then?: unknown }).then !== "function"
  );
}
