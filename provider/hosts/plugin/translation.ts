import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { ExecutionOutputs, RecordedState, ResourceInputs } from "../../lifecycle";
import { MAPS_OF_TEXTS, namesSecretResults, type Properties, SECRET_OUTPUTS } from "../../schema";
import { isSecretName } from "../../secrets";
import { recordedInputs, sortedInputs } from "../recorded-names";
import { received, sent } from "./wire-values";

/** What a plugin knows beside the inputs of a resource. */
export interface InputContext {
  readonly urn: string;
  /** The provider's own secret. A resource that was created under another one keeps it. */
  readonly scope: string;
}

/** Inputs as the engine sends them for a resource that is recorded. */
export function recordedInputsOf(properties: Struct | undefined): ResourceInputs | undefined {
  const { values } = received(properties);
  if (Object.keys(values).length === 0) return undefined;
  return sortedInputs(withoutCode(values));
}

/** Inputs as the program gives them, or as check has answered them. */
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

/** Checked inputs as they are recorded. */
export function recordedOf(inputs: ResourceInputs): Struct {
  const { secrets } = inputs;
  const names = Array.isArray(secrets) ? secrets.map(String) : [];
  const paths = names.map((name) => {
    const argument = MAPS_OF_TEXTS.find((map) => name.startsWith(`${map}.`));
    return argument === undefined ? [name] : [argument, name.slice(argument.length + 1)];
  });
  return sent(recordedInputs(inputs), [...paths, [SCOPE]]);
}

/** Recorded outputs as the resource takes them. */
export function stateOf(id: string, urn: string, properties: Struct | undefined): RecordedState {
  const { __resourceUrn: recorded, ...outputs } = withoutCode(received(properties).values);
  return { id, urn: typeof recorded === "string" ? recorded : urn, properties: outputs };
}

/** Outputs as they are recorded. One with the name of a secret input is secret, too. */
export function answerOf(
  { resourceUrn, ...outputs }: ExecutionOutputs,
  inputs?: ResourceInputs,
  recorded?: Struct,
): Struct {
  const { secrets } = inputs ?? {};
  // What is recorded as a secret stays one, also where the inputs are not at hand.
  const wasSecret = received(recorded).secretPaths.some(([name]) => name === "results");
  const results = wasSecret || namesSecretResults(inputs?.values.secretResults) ? ["results"] : [];
  const names = [...SECRET_OUTPUTS, ...results, ...(Array.isArray(secrets) ? secrets.map(String) : [])];
  return sent(
    { ...outputs, __resourceUrn: resourceUrn },
    names.map((name) => [name]),
  );
}

/** The name of the recorded scope (`recorded-names.ts`). */
const SCOPE = "__scope";

/** A state that the dynamic host recorded holds the text of its provider. */
function withoutCode({ __provider: _code, ...values }: Properties): Properties {
  return values;
}

/** Names of secret arguments; of `variables` and `images` each by itself, as far as the map is not secret as a whole. */
function secretNames(values: Properties, secretPaths: readonly (readonly string[])[]): string[] {
  const marked = secretPaths.flatMap(([name = "", entry]) => {
    if (name.startsWith("__")) return [];
    return [entry !== undefined && MAPS_OF_TEXTS.some((argument) => argument === name) ? `${name}.${entry}` : name];
  });
  const { registryCredentials, variables } = values;
  const named = typeof variables === "object" && variables !== null ? Object.keys(variables) : [];
  // Beside the mark of a single entry, that of the whole would not count.
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
