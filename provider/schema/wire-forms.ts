/**
 * Texts that Pulumi sends and records in place of values that JSON does not have (pulumi/sdk/proto, "resource property
 * signatures").
 */

/**
 * A key in an object. With this key, the object represents a value that JSON does not have, such as a secret or an
 * asset.
 */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

/** The value of {@link SIGNATURE_KEY} for a secret. */
export const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** The text in place of an unknown value. A longer text may also contain this text. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The texts for unknown values. Each type of value has its own text. */
export const UNKNOWN_VALUES: ReadonlySet<unknown> = new Set([
  UNKNOWN_TEXT,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Whether a text has a special meaning for Pulumi, as a value or as a key. */
export function isReserved(text: string): boolean {
  return text === SIGNATURE_KEY || UNKNOWN_VALUES.has(text);
}

/** The name under which the state records the defaults that the check has added. This name must never change. */
export const RECORDED_DEFAULTS = "__defaults";

/**
 * The name of the argument `artifacts` in the inputs of the dynamic host. In a preview, Pulumi uses the inputs of a
 * dynamic resource as its outputs. So an input `artifacts` would show wrong values for the output `artifacts`. States
 * contain the name `artifactPaths`, so it never changes.
 */
export const ARTIFACTS_OF_DYNAMIC_HOST = "artifactPaths";
