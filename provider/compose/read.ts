import { type Diagnostic, DiagnosticCollector } from "./diagnostic";
import { type ComposeMapping, plainValue } from "./model";
import { parseYaml } from "./parse";
import { LineIndex } from "./position";
import { type ComposeRoot, checkStructure } from "./structure";
import { checkCharacters, decodeUtf8, isTooLarge, largestComposeText, unknownMarker } from "./text";
import { buildTree } from "./tree";

/** A compose text that can be compared and run. */
export interface ComposeDocument {
  readonly kind: "document";
  /** The document as plain data: aliases and merge keys resolved, `!reset` entries taken out. */
  readonly model: ComposeMapping;
  /** The same with the place of every key and value. */
  readonly root: ComposeRoot;
  /** The text, without a byte order mark when it came as bytes. */
  readonly text: string;
  /** Finds lines in `text`. */
  readonly lines: LineIndex;
  readonly file?: string;
}

/**
 * What reading a compose text ends in. `faults`: every fault at once, never none. `unknown`: the text is made of
 * something that is not known yet (a preview), so nothing is judged.
 */
export type ReadResult =
  | ComposeDocument
  | { readonly kind: "faults"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "unknown" };

/** Options of `readCompose`. */
export interface ReadOptions {
  /** Named in the diagnostics, such as `compose.yaml`. */
  readonly file?: string;
}

/**
 * Reads a compose text: a string, or bytes of UTF-8. Only faults are raised that Compose itself would certainly
 * refuse, or that keep the text from being compared. Never throws; time and memory are bounded for any input
 * (1 MB of text, 100 levels, aliases that expand to 10 MB).
 */
export function readCompose(input: unknown, options: ReadOptions = {}): ReadResult {
  const { file } = options;
  const text = input instanceof Uint8Array ? decodeIfSmall(input) : typeof input === "string" ? input : undefined;
  if (typeof text === "string" && text.includes(unknownMarker)) return { kind: "unknown" };

  const readable = typeof text === "string" && !isTooLarge(text) ? text : "";
  const lines = new LineIndex(readable);
  const faults = new DiagnosticCollector(lines, file);
  const failed = () => ({ kind: "faults", diagnostics: faults.all() }) as const;

  if (text === tooLarge || (text !== undefined && isTooLarge(text))) {
    faults.add("LYC2002", "the text is larger than 1 MB (1048576 bytes of UTF-8)");
    return failed();
  }
  if (input instanceof Uint8Array && text === undefined) {
    faults.add("LYC2004", "the bytes are not UTF-8");
    return failed();
  }
  if (text === undefined) {
    faults.add("LYC2001", `the compose document must be a string, and it is ${typeName(input)}`);
    return failed();
  }
  checkCharacters(text, faults);
  if (faults.any) return failed();

  const parsed = parseYaml(text, faults);
  if (parsed === undefined) return failed();
  const root = buildTree(parsed, lines, faults);
  if (!checkStructure(root, text, faults) || faults.any) return failed();
  const model = plainValue(root) as ComposeMapping;
  return { kind: "document", model, root, text, lines, ...(file === undefined ? {} : { file }) };
}

const tooLarge = Symbol("too large");

function decodeIfSmall(bytes: Uint8Array): string | typeof tooLarge | undefined {
  return bytes.byteLength > largestComposeText ? tooLarge : decodeUtf8(bytes);
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return "missing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
