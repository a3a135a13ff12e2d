import type { VariableValue } from "../../compose/project";
import { mapIn, type Properties } from "../../schema";
import { isSecretName, looksSecret } from "../../secrets";
import type { ResourceInputs } from "../resource-inputs";

/**
 * The variables that a program gives. Secret are those it has marked, all of them where it has marked the whole map, and
 * what looks or is called like a secret.
 */
export function declaredVariables({ values, secrets }: ResourceInputs): Map<string, VariableValue> {
  const marks = textsIn(secrets);
  const single = marks.some((name) => name.startsWith("variables."));
  const isMarked = (name: string): boolean =>
    single ? marks.includes(`variables.${name}`) : marks.includes("variables");
  const variables = new Map<string, VariableValue>();
  for (const [name, value] of Object.entries(mapIn(values.variables))) {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") continue;
    const text = String(value);
    variables.set(name, { text, secret: isMarked(name) || isSecretName(name) || looksSecret(text) });
  }
  return variables;
}

/** Variables of a shell, for `inheritEnvironment`. All of them count as secret, as those of env files do: no name shows it. */
export function inheritedVariables(environment: Properties): Map<string, VariableValue> {
  return new Map(
    Object.entries(environment).flatMap(([name, text]) =>
      typeof text === "string" ? [[name, { text, secret: true }] as const] : [],
    ),
  );
}

/** The values of secret variables, for redaction. */
export function secretVariables(inputs: ResourceInputs): string[] {
  return [...declaredVariables(inputs).values()].flatMap(({ text, secret }) => (secret ? [text] : []));
}

/** A list of texts, as far as it is one. */
export function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
