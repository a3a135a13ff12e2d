import { join } from "node:path";
import { outputOf, PulumiCommands } from "../harness/commands";
import type { ReceivedRequest } from "../harness/emulator/control";
import { abortsIn, startsIn } from "../harness/golden/counts";
import type { RunResult } from "../harness/processes/run";
import type { Installation } from "./installation";
import type { ConsumerWorkspace } from "./workspace";

/** A kind of project. Its folder contains `program/`. */
export type Kind =
  | "automation"
  | "commonjs"
  | "component"
  | "esm"
  | "plugin"
  | "typescript-3"
  | "typescript-5"
  | "typescript-5-esm";

/** The lines in Pulumi.yaml of a project that uses the plugin. */
const PLUGINS = "plugins: {providers: [{name: lyceum, path: node_modules/pulumi-lyceum/bin}]}\n";

/** The result of a step. */
export interface Step extends RunResult {
  readonly output: string;
  readonly requests: readonly ReceivedRequest[];
}

/** The program of a user, in a separate project and stack. */
export class Consumer {
  private constructor(
    private readonly workspace: ConsumerWorkspace,
    readonly installation: Installation,
    private readonly pulumi: PulumiCommands,
  ) {}

  /** Installs the program. `project` is a unique name in the matrix. */
  static async settle(
    workspace: ConsumerWorkspace,
    installation: Installation,
    kind: Kind,
    project: string,
  ): Promise<Consumer> {
    place(installation, kind, project);
    const pulumi = new PulumiCommands(installation.folder, workspace.environment(installation.toolchain.node));
    await pulumi.quietly(["stack", "init"]);
    return new Consumer(workspace, installation, pulumi);
  }

  /** Runs `up`, a second `up` if requested, and `destroy`. Records their changes and requests. Returns the outputs. */
  async live({ again = false } = {}): Promise<Readonly<Record<string, unknown>>> {
    const first = await this.step(["up", "--yes", "--skip-preview"]);
    expect([startsIn(first.requests), abortsIn(first.requests)]).toEqual([1, 0]);
    const outputs = await this.pulumi.outputs();
    expect(outputs).toMatchObject({ executionId: expect.stringMatching(/^local-/), status: "running" });

    if (again) {
      const unchanged = await this.step(["up", "--yes", "--skip-preview", "--expect-no-changes"]);
      // The run is active, so its status is read once. The second `up` starts nothing and aborts nothing.
      expect(unchanged.requests.map(({ operation }) => operation)).toEqual(["listWorkloads"]);
    }

    const destroyed = await this.step(["destroy", "--yes", "--skip-preview"]);
    expect([startsIn(destroyed.requests), abortsIn(destroyed.requests)]).toEqual([0, 1]);
    const runs = await this.workspace.emulator.control.executions();
    expect(runs.find(({ executionId }) => executionId === outputs.executionId)?.status).toBe("aborted");
    return outputs;
  }

  /** Runs a preview that must fail. Returns its output. The preview must not send a request. */
  async refusedAtPreview(): Promise<string> {
    const { output: outputOf, requests } = await this.step(["preview"], { fails: true });
    expect(requests).toEqual([]);
    return outputOf;
  }

  private async step(args: readonly string[], { fails = false } = {}): Promise<Step> {
    const { control } = this.workspace.emulator;
    const before = (await control.requests()).at(-1)?.index ?? -1;
    const result = await this.pulumi.start(args).ended;
    if ((result.exitCode !== 0) !== fails) {
      throw new Error(`pulumi ${args.join(" ")} ended with ${result.exitCode}:\n${outputOf(result)}`);
    }
    return {
      ...result,
      output: outputOf(result),
      requests: (await control.requests()).filter(({ index }) => index > before),
    };
  }
}

/** Copies the program of a kind, and the files that all kinds have, into an installation. */
export function place(installation: Installation, kind: Kind, project: string): void {
  installation.occupy([join(__dirname, kind, "program"), join(__dirname, "common")]);
  const plugins = kind === "plugin" ? PLUGINS : "";
  installation.write("Pulumi.yaml", `name: ${project}\nruntime: nodejs\n${plugins}`);
}
