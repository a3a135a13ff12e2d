// Prints what an installation of the provider gets, as CycloneDX: npm run --silent sbom
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleCommandLine } from "./cli-bundle.mjs";
import { ROOT } from "./project.mjs";
import sbom from "./sbom.cjs";

const lockfile = JSON.parse(await readFile(join(ROOT, "package-lock.json"), "utf8"));
const folder = await mkdtemp(join(tmpdir(), "lyceum-sbom-"));
try {
  const bundled = await bundleCommandLine(folder);
  process.stdout.write(`${JSON.stringify(sbom.sbomOf(lockfile, bundled), null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true });
}
