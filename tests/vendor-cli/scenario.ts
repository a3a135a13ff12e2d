import { join } from "node:path";
import { outputOf } from "../harness/commands";
import type { LedgerRun, ReceivedRequest } from "../harness/emulator/control";
import { MARKER } from "../harness/environment";
import { Names } from "../harness/golden/names";
import { describeRequests } from "../harness/golden/requests";
import { kill } from "../harness/processes/processes";
import { start } from "../harness/processes/run";
import { emulatorIn, Setup } from "../harness/setup";
import { waitUntil } from "../harness/wait";
import { Workspace } from "../harness/workspace";

/** One run of a scenario: the CLI, and the golden file. */
export interface CliScenarioOptions {
  /** The folder with `texts/` and `golden/`. */
  readonly folder: string;
  /** `golden/<variant>.txt`. */
  readonly variant: string;
  /** The command of the CLI. */
  readonly command: readonly string[];
}

/** A call of the CLI that is running. */
export interface RunningCall {
  /** Waits until the CLI has printed this. */
  printed(text: string): Promise<void>;
  /** Sends ^C. */
  interrupt(): void;
  /** Waits for the end of the call, and adds it to the narrative. */
  ended(): Promise<CallResult>;
}

/** The result of a call. */
export interface CallResult {
  readonly output: string;
  readonly requests: readonly ReceivedRequest[];
}

/** A scenario with the vendor's CLI. It has a separate emulator and a separate home folder. */
export class CliScenario extends Setup {
  /** The narrative so far. */
  readonly lines: string[] = [];
  /** All output of the CLI. */
  readonly outputs: string[] = [];
  private readonly names = new Names();
  private readonly requestsListed = new Set<number>();

  private constructor(
    readonly options: CliScenarioOptions,
    ...parts: ConstructorParameters<typeof Setup>
  ) {
    super(...parts);
    this.names.fix(this.origin, "<emulator>");
    this.names.fix(this.emulator.apiKey, "<key>");
    this.names.fix(this.work.home, "<home>");
  }

  /** Creates an emulator, an empty home, and the texts of the scenario's folder. */
  static async begin(options: CliScenarioOptions): Promise<CliScenario> {
    const work = new Workspace(`vendor-cli-${options.variant}`, join(options.folder, "texts"));
    return new CliScenario(options, ...(await emulatorIn(work)));
  }

  /** The value for the CLI's `--url`, without the path, which the CLI adds. */
  get origin(): string {
    return new URL(this.emulator.url).origin;
  }

  /** Logs in with the right key and leaves that out of the narrative. */
  async logIn(): Promise<void> {
    const { ended } = this.launch(["auth", "login", "--url", this.origin, "--api-key", this.emulator.apiKey]);
    const result = await ended;
    if (result.exitCode !== 0) throw new Error(`The CLI cannot log in:\n${outputOf(result)}`);
    await this.requestsFrom(0);
  }

  /** Makes a call that must end by itself with this exit code. */
  async call(title: string, exitCode: number, ...args: readonly string[]): Promise<CallResult> {
    return (await this.begin(title, exitCode, ...args)).ended();
  }

  /**
   * Starts a call. If two calls run at the same time, the call that ends last reports all requests since the start of
   * the first call.
   */
  async begin(title: string, exitCode: number, ...args: readonly string[]): Promise<RunningCall> {
    const from = (await this.control.requests()).length;
    let stdout = "";
    const running = this.launch(args, (chunk) => {
      stdout += chunk;
    });
    let isInterrupted = false;
    return {
      printed: async (text) => {
        await waitUntil(`the CLI to print ${text}`, () => stdout.includes(text));
      },
      interrupt: () => {
        isInterrupted = true;
        kill(running.pid, "SIGINT");
      },
      ended: async () => {
        const result = await running.ended;
        const text = outputOf(result);
        this.outputs.push(text);
        const requests = await this.requestsFrom(from);
        this.lines.push("", `# ${title}`, `$ lyceum ${this.named(args.join(" "))}`, `exit ${result.exitCode}`);
        this.lines.push(...indent(this.named(text.trimEnd()).split("\n")));
        this.lines.push("requests", ...this.described(isInterrupted ? requests.map(withoutEnd) : requests));
        if (result.exitCode === exitCode) return { output: text, requests };
        throw new Error(`"${title}" ended with ${result.exitCode ?? result.signal}, not ${exitCode}:\n${text}`);
      },
    };
  }

