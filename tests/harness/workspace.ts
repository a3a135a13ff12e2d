import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Folders } from "./environment";
import { installPlugin } from "./processes/plugins";
import { ROOT } from "./root";

/** Which of the two hosts manages the resources of a program. */
export type HostName = "dynamic" | "plugin";

/**
 * Returns the host of this jest project. The project `plugin` runs the scenarios through the provider plugin, on the
 * simulated engine.
 */
export function hostOfProject(): HostName {
  return (globalThis as { LYCEUM_HOST?: HostName }).LYCEUM_HOST ?? "dynamic";
}

/** The line of `Pulumi.yaml` that names the plugin, in a project that has the package installed. */
const INSTALLED = "path: node_modules/pulumi-lyceum/bin";

/** The folders of one run of a scenario, all under `<root>/.cache/scenarios/<name>`. */
export class Workspace {
  readonly base: string;
  /** A copy of the scenario's program. The CLI runs in this folder. */
  readonly program: string;
  readonly pulumiHome: string;
  readonly state: string;
  /** The folder for `HOME`. It is empty at first, and the package must write nothing into it. */
  readonly home: string;
  readonly temporary: string;
  readonly emulator: string;

  /**
   * Creates empty folders below the root of the repository, so that Node finds `pulumi-lyceum` in the root's
   * node_modules.
   */
  constructor(
    readonly name: string,
    programFrom: string,
    private readonly host: HostName = "dynamic",
  ) {
    this.base = join(ROOT, ".cache", "scenarios", name);
    rmSync(this.base, { recursive: true, force: true });
    const { home, temporary, pulumiHome, state } = foldersBelow(this.base);
    [this.home, this.temporary, this.pulumiHome, this.state] = [home, temporary, pulumiHome, state];
    this.program = folderIn(this.base, "program");
    this.emulator = folderIn(this.base, "emulator");
    cpSync(programFrom, this.program, { recursive: true });
    for (const { path, text } of textsBelow(this.program)) this.write(path, text);
    // A program without its own package.json would use the nearest one in a folder above.
    this.fill("package.json", JSON.stringify({ private: true, main: "index.js" }));
    this.fill("Pulumi.yaml", "name: story\nruntime: { name: nodejs, options: { typescript: false } }\n");
    if (this.read("Pulumi.yaml").includes("runtime: yaml")) installPlugin("yaml", this.pulumiHome);
    if (this.read("Pulumi.yaml").includes("name: python")) installPlugin("python", this.pulumiHome);
    if (this.read("package.json").includes('"@pulumi/docker-build"')) installPlugin("docker-build", this.pulumiHome);
    if (host === "plugin" && this.read("Pulumi.yaml").includes(INSTALLED)) {
      // The program is an example, in a separate folder with the package installed.
      this.write("Pulumi.yaml", this.read("Pulumi.yaml").replace(INSTALLED, `path: ${join(ROOT, "bin")}`));
    } else if (host === "plugin") {
      const plugins = `plugins: { providers: [{ name: lyceum, path: ${join(ROOT, "bin")} }] }\n`;
      writeFileSync(join(this.program, "Pulumi.yaml"), `${this.read("Pulumi.yaml")}${plugins}`);
    }
  }

  read(file: string): string {
    return readFileSync(join(this.program, file), "utf8");
  }

  /**
   * Writes a file of the program. If the file imports the package, it is changed so that it imports the class of the
   * host.
   */
  write(file: string, text: string): void {
    const imports = /(require\(|from )(["'])pulumi-lyceum\2/g;
    const own = this.host === "plugin" && /\.[cm]?[jt]s$/.test(file);
    writeFileSync(join(this.program, file), own ? text.replace(imports, "$1$2pulumi-lyceum/plugin$2") : text);
  }

  /** Returns the texts of the program's own files, by name. */
  programFiles(): ReadonlyMap<string, string> {
    return new Map(textsBelow(this.program).map(({ path, text }) => [path, text]));
  }

  remove(): void {
    rmSync(this.base, { recursive: true, force: true });
  }

  private fill(file: string, text: string): void {
    if (!existsSync(join(this.program, file))) this.write(file, text);
  }
}

/** Returns a folder in another folder. Creates it if it is missing. */
export function folderIn(base: string, name: string): string {
  const path = join(base, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Returns the folders of a user and of a stack, below a folder. */
export function foldersBelow(base: string): Folders {
  return {
    home: folderIn(base, "home"),
    temporary: folderIn(base, "tmp"),
    pulumiHome: folderIn(base, "pulumi-home"),
    state: folderIn(base, "state"),
  };
}

/** Returns every file below a folder, except those in `node_modules`, with its relative path. */
export function textsBelow(folder: string): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => !path.split("/").includes("node_modules"))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .map((path) => ({ path: relative(folder, path), text: readFileSync(path, "utf8") }));
}
