import { dirname, join } from "node:path";
import { PulumiCommands } from "../harness/commands";
import { emulatorEnvironment, type Folders, pulumiEnvironment } from "../harness/environment";
import { kill } from "../harness/processes/processes";
import { type Running, start } from "../harness/processes/run";
import { pulumiFolder } from "../harness/processes/tools";
import { waitUntil } from "../harness/wait";
import type { Installation } from "./installation";

/** `npx pulumi-lyceum emulator` of an installation, as a person starts it. */
export class UserEmulator {
  private constructor(
    private readonly running: Running,
    readonly printed: () => string,
    private readonly exported: Readonly<Record<string, string>>,
  ) {}

  static async start(installation: Installation, folders: Folders, words: readonly string[]): Promise<UserEmulator> {
    const options = { cwd: installation.folder, env: emulatorEnvironment(folders, MARKER) };
    let printed = "";
    const take = (chunk: string): void => {
      printed += chunk;
    };
    const command = ["pulumi-lyceum", "emulator"];
    const running = start("npx", [...command, ...words], {
      ...options,
      // The emulator runs as long as its test.
      deadlineSeconds: 600,
      onOutput: take,
      onError: take,
    });
    const ended = running.ended.then(({ exitCode }) => {
      throw new Error(`The emulator ended with ${exitCode}.\n${printed}`);
    });
    // The code that stops the emulator expects this end.
    ended.catch(() => undefined);
    await Promise.race([waitUntil("the emulator", () => printed.includes("^C ends it")), ended]);
    const { stdout } = await start("npx", [...command, "--env"], { ...options }).ended;
    const lines = [...stdout.matchAll(/^export (LYCEUM_\w+)=(\S+)$/gm)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]);
    return new UserEmulator(running, () => printed, Object.fromEntries(lines));
  }

  /**
   * Runs Pulumi in the program's shell, with the variables that `emulator --env` prints. `bin` is the folder of an
   * active virtual environment.
   */
  shell(installation: Installation, folders: Folders, bin?: string): PulumiCommands {
    const { LYCEUM_BASE_URL: url = "", LYCEUM_API_KEY: apiKey = "" } = this.exported;
    const env = pulumiEnvironment(folders, pulumiFolder(), MARKER, { url, apiKey });
    const PATH = [bin, dirname(installation.toolchain.node), env.PATH].filter((part) => part !== undefined).join(":");
    return new PulumiCommands(installation.folder, { ...env, PATH });
  }

  /** Sends ^C, as in the emulator's terminal. */
  async stop(): Promise<void> {
    kill(-this.running.pid, "SIGINT");
    await this.running.ended.catch(() => undefined);
  }
}

const MARKER = `first-run-${process.pid}`;

/** Runs `up`, a second `up`, and `destroy`. The only run completes, and nothing remains. */
export async function livesOnce(pulumi: PulumiCommands): Promise<void> {
  const step = async (...args: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await pulumi.start(args).ended;
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${exitCode}:\n${stdout}\n${stderr}`);
    return stdout;
  };
  await pulumi.quietly(["stack", "init"]);
  expect(await step("up", "--yes", "--skip-preview")).toContain("completed");
  expect(await pulumi.outputs()).toEqual({
    executionId: expect.stringMatching(/^local-/),
    status: "completed",
    returnCode: 0,
  });
  await step("up", "--yes", "--skip-preview", "--expect-no-changes");
  await step("destroy", "--yes", "--skip-preview");
  expect((await pulumi.exported()).deployment.resources ?? []).toEqual([]);
}

/** Writes the files of a template into the folder of the installation, as `pulumi new` does. */
export async function generate(pulumi: PulumiCommands, installation: Installation, language: string): Promise<void> {
  const template = join("node_modules", "pulumi-lyceum", "templates", language);
  const name = `first-${language}`;
  const args = ["new", template, "--force", "--generate-only", "--yes", "--name", name];
  await pulumi.quietly(args);
  expect(installation.read("Pulumi.yaml")).toMatch(
    new RegExp(`^name: ${name}\\ndescription: One short run of a Compose`),
  );
  expect(installation.read("README.md")).toContain(`# ${name}\n`);
}
