// Prints what an installation of the provider gets, as CycloneDX: npm run --silent sbom
import { readFileSync } from "node:fs";
import sbom from "./sbom.cjs";

const lockfile = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
process.stdout.write(`${JSON.stringify(sbom.sbomOf(lockfile), null, 2)}\n`);
