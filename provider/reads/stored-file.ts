import { compact } from "../lyceum/json";
import type { FunctionResult } from "../schema";
import { isReserved } from "../schema/wire-forms";
import { type Bucket, bucketOf, readText } from "../storage";
import type { Query } from "./list-executions";

/** The deepest nesting of JSON that `getStoredFile` returns in `json`. Deeper JSON is only in `text`. */
const DEEPEST = 32;

/**
 * Reads a small file of the bucket.
 *
 * @param shared returns the bucket that the calls of this process share; without `shared`, this function opens a bucket
 *   and closes it
 */
export const getStoredFile: Query<"getStoredFile"> = async (client, { key, artifact }, signal, shared) => {
  const bucket: Bucket = shared?.() ?? bucketOf(client);
  try {
    const { file, text } = await readText(bucket, artifact?.key ?? key ?? "", { signal, etag: artifact?.etag });
    return compact<FunctionResult<"getStoredFile">>({ ...file, text, json: valueIn(text) });
  } finally {
    if (shared === undefined) await bucket.close();
  }
};

/**
 * Returns the value of a text in JSON. Returns `undefined` if the text is not JSON, or if a state could not hold the
 * value unchanged: some strings mean an unknown value to Pulumi.
 */
export function valueIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isUsable(value, 0) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isUsable(value: unknown, depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (typeof value === "string") return !isReserved(value) && !/\p{Surrogate}/u.test(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(
    ([key, entry]) => key !== "__proto__" && isUsable(key, depth) && isUsable(entry, depth + 1),
  );
}
