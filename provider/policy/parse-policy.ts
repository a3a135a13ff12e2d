import { isNode, isScalar, isSeq, isMap as isYamlMap, LineCounter, parseDocument, visit } from "yaml";
import { isMap } from "../schema";
import { FILE_KEYS, problemsOfFile } from "./fields";
import type { PolicyFile } from "./policy";

/** The result of reading a policy. */
export type ParsedPolicy =
  | { readonly kind: "policy"; readonly policy: PolicyFile }
  | { readonly kind: "errors"; readonly errors: readonly string[] };

/**
 * Reads a policy in YAML. Refuses unknown keys, because a misspelt rule would have no effect. Returns all errors, each
 * with its line.
 *
 * @param file the name of the file in the errors
 */
export function parsePolicy(text: string, file: string): ParsedPolicy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const failed = (found: readonly { readonly line: number; readonly words: string }[]): ParsedPolicy => ({
    kind: "errors",
    errors: [...found].sort((a, b) => a.line - b.line).map(({ line, words }) => `${file}:${line}: ${words}`),
  });
  if (document.errors.length > 0)
    return failed(document.errors.map(({ message, pos }) => ({ line: lineAt(pos[0]), words: message })));
  const aliases: number[] = [];
  visit(document, { Alias: (_, { range }) => void aliases.push(range?.[0] ?? 0) });
  if (aliases.length > 0)
    return failed(aliases.map((at) => ({ line: lineAt(at), words: "a policy has no aliases: write the value out" })));
  asTexts(document.get("stacks"));
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  if (!isMap(value)) {
    return { kind: "errors", errors: [`${file}: a policy is a map of ${FILE_KEYS.join(", ")}`] };
  }
  const problems = problemsOfFile(value);
  if (problems.length === 0) return { kind: "policy", policy: value };
  return failed(problems.map(({ path, words }) => ({ line: lineAt(offsetOf(document.contents, path)), words })));
}

/**
 * Converts the keys of the section `stacks` to texts as the file has them, such as `1.0`. A key of digits, such as
 * `12`, gets a star and a slash in front. Otherwise JavaScript would put the key before all other keys, but the order
 * of the keys counts (`policyForStack`). The new key matches the same stacks, because only the part after the last
 * slash is compared.
 */
function asTexts(map: unknown): void {
  for (const { key } of isYamlMap(map) ? map.items : []) {
    if (!isScalar(key)) continue;
    const text = typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
    key.value = /^\d+$/.test(text) ? `*/${text}` : text;
  }
}

/**
 * Returns the position of the value at a path. If the value has a key, returns the position of the key. If the text has
 * no such value, returns the position of the nearest outer value.
 */
function offsetOf(contents: unknown, path: readonly (string | number)[]): number {
  let [node, offset] = [contents, 0];
  for (const step of path) {
    const pair = isYamlMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === step) : undefined;
    const next: unknown = pair?.value ?? (isSeq(node) ? node.items[Number(step)] : undefined);
    offset = rangeOf(pair?.key) ?? rangeOf(next) ?? offset;
    node = next;
  }
  return offset;
}

function rangeOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** The name of the policy file, if the project sets no other file. */
export const POLICY_FILE = "lyceum-policy.yaml";

/** The error of an invalid policy file. */
export const INVALID_POLICY = {
  code: "LYC5100",
  title: "The policy is not valid",
  remedy: "Correct the file, so that every rule holds.",
} as const;

/** The result of reading the bytes of a policy. */
export type PolicyBytes =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** Why the policy cannot be read, in words that follow the file's name in a message. */
  | { readonly kind: "error"; readonly reason: string };

/** The policy in a file, or a sentence that explains why the policy is not valid. */
type ReadPolicy =
  | { readonly kind: "policy"; readonly policy: PolicyFile }
  | { readonly kind: "error"; readonly message: string };

const LARGEST_POLICY = 1_048_576;

/**
 * Reads the policy in a file.
 *
 * @param file the name of the file in errors
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
