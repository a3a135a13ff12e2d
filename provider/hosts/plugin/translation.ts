import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { ExecutionOutputs, RecordedState, ResourceInputs } from "../../lifecycle";
import { recordedInputs, sortedInputs } from "../../reads/recorded-names";
import {
  ARGUMENT_OUTPUTS,
  argumentOutputs,
  MAPS_OF_TEXTS,
  namesSecretResults,
  type Properties,
  SECRET_OUTPUTS,
} from "../../schema";
import { isSecretName } from "../../secrets";
import { received, sent } from "./wire-values";

/** What a plugin knows in addition to the inputs of a resource. */
export interface InputContext {
  readonly urn: string;
  /** The random secret of the provider resource. A resource that was created with another secret keeps that secret. */
  readonly scope: string;
}

/** Converts the recorded inputs of a resource from the engine's form. */
export function recordedInputsOf(properties: Struct | undefined): ResourceInputs | undefined {
  const { values } = received(properties);
  if (Object.keys(values).length === 0) return undefined;
  return sortedInputs(withoutCode(values));
}

/** Converts the program's inputs, or the inputs that check returned, to `ResourceInputs`. */
export function inputsOf(
  properties: Struct | undefined,
  { urn, scope }: InputContext,
  olds: ResourceInputs | undefined,
): ResourceInputs {
  const { values, secretPaths } = received(properties);
  const { secrets, ...inputs } = sortedInputs(withoutCode(values));
  const known = Array.isArray(secrets) ? secrets.map(String) : [];
  return {
    ...inputs,
    urn,
    scope: inputs.scope ?? olds?.scope ?? scope,
    secrets: [...new Set([...known, ...secretNames(inputs.values, secretPaths)])],
  };
}

/** Converts checked inputs to the form that the state records. */
export function recordedOf(inputs: ResourceInputs): Struct {
  const { secrets } = inputs;
  const names = Array.isArray(secrets) ? secrets.map(String) : [];
  const paths = names.map((name) => {
    const argument = MAPS_OF_TEXTS.find((map) => name.startsWith(`${map}.`));
    return argument === undefined ? [name] : [argument, name.slice(argument.length + 1)];
  });
  return sent(recordedInputs(inputs), [...paths, [SCOPE]]);
}

/** Converts recorded outputs to the resource's form. */
export function stateOf(id: string, urn: string, properties: Struct | undefined): RecordedState {
  const { __resourceUrn: recorded, ...outputs } = withoutCode(received(properties).values);
  return { id, urn: typeof recorded === "string" ? recorded : urn, properties: outputs };
}

/**
 * Converts outputs to the form that the state records, and adds the arguments that are also outputs. If the inputs are
 * not known, the recorded arguments are added. An output is secret if the input with the same name is secret.
 */
export function answerOf(
  { resourceUrn, ...outputs }: ExecutionOutputs,
  inputs?: ResourceInputs,
  recorded?: Struct,
): Struct {
  const before = received(recorded);
  // An output that was recorded as secret stays secret, even if the inputs are not known.
  const stillSecret = before.secretPaths.flatMap(([name = ""]) =>
    name === "results" || ARGUMENT_OUTPUTS.includes(name) ? [name] : [],
  );
  const results = namesSecretResults(inputs?.values.secretResults) ? ["results"] : [];
  const names = new Set([...SECRET_OUTPUTS, ...stillSecret, ...results, ...secretOutputs(inputs)]);
  const values = inputs?.values ?? before.values;
  return sent(
    { ...argumentOutputs(values), ...outputs, __resourceUrn: resourceUrn },
    [...names].map((name) => [name]),
  );
}

/** Returns the names of outputs that have the value of a secret input. One secret entry makes a whole map secret. */
export function secretOutputs({ secrets }: Partial<ResourceInputs> = {}): readonly string[] {
  const names = Array.isArray(secrets) ? secrets.map(String) : [];
  return names.map((name) => MAPS_OF_TEXTS.find((map) => name.startsWith(`${map}.`)) ?? name);
}

/** The name of the input `scope` in the state, as in `provider/reads/recorded-names.ts`. */
const SCOPE = "__scope";

/**
 * Removes the input `__provider`, which contains the JavaScript text of the provider. Only a state of the dynamic host
 * has this input.
 */
function withoutCode({ __provider: _code, ...values }: Properties): Properties {
  return values;
}

/** Returns the names of secret arguments. The name of a secret entry has a dot, such as `variables.PASSWORD`. */
function secretNames(values: Properties, secretPaths: readonly (readonly string[])[]): string[] {
  const marked = secretPaths.flatMap(([name = "", entry]) => {
    if (name.startsWith("__")) return [];
    return [entry !== undefined && MAPS_OF_TEXTS.some((argument) => argument === name) ? `${name}.${entry}` : name];
  });
  const { registryCredentials, variables } = values;
  const named = typeof variables === "object" && variables !== null ? Object.keys(variables) : [];
  // If a whole map is marked as secret, its entries get no marks, because these would cancel the mark of the map.
  const isPartOfSecret = (name: string): boolean =>
    MAPS_OF_TEXTS.some((whole) => marked.includes(whole) && name.startsWith(`${whole}.`));
  return [
    ...marked.filter((name) => !isPartOfSecret(name)),
    ...(registryCredentials === undefined ? [] : ["registryCredentials"]),
    ...named
      .filter(isSecretName)
      .map((name) => `variables.${name}`)
      .filter((name) => !isPartOfSecret(name)),
  ];
}
