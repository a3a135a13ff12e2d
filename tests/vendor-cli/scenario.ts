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

/** One run of a scenario: whose CLI, and where the golden file is. */
export interface CliScenarioOptions {
  /** `texts/` and `golden/` are in it. */
  readonly folder: string;
  /** `golden/<variant>.txt`. */
  readonly variant: string;
  /** What the CLI is called with. */
  readonly command: readonly string[];
}

/** A call of the CLI under way. */
export interface RunningCall {
  /** Waits until the CLI has printed this. */
  printed(text: string): Promise<void>;
  /** ^C. */
  interrupt(): void;
  /** Waits for the end and writes the call into the narrative. */
  ended(): Promise<CallResult>;
}

/** What a call did. */
export interface CallResult {
  readonly output: string;
  readonly requests: readonly ReceivedRequest[];
}

const DEADLINE_SECONDS = 60;

/** A scenario that the vendor's CLI plays in, against an emulator of its own and with a home of its own. */
export class CliScenario extends Setup {
  /** The narrative so far. */
  readonly lines: string[] = [];
  /** All that the CLI has printed. */
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

  /** Sets the scene: an emulator, an empty home, the texts of the scenario's folder. */
  static async begin(options: CliScenarioOptions): Promise<CliScenario> {
    const work = new Workspace(`vendor-cli-${options.variant}`, join(options.folder, "texts"));
    return new CliScenario(options, ...(await emulatorIn(work)));
  }

  /** What the CLI's `--url` is given: it adds the path by itself. */
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

  /** A call that ends by itself with this exit code. */
  async call(title: string, exitCode: number, ...args: readonly string[]): Promise<CallResult> {
    return (await this.begin(title, exitCode, ...args)).ended();
  }

  /** Starts a call; of two at once the one that ends later reports what it asked before the other began. */
  async begin(title: string, exitCode: number, ...args: readonly string[]): Promise<RunningCall> {
    const from = (await this.control.requests()).length;
    let stdout = "";
    const running = this.launch(args, (chunk) => {
      stdout += chunk;
    });
    let isInterrupted = false;
    return {
      printed: async (text) => {
        await waitUntil(`the CLI to print ${text}`, 30, () => stdout.includes(text));
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

  /** The runs that were ever started, oldest first. */
  async runs(): Promise<readonly LedgerRun[]> {
    const runs = await this.control.executions();
    for (const run of runs) this.names.execution(run.executionId);
    return runs;
  }

  /** Id of the newest run, once it has this status. */
  async newest(status: string): Promise<string> {
    const found = await waitUntil(`a run that is ${status}`, 30, async () => {
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
      // Wide enough for every line: where the CLI would break one depends on the length of what is named here.
      COLUMNS: "200",
      PYTHONDONTWRITEBYTECODE: "1",
      [MARKER]: this.marker,
    };
    return start(file, [...before, ...args], {
      cwd: this.work.program,
      env,
      deadlineSeconds: DEADLINE_SECONDS,
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
    const described = describeRequests(requests, this.names, this.work.programFiles());
    return indent(described.length === 0 ? ["none"] : described.map((line) => this.named(line)));
  }

  /** The CLI's tables show times as it likes them, and systems number their errors differently. */
  private named(text: string): string {
    return this.names
      .apply(text)
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "<time>")
      .replace(/\[Errno \d+\] /g, "");
  }
}

/** Whether the stream came to its end before an interrupted client closed it depends on the moment. */
function withoutEnd(request: ReceivedRequest): ReceivedRequest {
  return request.operation === "stream" ? { ...request, status: 200 } : request;
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`.trimEnd());
}
