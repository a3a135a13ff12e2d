import { LineCounter, parseDocument, visit } from "yaml";
import { isMap } from "../schema";
import type { Policy } from "./policy";

/** The result of reading a policy. */
export type ParsedPolicy =
  | { readonly kind: "policy"; readonly policy: Policy }
  | { readonly kind: "errors"; readonly errors: readonly string[] };

interface Field {
  readonly expects: string;
  readonly accepts: (value: unknown) => boolean;
}

const number: Field = {
  expects: "a number above 0",
  accepts: (value) => typeof value === "number" && Number.isFinite(value) && value > 0,
};
const flag: Field = { expects: "true or false", accepts: (value) => typeof value === "boolean" };
const names: Field = {
  expects: "a list of names",
  accepts: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string" && item !== ""),
};

/** Every key of a policy file. */
export const POLICY_FIELDS: Readonly<Record<keyof Policy, Field>> = {
  maxTimeout: number,
  executionTypes: names,
  pinnedImages: flag,
  registries: names,
  noPlaintextSecrets: flag,
  awaitCompletedOn: names,
  maxCost: number,
};

/**
 * Reads a policy in YAML, and refuses unknown keys, because a misspelt rule would have no effect.
 *
 * @param file named in the errors
 */
export function parsePolicy(text: string, file: string): ParsedPolicy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const errors = document.errors.map(({ message, pos }) => `${file}:${lines.linePos(pos[0]).line}: ${message}`);
  if (errors.length > 0) return { kind: "errors", errors };
  const aliases: string[] = [];
  visit(document, {
    Alias: (_, { range }) => {
      const line = lines.linePos(range?.[0] ?? 0).line;
      aliases.push(`${file}:${line}: a policy has no aliases: write the value out`);
    },
  });
  if (aliases.length > 0) return { kind: "errors", errors: aliases };
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  if (!isMap(value)) {
    return { kind: "errors", errors: [`${file}: a policy is a map of ${Object.keys(POLICY_FIELDS).join(", ")}`] };
  }
  const wrong = Object.entries(value).flatMap(([key, given]) => {
    const node = document.get(key, true);
    const range = typeof node === "object" && node !== null && "range" in node ? (node.range as number[] | null) : null;
    const place = range === null ? file : `${file}:${lines.linePos(range[0] ?? 0).line}`;
    if (!isField(key)) return [`${place}: a policy has no key ${key}; it has ${Object.keys(POLICY_FIELDS).join(", ")}`];
    return POLICY_FIELDS[key].accepts(given) ? [] : [`${place}: ${key} must be ${POLICY_FIELDS[key].expects}`];
  });
  return wrong.length > 0 ? { kind: "errors", errors: wrong } : { kind: "policy", policy: value };
}

function isField(key: string): key is keyof Policy {
  return Object.hasOwn(POLICY_FIELDS, key);
}

/** The policy file of a project that names no other file. */
export const POLICY_FILE = "lyceum-policy.yaml";

/** The error of an invalid policy file. */
export const INVALID_POLICY = {
  code: "LYC5100",
  title: "The policy is not valid",
  remedy: "Correct the file, so that every rule holds.",
} as const;

/** The result of reading the bytes of a policy. */
type PolicyBytes =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** Why the policy cannot be read, as words that follow its name. */
  | { readonly kind: "error"; readonly reason: string };

/** The policy of a file, or the reason why it is not valid, as a sentence. */
type ReadPolicy =
  | { readonly kind: "policy"; readonly policy: Policy }
  | { readonly kind: "error"; readonly message: string };

const LARGEST_POLICY = 1_048_576;

/**
 * Reads the policy of a file.
 *
 * @param file named in errors
 * @param read reads at most the given number of bytes
 */
export function readPolicy(file: string, read: (most: number) => PolicyBytes): ReadPolicy {
  const found = read(LARGEST_POLICY + 1);
  if (found.kind === "error") return { kind: "error", message: `The policy ${file} ${found.reason}.` };
  if (found.bytes.byteLength > LARGEST_POLICY) return { kind: "error", message: `The policy ${file} is too large.` };
  const parsed = parsePolicy(Buffer.from(found.bytes).toString("utf8"), file);
  if (parsed.kind === "policy") return parsed;
  return { kind: "error", message: `The policy is not valid: ${parsed.errors.join("; ")}.` };
}