  /** All started runs, oldest first. */
  async runs(): Promise<readonly LedgerRun[]> {
    const runs = await this.control.executions();
    for (const run of runs) this.names.execution(run.executionId);
    return runs;
  }

  /** Id of the newest run, once it has this status. */
  async newest(status: string): Promise<string> {
    const found = await waitUntil(`a run that is ${status}`, async () => {
      const newest = (await this.runs()).at(-1);
      return newest?.status === status ? newest : undefined;
    });
    return found.executionId;
  }

  /** Runs as the narrative reports them. */
  ledger(runs: readonly LedgerRun[]): readonly string[] {
    const described = runs.map(({ executionId, status, returnCode, fileName }) =>
      this.named([executionId, status, returnCode ?? "-", fileName ?? "-"].join(" ")),
    );
    return indent(described.length === 0 ? ["none"] : described);
  }

  private launch(args: readonly string[], onOutput: (chunk: string) => void = () => undefined) {
    const [file = "", ...before] = this.options.command;
    const env = {
      HOME: this.work.home,
      TMPDIR: this.work.temporary,
      PATH: "/usr/bin:/bin",
      LANG: "C.UTF-8",
      NO_COLOR: "1",
      // The terminal is wide enough for every line, because the CLI's line breaks depend on the length of names.
      COLUMNS: "200",
      PYTHONDONTWRITEBYTECODE: "1",
      // With a buffer, a ^C that arrives while the CLI prints makes its handler fail with "reentrant call", and the CLI
      // does not abort the run.
      PYTHONUNBUFFERED: "1",
      [MARKER]: this.marker,
    };
    return start(file, [...before, ...args], {
      cwd: this.work.program,
      env,
      onOutput,
    });
  }

  private async requestsFrom(from: number): Promise<readonly ReceivedRequest[]> {
    const all = await this.control.requests();
    const fresh = all.slice(from).filter(({ index }) => !this.requestsListed.has(index));
    for (const { index } of fresh) this.requestsListed.add(index);
    await this.runs();
    return fresh;
  }

  private described(requests: readonly ReceivedRequest[]): readonly string[] {
    // The CLI sends several requests to the bucket at the same time, so only the kinds of requests are the same each
    // time.
    const ofBucket = requests.filter(({ path }) => path.startsWith("/local-bucket"));
    const ofApi = requests.filter((request) => !ofBucket.includes(request));
    const kinds = [...new Set(ofBucket.map(({ operation, status }) => `${operation} → ${status}`))].sort();
    const described = [
      ...describeRequests(ofApi, this.names, this.work.programFiles()),
      ...(kinds.length === 0 ? [] : [`bucket: ${kinds.join(", ")}`]),
    ];
    return indent(described.length === 0 ? ["none"] : described.map((line) => this.named(line)));
  }

  /** The CLI's tables have their own format for times, and operating systems number their errors differently. */
  private named(text: string): string {
    return (
      this.names
        .apply(text)
        .replace(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d/g, "<time>")
        // Removes the speed and the time of a transfer, and the width of its bar.
        .replace(/ ━+ (?=\d+%)/g, " ━ ")
        .replace(/[\d.]+ [kMG]?(?:B|bytes)\/s( • \d+:\d\d:\d\d)?|(?<=% )\?$/gm, "<speed>")
        .replace(/\[Errno \d+\] /g, "")
    );
  }
}

/** Removes the end of a stream. If a client is interrupted, timing decides whether the stream has ended before that. */
function withoutEnd(request: ReceivedRequest): ReceivedRequest {
  return request.operation === "stream" ? { ...request, status: 200 } : request;
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`.trimEnd());
}
