import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { start } from "../harness/processes/run";
import { userEnvironment } from "./workspace";

/** The installer: npm, npm without hoisting, or pnpm with the script that starts it. */
export type Installer =
  | { readonly kind: "npm" }
  | { readonly kind: "nested npm" }
  | { readonly kind: "pnpm"; readonly script: string };

/** The versions in a row of the matrix. */
export interface Toolchain {
  /** Version of `@pulumi/pulumi`. */
  readonly sdk: string;
  /** Path of the Node that runs the programs. */
  readonly node: string;
}

/** The workspace of installs. */
interface Place {
  readonly base: string;
}

/**
 * A folder with installed packages. Programs replace each other in this folder, because installing takes longer than a
 * test.
 */
export class Installation {
  private constructor(
    readonly folder: string,
    readonly toolchain: Toolchain,
    private readonly installer: Installer,
  ) {}

  /**
   * Installs packages into an empty project. The packages include `@pulumi/pulumi`, in the version for this row of the
   * matrix.
   */
  static async make(
    workspace: Place,
    name: string,
    toolchain: Toolchain,
    packages: readonly string[],
    installer: Installer = { kind: "npm" },
  ): Promise<Installation> {
    const folder = join(workspace.base, name);
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), '{ "private": true }');
    const made = new Installation(folder, toolchain, installer);
    await made.add(workspace, [...packages, `@pulumi/pulumi@${toolchain.sdk}`]);
    return made;
  }

  /** Returns the same packages for programs on another Node. No package runs a script when it is installed. */
  on(node: string): Installation {
    return new Installation(this.folder, { ...this.toolchain, node }, this.installer);
  }

  /** Installs more packages. */
  async add(workspace: Place, packages: readonly string[]): Promise<void> {
    const { file, args, env } = this.command(workspace);
    const result = await start(file, [...args, "--ignore-scripts", ...packages], {
      cwd: this.folder,
      env: { ...userEnvironment(), ...env, PATH: `${dirname(this.toolchain.node)}:${process.env.PATH}` },
    }).ended;
    if (result.exitCode !== 0) {
      throw new Error(`Installing ${packages.join(", ")} failed:\n${result.stdout}\n${result.stderr}`);
    }
  }

  /** Replaces the program. The installed packages stay. */
  occupy(folders: readonly string[] = []): void {
    const path = join(this.folder, "package.json");
    const { dependencies } = JSON.parse(readFileSync(path, "utf8")) as { dependencies?: unknown };
    const keep = ["node_modules", "package-lock.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"];
    for (const name of readdirSync(this.folder)) {
      if (!keep.includes(name)) rmSync(join(this.folder, name), { recursive: true });
    }
    for (const folder of folders) cpSync(folder, this.folder, { recursive: true });
    const manifest = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as object) : { private: true };
    writeFileSync(path, JSON.stringify({ ...manifest, dependencies }, null, 2));
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  /** Version of a package that a program in this folder would load. `undefined` if the package is missing. */
  versionOf(name: string): string | undefined {
    const manifest = join(this.folder, "node_modules", name, "package.json");
    if (!existsSync(manifest)) return undefined;
    return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
  }

  private command({ base }: Place): { file: string; args: string[]; env: Record<string, string> } {
    const quiet = ["--no-audit", "--no-fund", "--prefer-offline"];
    switch (this.installer.kind) {
      case "npm":
        return { file: "npm", args: ["install", ...quiet], env: {} };
      case "nested npm":
        return { file: "npm", args: ["install", "--install-strategy=nested", ...quiet], env: {} };
      case "pnpm": {
        const own = join(base, "pnpm");
        return {
          file: this.toolchain.node,
          args: [this.installer.script, "add"],
          env: { XDG_DATA_HOME: own, XDG_CACHE_HOME: own, XDG_STATE_HOME: own, CI: "true" },
        };
      }
    }
  }
}
