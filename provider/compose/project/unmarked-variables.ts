import { isSecretName, looksSecret } from "../../secrets";
import type { VariableValue } from "./template";

/** Variables of which nobody has said whether they are secret: what looks or is called like a secret is one. */
export function unmarkedVariables(texts: Iterable<readonly [name: string, text: string]>): Map<string, VariableValue> {
  return new Map(
    [...texts].map(([name, text]) => [name, { text, secret: isSecretName(name) || looksSecret(text) }] as const),
  );
}
