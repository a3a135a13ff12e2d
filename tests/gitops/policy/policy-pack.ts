import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT } from "../../harness/root";
import type { Ended, Pipeline } from "../pipeline";

/**
 * The program that the Node.js language host starts for a pack. A pack may also be a program that Pulumi starts itself.
 */
const LAUNCHER = `#!/bin/sh
cd "$(dirname "$0")"
script=$(node -p 'require.resolve("@pulumi/pulumi/cmd/run-policy-pack")') && PULUMI_NODEJS_TYPESCRIPT=true exec node "$script" "$1" .
`;
/**
 * The answer of a language host that is too old for packs without a plugin. Even the newest language host in a Go
 * module is too old.
 */
const TOO_OLD = /RunPlugin|not supported/;

/** The pack of `examples/gitops`, next to the program of a pipeline. */
export class PolicyPack {
  private readonly folder: string;
  // Whether the pack is a program. The answer is the same for all packs, because one language host starts them.
  private static isProgram = false;

  constructor(
    private readonly pipeline: Pipeline,
    { remediate = false }: { readonly remediate?: boolean } = {},
  ) {
    const { base, program } = pipeline.work;
    this.folder = join(base, "policy-pack");
    cpSync(join(ROOT, "examples", "gitops", "policy-pack"), this.folder, { recursive: true });
    const index = join(this.folder, "index.ts");
    const text = readFileSync(index, "utf8");
    if (!text.includes('"../infra"')) throw new Error("The pack names no folder of the project.");
    const options = `${JSON.stringify(relative(this.folder, program))})${remediate ? ", remediate: true" : ""}`;
    writeFileSync(index, text.replace('"../infra")', options));
  }

  /**
   * Runs a command of Pulumi with the pack. The pack is a folder if the language host can run it. Otherwise it is a
   * program.
   */
  async pulumi(...args: readonly string[]): Promise<Ended> {
    const launcher = join(this.folder, "launch");
    const run = (pack: string) => this.pipeline.pulumi(...args, "--policy-pack", pack, "--non-interactive");
    if (!PolicyPack.isProgram) {
      const ended = await run(this.folder);
      if (!TOO_OLD.test(ended.output)) return ended;
      PolicyPack.isProgram = true;
    }
    writeFileSync(launcher, LAUNCHER, { mode: 0o755 });
    return run(launcher);
  }
}
