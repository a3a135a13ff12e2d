import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";

/** The text of a Compose file, or what kept it from being read; the provider reports the problem with all other faults. */
export type ComposeFileInputs =
  | { composeFile: string; composeFileText: string }
  | { composeFile: string; composeFileProblem: string };

/** Above this a file is not even read: the provider names the exact limit for texts. */
const LIMIT_BYTES = 8_000_000;

/** Reads a Compose file relative to the program's directory. Never throws. */
export function readComposeFile(path: string): ComposeFileInputs {
  const composeFile = String(path);
  const where = resolve(composeFile);
  try {
    const entry = statSync(where);
    if (!entry.isFile()) return { composeFile, composeFileProblem: `composeFile ${composeFile} is not a file` };
    if (entry.size > LIMIT_BYTES) {
      return {
        composeFile,
        composeFileProblem: `composeFile ${composeFile} is ${entry.size} bytes; at most 1000000 are sent`,
      };
    }
    const bytes = readFileSync(where);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { composeFile, composeFileText: text };
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    return { composeFile, composeFileProblem: `composeFile ${composeFile} ${problem(code)} (looked for at ${where})` };
  }
}

function problem(code: unknown): string {
  switch (code) {
    case "ENOENT":
      return "does not exist";
    case "EACCES":
      return "may not be read by this user";
    case "ERR_ENCODING_INVALID_ENCODED_DATA":
      return "is not UTF-8 text";
    default:
      return `could not be read: ${String(code ?? "unknown error")}`;
  }
}
