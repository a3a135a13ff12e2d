import { type CheckFailure, CREDENTIAL_KINDS, credentialFields, isMap, someText } from "../schema";
import { containsUnknown, isNotKnown } from "./inputs";

/** Errors of `registryCredentials`. Values are never shown, and all errors are put on the whole resource. */
export function credentialFailures(credentials: unknown): CheckFailure[] {
  if (isNotKnown(credentials)) return [];
  // Errors of credentials are put on the whole resource: the engine prints a property's value in front of its error.
  const failure = (reason: string): CheckFailure => ({ property: "", reason: `registryCredentials${reason}` });
  if (!isMap(credentials)) return [failure(' must be {type: "basic", …} or {type: "aws", …}')];
  if (containsUnknown(credentials.type)) return [];
  const fields = credentialFields(credentials.type);
  if (fields === undefined) {
    // Not shown: a secret pasted into the wrong field is still one.
    return [failure(`.type must be one of ${CREDENTIAL_KINDS.map((kind) => `"${kind}"`).join(", ")}`)];
  }
  const known = ["type", ...fields.map(([name]) => name)];
  const wrong = ([name]: readonly [string, unknown]): boolean => someText(credentials[name]) !== undefined;
  const isSet = ([name]: readonly [string, unknown]): boolean =>
    credentials[name] !== undefined && credentials[name] !== null;
  const required = fields.filter(([, field]) => field.required);
  const optional = fields.filter(([, field]) => !field.required);
  return [
    ...required
      .filter(wrong)
      .map(([name]) => failure(`.${name} ${someText(credentials[name])} when type is "${credentials.type}"`)),
    ...optional
      .filter((field) => isSet(field) && wrong(field))
      .map(([name]) => failure(`.${name} ${someText(credentials[name])}`)),
    ...Object.keys(credentials)
      .filter((field) => !known.includes(field))
      .map((field) => failure(`.${field} is not known for type "${credentials.type}"; known are ${known.join(", ")}`)),
  ];
}
