import { type CheckFailure, someText } from "./check-rules";
import { containsUnknown } from "./inputs";

const CREDENTIAL_FIELDS = {
  basic: { required: ["username", "password"], optional: [] },
  aws: { required: ["accessKeyId", "secretAccessKey"], optional: ["sessionToken", "region"] },
} as const;

/** Faults of `registryCredentials`. Values are never shown, and all faults are put on the whole resource. */
export function credentialFailures(credentials: unknown): CheckFailure[] {
  if (credentials === undefined || (typeof credentials === "string" && containsUnknown(credentials))) return [];
  // Faults of credentials are put on the whole resource: the engine prints a property's value in front of its fault.
  const fault = (reason: string): CheckFailure => ({ property: "", reason: `registryCredentials${reason}` });
  if (typeof credentials !== "object" || credentials === null || Array.isArray(credentials)) {
    return [fault(' must be {type: "basic", …} or {type: "aws", …}')];
  }
  const given = credentials as Readonly<Record<string, unknown>>;
  if (containsUnknown(given.type)) return [];
  if (given.type !== "basic" && given.type !== "aws")
    // Not shown: a secret pasted into the wrong field is still one.
    return [fault('.type must be one of "basic", "aws"')];
  const fields = CREDENTIAL_FIELDS[given.type];
  const known: readonly string[] = ["type", ...fields.required, ...fields.optional];
  return [
    ...fields.required
      .filter((field) => someText(given[field]) !== undefined)
      .map((field) => fault(`.${field} ${someText(given[field])} when type is "${given.type}"`)),
    ...fields.optional
      .filter((field) => given[field] !== undefined && given[field] !== null && someText(given[field]) !== undefined)
      .map((field) => fault(`.${field} ${someText(given[field])}`)),
    ...Object.keys(given)
      .filter((field) => !known.includes(field))
      .map((field) => fault(`.${field} is not known for type "${given.type}"; known are ${known.join(", ")}`)),
  ];
}
