import * as pulumi from "@pulumi/pulumi";
import { PUBLIC_OUTPUTS } from "../provider/schema";
import { isSecretName } from "../provider/secrets/names";
import type { ComposeExecutionArgs } from "./args.generated";

/**
 * The program's folder, and the environment variables that the program passes on. The provider reads the project in its
 * own process. If a program runs inside another program, its folder and environment differ from those of the process.
 */
export function projectInputs(args: ComposeExecutionArgs): pulumi.Inputs {
  const { composeFile, inheritEnvironment } = args;
  if (composeFile === undefined) return {};
  const directory = process.cwd();
  if (!Array.isArray(inheritEnvironment)) return { __project: { directory } };
  const environment: { [name: string]: string } = {};
  for (const name of inheritEnvironment) {
    const value = typeof name === "string" ? process.env[name] : undefined;
    if (value !== undefined) environment[name] = value;
  }
  // Any environment variable may be a secret.
  return { __project: { directory, environment: pulumi.secret(environment) } };
}

/** Outputs that are not inputs. A class receives only the outputs that it names here. */
export function outputNames(): pulumi.Inputs {
  return Object.fromEntries(PUBLIC_OUTPUTS.map((name) => [name, undefined] as const));
}

/** The inputs for the arguments, for the classes of both hosts. Credentials are secret. */
export function argumentInputs({
  registryCredentials,
  variables: given,
  ...rest
}: ComposeExecutionArgs): pulumi.Inputs {
  const variables = variableInputs(given);
  return {
    ...outputNames(),
    ...rest,
    // Pulumi makes four promises for each property, even if its value is undefined. So an absent argument is left out.
    ...(variables === undefined ? {} : { variables }),
    ...(registryCredentials === undefined ? {} : { registryCredentials: pulumi.secret(registryCredentials) }),
  };
}

/** Marks a variable as secret if its name is that of a secret. */
function variableInputs(variables: ComposeExecutionArgs["variables"]): ComposeExecutionArgs["variables"] {
  if (!isPlainMap(variables)) return variables;
  const kept: { [name: string]: pulumi.Input<string | number | boolean> } = {};
  for (const name of Object.keys(variables)) {
    const value = variables[name];
    if (value !== undefined) kept[name] = isSecretName(name) ? pulumi.secret(value) : value;
  }
  return kept;
}

/** Whether a value is a map whose values can be read one by one. */
export function isPlainMap<T>(value: pulumi.Input<Record<string, T>> | undefined): value is Record<string, T> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !pulumi.Output.isInstance(value) &&
    typeof (value as { then?: unknown }).then !== "function"
  );
}
