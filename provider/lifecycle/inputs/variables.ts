import type { VariableValue } from "../../../compose/project";
import { type MapOfTexts, mapIn, type Properties } from "../../schema";
import { isSecretVariable, secretsIn } from "../../secrets";
import type { ResourceInputs } from "../run/inputs";

/**
 * Returns the variables of a program. A variable is secret if the program marked it or the whole map, or if its name or
 * value looks like a secret.
 */
export function declaredVariables(inputs: ResourceInputs): Map<string, VariableValue> {
  return declaredTexts(inputs, "variables", isSecretVariable);
}

/**
 * Returns the images that a program passes, by Compose service. An image is secret if the program marked it as secret,
 * or if its text contains a secret.
 */
export function declaredImages(inputs: ResourceInputs): Map<string, VariableValue> {
  return declaredTexts(inputs, "images", (_name, text) => secretsIn(text, { key: "image" }).length > 0);
}

function declaredTexts(
  { values, secrets }: ResourceInputs,
  argument: MapOfTexts,
  isSecret: (name: string, text: string) => boolean,
): Map<string, VariableValue> {
  const marks = textsIn(secrets);
  const single = marks.some((name) => name.startsWith(`${argument}.`));
  const isMarked = (name: string): boolean => marks.includes(single ? `${argument}.${name}` : argument);
  const texts = new Map<string, VariableValue>();
  for (const [name, value] of Object.entries(mapIn(values[argument]))) {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") continue;
    const text = String(value);
    texts.set(name, { text, secret: isMarked(name) || isSecret(name, text) });
  }
  return texts;
}

/**
 * Returns the environment variables that `inheritEnvironment` names. All of them count as secret, like variables of env
 * files, because a name need not show that its value is secret.
 */
export function inheritedVariables(environment: Properties): Map<string, VariableValue> {
  return new Map(
    Object.entries(environment).flatMap(([name, text]) =>
      typeof text === "string" ? [[name, { text, secret: true }] as const] : [],
    ),
  );
}

/** Returns the secret values in the inputs `variables` and `images`, for redaction. */
export function secretVariables(inputs: ResourceInputs): string[] {
  const declared = [...declaredVariables(inputs).values(), ...declaredImages(inputs).values()];
  return declared.flatMap(({ text, secret }) => (secret ? [text] : []));
}

/** Returns the texts in a list. Empty if the value is not a list. */
export function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
