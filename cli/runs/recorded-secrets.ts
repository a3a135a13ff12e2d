import { SECRET_SIGNATURE, SIGNATURE_KEY } from "../../provider/pulumi/wire-forms";
import { textsOfCompose } from "../../provider/report";

/**
 * Every text that is secret in a part of a stack that `pulumi stack export --show-secrets` has printed. Of a secret Compose text
 * these are its values, because a container may print any of them.
 */
export function secretsIn(exported: unknown): readonly string[] {
  const found = new Set<string>();
  collect(exported, false, found);
  return [...found].filter((text) => text !== "");
}

function collect(value: unknown, isSecret: boolean, found: Set<string>): void {
  if (typeof value === "string" || typeof value === "number") {
    if (isSecret) for (const text of textsOfCompose(String(value))) found.add(text);
    return;
  }
  if (value === null || typeof value !== "object") return;
  const plaintext = plaintextOf(value);
  if (plaintext !== undefined) {
    collect(plaintext.value, true, found);
    return;
  }
  for (const item of Object.values(value)) collect(item, isSecret, found);
}

/** What a secret holds: a state has its value in JSON next to the signature. Undefined for anything else. A text that is not JSON is taken as it is. */
function plaintextOf(value: object): { readonly value: unknown } | undefined {
  const { [SIGNATURE_KEY]: signature, plaintext } = value as Record<string, unknown>;
  if (signature !== SECRET_SIGNATURE || typeof plaintext !== "string") return undefined;
  try {
    return { value: JSON.parse(plaintext) };
  } catch {
    return { value: plaintext };
  }
}
