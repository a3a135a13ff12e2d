import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PulumiCommands } from "../harness/commands";
import { pulumiEnvironment } from "../harness/environment";
import { pulumiFolder } from "../harness/processes/tools";
import { ROOT } from "../harness/root";
import { folderIn, foldersBelow } from "../harness/workspace";
import { breakPackage, type PlantedBug } from "./planted-bugs";
import { type Witnesses, witnessesIn } from "./witnesses";

/** The host that the programs use. */
export type Host = "dynamic" | "plugin";

/** What all chaos runs share: a copy of the built package, and an empty stack with which each chaos run begins. */
export interface ChaosWorkspace {
  readonly dir: string;
  readonly host: Host;
  /** Makes the folders of a chaos run. */
  makeFolders(name: string, service: { readonly url: string; readonly apiKey: string }): RunFolders;
  remove(): void;
}

/** The folders of one chaos run, and the CLI in these folders. */
export interface RunFolders {
  readonly dir: string;
  readonly host: Host;
  readonly pulumi: PulumiCommands;
  /** The folder of the backend with which the chaos run begins. */
  readonly state: string;
  /** Writes the program for the next command, and the files next to the program. */
  declare(resources: readonly unknown[], files: Readonly<Record<string, string>>): void;
  readonly witnesses: Witnesses;
  remove(): void;
}

const NOWHERE = { url: "http://127.0.0.1:9", apiKey: "lk_nobody" };

/**
 * Creates the workspace with a copy of the package, because a build during the test would change the package itself.
 */
export async function makeWorkspace(name: string, host: Host, bug?: PlantedBug): Promise<ChaosWorkspace> {
  const dir = join(ROOT, ".cache", "chaos-runs", name);
  rmSync(dir, { recursive: true, force: true });
  const packageDir = join(dir, "node_modules", "pulumi-lyceum");
  mkdirSync(packageDir, { recursive: true });
  cpSync(join(ROOT, "dist"), join(packageDir, "dist"), { recursive: true });
  cpSync(join(ROOT, "bin"), join(packageDir, "bin"), { recursive: true });
  cpSync(join(ROOT, "package.json"), join(packageDir, "package.json"));
  if (bug !== undefined) breakPackage(packageDir, bug);
  const bin = pulumiFolder();
  const empty = openFolders(join(dir, "empty-stack"), { bin, host }, NOWHERE);
  await empty.pulumi.quietly(["stack", "init"]);
  return {
    dir,
    host,
    makeFolders: (run, service) => {
      const runFolder = join(dir, run);
      cpSync(empty.dir, runFolder, { recursive: true });
      return openFolders(runFolder, { bin, host }, service);
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** The lines that `Pulumi.yaml` needs in a program with the plugin. */
const PLUGINS = "plugins: { providers: [{ name: lyceum, path: ../../node_modules/pulumi-lyceum/bin }] }\n";
const PACKAGES: Readonly<Record<Host, string>> = { dynamic: "pulumi-lyceum", plugin: "pulumi-lyceum/plugin" };

function openFolders(
  dir: string,
  { bin, host }: { readonly bin: string; readonly host: Host },
  service: { readonly url: string; readonly apiKey: string },
): RunFolders {
  const folders = foldersBelow(dir);
  const program = folderIn(dir, "program");
  cpSync(join(ROOT, "tests", "chaos", "program"), program, { recursive: true });
  writeFileSync(join(program, "package.json"), JSON.stringify({ private: true, main: "index.js" }));
  writeFileSync(
    join(program, "Pulumi.yaml"),
    `name: chaos\nruntime: { name: nodejs, options: { typescript: false } }\n${host === "plugin" ? PLUGINS : ""}`,
  );
  return {
    dir,
    host,
    state: folders.state,
    pulumi: new PulumiCommands(program, pulumiEnvironment(folders, bin, "chaos", service)),
    declare: (resources, files) => {
      writeFileSync(join(program, "settings.json"), JSON.stringify({ package: PACKAGES[host], resources }));
      for (const [name, text] of Object.entries(files)) writeFileSync(join(program, name), text);
    },
    witnesses: witnessesIn(folderIn(dir, "witnesses")),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
