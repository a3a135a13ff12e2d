import { isMap, type Properties } from "../../schema";
import { SECRET_SIGNATURE, SIGNATURE_KEY, UNKNOWN_VALUES } from "../../schema/wire-forms";
import { secretsIn } from "../../secrets";

/**
 * A single value inside inputs, with its path. A map or list is a single value in three cases: it is empty, the map or
 * list as a whole is secret or unknown, or it is a file (an asset or archive of Pulumi). `hasRandomEnd`: a provider may
 * have generated the end of the value, as in `data-1a2b3c4`, so `value` has stars in place of this end.
 */
export type Leaf = { readonly path: string } & (
  | { readonly kind: "known"; readonly value: unknown; readonly key: string | undefined; readonly hasRandomEnd?: true }
  /**
   * In the canonical model of a Compose project, the provider writes `(secret)` in place of each secret, usually with a
   * digest that it makes with the key of the stack. A secret of Pulumi has no `digest`.
   */
  | { readonly kind: "secret"; readonly digest?: string }
  | { readonly kind: "unknown" }
);

/**
 * Returns the leaves of a value: the values inside it that are not a map or list with entries. An empty map or list is
 * a leaf too, so that its removal is a difference.
 */
export function leavesOf(value: unknown, path: string, key?: string): readonly Leaf[] {
  if (isSecret(value)) return [{ path, kind: "secret" }];
  if (UNKNOWN_VALUES.has(value)) return [{ path, kind: "unknown" }];
  const [, digest] = typeof value === "string" ? (MASKED.exec(value) ?? []) : [];
  if (typeof value === "string" && MASKED.test(value)) {
    return [{ path, kind: "secret", ...(digest === undefined ? {} : { digest }) }];
  }
  // A file is compared by its content, not by its path on this machine.
  if (isMap(value) && typeof value[SIGNATURE_KEY] === "string" && typeof value.hash === "string" && value.hash !== "") {
    return [{ path, kind: "known", value: value.hash, key: undefined }];
  }
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item, index) => leavesOf(item, `${path}[${index}]`, key));
  }
  if (isMap(value) && Object.keys(value).length > 0) {
    const named = nameInPair(value);
    return Object.entries(value).flatMap(([name, item]) =>
      leavesOf(item, below(path, name), /^value$/i.test(name) ? (named ?? name) : name),
    );
  }
  return [{ path, kind: "known", value: value ?? null, key }];
}

/**
 * Returns `DB_PASSWORD` for a map such as `{ name: "DB_PASSWORD", value: … }`, which is an environment variable of a
 * container. This name shows whether the value is secret. Some packages write `key`, `Name` or `Key` in place of
 * `name`.
 */
function nameInPair(pair: Properties): string | undefined {
  const names = Object.entries(pair).filter(([key]) => /^(?:name|key)$/i.test(key));
  return names.flatMap(([, name]) => (typeof name === "string" && !UNKNOWN_VALUES.has(name) ? [name] : []))[0];
}

/** Matches a secret that the provider has masked in the canonical model of a Compose project. */
const MASKED = /^\(secret\)(?: ([0-9a-z]{12}))?$/;

/** Returns true if a value is the engine's mask of a secret. A longer text with the mask was written by a person. */
function isSecret(value: unknown): boolean {
  return value === "[secret]" || (isMap(value) && value[SIGNATURE_KEY] === SECRET_SIGNATURE);
}

/** Returns the path of the value at a key of a map. */
export function below(path: string, name: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

/** Returns true if a path is equal to the outer path, or is inside it. */
export function isWithin(path: string, outer: string): boolean {
  if (!path.startsWith(outer)) return false;
  const next = path.charAt(outer.length);
  return outer === "" || next === "" || next === "." || next === "[";
}

/**
 * Returns a value as text for people. A text that looks like a secret is not shown, even if it is not marked as secret.
 */
export function shownValue(value: unknown, key: string | undefined): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return secretsIn(value, { key }).length > 0 ? LOOKS_SECRET : value;
}

/** The text in place of a value that looks like a secret but is not marked as secret. */
export const LOOKS_SECRET = "(not shown: it looks like a secret)";
