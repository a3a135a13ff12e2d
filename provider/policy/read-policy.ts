import { parsePolicy } from "./parse-policy";
import type { Policy } from "./policy";

/** Name of the policy of a project that names no other. */
export const POLICY_FILE = "lyceum-policy.yaml";

/** The error of a policy file that cannot be used. */
export const INVALID_POLICY = {
  code: "LYC5100",
  title: "The policy is not valid",
  remedy: "Correct the file, so that every rule holds.",
} as const;

/** What reading the bytes of a policy ends in. */
export type PolicyBytes =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** Why it cannot be read, in words that follow its name. */
  | { readonly kind: "error"; readonly reason: string };

/** The policy of a file, or why it cannot be used: a sentence. */
export type ReadPolicy =
  | { readonly kind: "policy"; readonly policy: Policy }
  | { readonly kind: "error"; readonly message: string };

const LARGEST_POLICY = 1_048_576;

/**
 * Reads the policy of a file.
 *
 * @param file named in errors
 * @param read reads at most so many bytes of it
 */
export function readPolicy(file: string, read: (most: number) => PolicyBytes): ReadPolicy {
  const found = read(LARGEST_POLICY + 1);
  if (found.kind === "error") return { kind: "error", message: `The policy ${file} ${found.reason}.` };
  if (found.bytes.byteLength > LARGEST_POLICY) return { kind: "error", message: `The policy ${file} is too large.` };
  const parsed = parsePolicy(Buffer.from(found.bytes).toString("utf8"), file);
  if (parsed.kind === "policy") return parsed;
  return { kind: "error", message: `The policy is not valid: ${parsed.errors.join("; ")}.` };
}
