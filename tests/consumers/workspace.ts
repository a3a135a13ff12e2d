import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Emulator, startEmulator } from "../harness/emulator/emulator";
import { emulatorEnvironment, pulumiEnvironment } from "../harness/environment";
import { start } from "../harness/processes/run";
import { pulumiFolder } from "../harness/processes/tools";
import { ROOT } from "../harness/root";
import { folderIn, foldersBelow } from "../harness/workspace";

/** What all consumers share: a folder outside the repository, the packed package, and an emulator. */
export interface ConsumerWorkspace {
  readonly base: string;
  /** The package, packed. */
  readonly tarball: string;
  readonly emulator: Emulator;
  /** The environment of a command with this Node. It has no settings of the user. */
  environment(node: string): Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** A folder outside of the repository. No folder above it has packages. */
export function farFolder(): string {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "lyceum-consumers-")));
  outsideOfAnyPackage(base);
  return base;
}

/** Packs the built package, and starts an emulator. */
export async function prepareWorkspace(): Promise<ConsumerWorkspace> {
  const base = farFolder();
  const folders = foldersBelow(base);
  const marker = `consumers-${process.pid}`;
  const tarball = await pack(ROOT, base);
  const emulator = await startEmulator("simulated", folderIn(base, "emulator"), emulatorEnvironment(folders, marker));
  const bin = pulumiFolder();
  const cache = folderIn(base, "compile-cache");
  return {
    base,
    tarball,
    emulator,
    environment: (node) => {
      const environment = pulumiEnvironment(folders, bin, marker, emulator);
      // A newer Node keeps compiled code in this folder.
      return { ...environment, NODE_COMPILE_CACHE: cache, PATH: `${dirname(node)}:${environment.PATH}` };
    },
    remove: async () => {
      await emulator.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** Packs a folder with `npm pack`. Returns the path of the tarball. */
export async function pack(folder: string, into: string): Promise<string> {
  const { exitCode, stdout, stderr } = await start(
    "npm",
    ["pack", "--ignore-scripts", "--json", "--pack-destination", into, folder],
    { cwd: into, env: userEnvironment() },
  ).ended;
  if (exitCode !== 0) throw new Error(`npm pack ${folder} failed:\n${stderr}`);
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  if (packed === undefined) throw new Error(`npm pack ${folder} made nothing:\n${stdout}`);
  return join(into, packed.filename);
}

/** The user's own environment. Installations need its proxies, certificates and npm settings. */
export function userEnvironment(): Readonly<Record<string, string>> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  // npm sets variables for its scripts. These variables are removed, because they would change how another npm in a
  // script works.
  return Object.fromEntries(entries.filter(([name]) => !/^npm_(config_local_prefix|package_|lifecycle_)/.test(name)));
}

/** Throws if a folder above contains packages. With such packages, the test would pass for the wrong reason. */
function outsideOfAnyPackage(folder: string): void {
  for (let above = dirname(folder); ; above = dirname(above)) {
    if (existsSync(join(above, "node_modules"))) throw new Error(`${above} has node_modules: set TMPDIR elsewhere.`);
    if (dirname(above) === above) return;
  }
}
