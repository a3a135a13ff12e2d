import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";

/** The path from the code to the emulator's files in the package. `tools/bundle/cli-bundle.mjs` sets this path. */
declare const EMULATOR_FILES: string | undefined;

const PACKAGED = typeof EMULATOR_FILES === "string" ? join(__dirname, EMULATOR_FILES) : undefined;

/** The folder with the files of the page: in the package, or in the sources. */
export const PAGE_FOLDER = PACKAGED === undefined ? join(__dirname, "..", "src", "page") : join(PACKAGED, "page");

/** Reads the contract. In the package, the contract is JSON, because Node reads JSON ten times as fast as YAML. */
export function contractDocument(): unknown {
  return PACKAGED === undefined
    ? parse(readFileSync(findContract(), "utf8"))
    : JSON.parse(readFileSync(join(PACKAGED, "contract.json"), "utf8"));
}

const CONTRACT_PATH = "provider/lyceum/contract/openapi.yaml";

/**
 * Finds the contract file in `from` or in a folder above it. The sources and the build are at different depths.
 * @throws if no folder has this file
 */
export function findContract(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, CONTRACT_PATH);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) throw new Error(`The contract ${CONTRACT_PATH} was not found above ${from}.`);
  }
}
