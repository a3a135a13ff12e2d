import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";

/** The folder with the emulator's files, relative to its code; set where the package is bundled (`tools/bundle/cli-bundle.mjs`). */
declare const EMULATOR_FILES: string | undefined;

const PACKAGED = typeof EMULATOR_FILES === "string" ? join(__dirname, EMULATOR_FILES) : undefined;

/** The files of the page: from the sources and from the build alike, nothing builds them. */
export const PAGE_FOLDER = PACKAGED === undefined ? join(__dirname, "..", "src", "page") : join(PACKAGED, "page");

/** The contract as it stands in its file; the package has it as JSON, which takes Node a tenth of the time of YAML. */
export function contractDocument(): unknown {
  return PACKAGED === undefined
    ? parse(readFileSync(findContract(), "utf8"))
    : JSON.parse(readFileSync(join(PACKAGED, "contract.json"), "utf8"));
}

const CONTRACT_PATH = "provider/lyceum/contract/openapi.yaml";

/**
 * Finds the contract file upwards of a folder, so that it is found from the sources and from the build alike.
 * @throws when no folder above has it.
 */
export function findContract(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, CONTRACT_PATH);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) throw new Error(`The contract ${CONTRACT_PATH} was not found above ${from}.`);
  }
}
