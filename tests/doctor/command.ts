import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, type EngineName, startEmulator } from "../harness/emulator/emulator";
import { emulatorEnvironment } from "../harness/environment";
import { type Running, type RunResult, start } from "../harness/processes/run";
import { ROOT } from "../harness/root";
import { foldersBelow } from "../harness/workspace";

/** An emulator, and a folder in which `doctor` runs. Its PATH has a Pulumi CLI with a fixed version. */
export class DoctorSetup {
  private constructor(
    readonly folder: string,
    readonly emulator: Emulator,
  ) {}

  static async begin(engine: EngineName): Promise<DoctorSetup> {
    mkdirSync(join(ROOT, ".cache"), { recursive: true });
    const folder = mkdtempSync(join(ROOT, ".cache", "doctor-"));
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin", "pulumi"), "#!/bin/sh\necho v3.300.0\n", { mode: 0o755 });
    const env = emulatorEnvironment(foldersBelow(folder), "doctor");
    return new DoctorSetup(folder, await startEmulator(engine, join(folder, "data"), env));
  }

  async end(): Promise<void> {
    await this.emulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Starts the built command with only this environment. */
  start(args: string, environment: Readonly<Record<string, string>> = {}): Running {
    return start(
      process.execPath,
      [join(ROOT, "dist", "cli", "main.js"), "doctor", ...args.split(" ").filter(Boolean)],
      {
        cwd: this.folder,
        env: {
          HOME: this.folder,
          PATH: `${join(this.folder, "bin")}:/usr/bin:/bin`,
          LYCEUM_BASE_URL: this.emulator.url,
          LYCEUM_API_KEY: this.emulator.apiKey,
          ...environment,
        },
      },
    );
  }

  run(args: string, environment: Readonly<Record<string, string>> = {}): Promise<RunResult> {
    return this.start(args, environment).ended;
  }

  /** Runs that have not ended at the service. */
  async active(): Promise<readonly string[]> {
    const ends = ["completed", "failed", "system_failure", "aborted", "cancelled", "timeout"];
    const runs = await this.emulator.control.executions();
    return runs.filter(({ status }) => !ends.includes(status)).map(({ executionId }) => executionId);
  }

  /** The output without the parts that differ each time. */
  stable(text: string): string {
    return text
      .replaceAll(this.emulator.url, "<url>")
      .replace(/3\.300\.0\s+\(\S+\)/g, "3.300.0 (<path>)")
      .replace(/\d+\.\d+\.\d+ \(needs/g, "<version> (needs")
      .replace(/local-[0-9a-f-]{36}/g, "<id>")
      .replace(/pulumi-lyceum-probe-[0-9a-f]{8}/g, "<file name>");
  }
}
