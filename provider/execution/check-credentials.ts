import { type CheckFailure, CREDENTIAL_KINDS, credentialFields, someText } from "../schema";
import { containsUnknown } from "./inputs";

/** Errors of `registryCredentials`. Values are never shown, and all errors are put on the whole resource. */
export function credentialFailures(credentials: unknown): CheckFailure[] {
  if (credentials === undefined || (typeof credentials === "string" && containsUnknown(credentials))) return [];
  // Errors of credentials are put on the whole resource: the engine prints a property's value in front of its error.
  const failure = (reason: string): CheckFailure => ({ property: "", reason: `registryCredentials${reason}` });
  if (typeof credentials !== "object" || credentials === null || Array.isArray(credentials)) {
    return [failure(' must be {type: "basic", …} or {type: "aws", …}')];
  }
  const given = credentials as Readonly<Record<string, unknown>>;
  if (containsUnknown(given.type)) return [];
  const fields = credentialFields(given.type);
  if (fields === undefined) {
    // Not shown: a secret pasted into the wrong field is still one.
    return [failure(`.type must be one of ${CREDENTIAL_KINDS.map((kind) => `"${kind}"`).join(", ")}`)];
  }
  const known = ["type", ...fields.map(([name]) => name)];
  const wrong = ([name]: readonly [string, unknown]): boolean => someText(given[name]) !== undefined;
  const isSet = ([name]: readonly [string, unknown]): boolean => given[name] !== undefined && given[name] !== null;
  const required = fields.filter(([, field]) => field.required);
  const optional = fields.filter(([, field]) => !field.required);
  return [
    ...required
      .filter(wrong)
      .map(([name]) => failure(`.${name} ${someText(given[name])} when type is "${given.type}"`)),
    ...optional
      .filter((field) => isSet(field) && wrong(field))
      .map(([name]) => failure(`.${name} ${someText(given[name])}`)),
    ...Object.keys(given)
      .filter((field) => !known.includes(field))
      .map((field) => failure(`.${field} is not known for type "${given.type}"; known are ${known.join(", ")}`)),
  ];
}
