import type { StackState, StateResource } from "../harness/commands";
import type { LedgerRun, ReceivedRequest } from "../harness/emulator/control";

/** A start or an abort of a run, with the label of the run. */
interface Action {
  readonly what: "start" | "abort";
  readonly label: string;
}

/** What one command did. */
export class Facts {
  readonly actions: readonly Action[];

  constructor(
    readonly failed: boolean,
    readonly output: string,
    requests: readonly ReceivedRequest[],
    private readonly runs: readonly LedgerRun[],
    private readonly before: StackState,
    private readonly after: StackState,
    /** The folders of the bucket, which have the names of StoredFiles. */
    private readonly stored: readonly string[],
  ) {
    this.actions = requests.flatMap((request) => actionOf(request, runs));
  }

  /** The number of starts and of aborts of the runs with a label. */
  did(label: string): string {
    const count = (what: Action["what"]) =>
      this.actions.filter((action) => action.label === label && action.what === what).length;
    return `${count("start")} started, ${count("abort")} aborted`;
  }

  /** Whether the command has replaced the run: a new run has started, and the old run was aborted. */
  replaced(label: string): boolean {
    return this.did(label) === "1 started, 1 aborted";
  }

  /** Whether the runs of these labels simply continue. */
  kept(...labels: readonly string[]): boolean {
    return !this.failed && labels.every((label) => this.did(label) === "0 started, 0 aborted");
  }

  /** Whether the files of this StoredFiles are in the bucket. */
  stores(name: string): boolean {
    return this.stored.includes(name);
  }

  /** Whether the command did these things in this order, such as `start first`. */
  inOrder(...wanted: readonly string[]): boolean {
    const positions = wanted.map((each) => this.actions.findIndex(({ what, label }) => `${what} ${label}` === each));
    return positions.every((position, index) => position >= 0 && position > (positions[index - 1] ?? -1));
  }

  /** Whether the command failed at this resource. */
  failedOf(name: string): boolean {
    const isNamed = this.output.split("\n").some((line) => line.includes("error:") && line.includes(`::${name}`));
    return this.failed && (isNamed || this.messageAbout(name).includes("error:"));
  }

  /** The messages that Pulumi's output has under the name of a resource. */
  messageAbout(name: string): string {
    const start = this.output.indexOf(` (${name}):\n`);
    return start < 0 ? "" : this.output.slice(start, this.output.indexOf("\n\n", start));
  }

  /** The status of the latest run with a label. */
  status(label: string): string | undefined {
    return this.runs.filter((run) => labelOf(run.fileName) === label).at(-1)?.status;
  }

  resource(name: string): StateResource | undefined {
    return named(this.after, name);
  }

  resourceBefore(name: string): StateResource | undefined {
    return named(this.before, name);
  }

  /** Returns a property that the harness does not read, of a resource in the state. */
  property(name: string, property: string): unknown {
    return (this.resource(name) as Readonly<Record<string, unknown>> | undefined)?.[property];
  }
}

function named({ deployment }: StackState, name: string): StateResource | undefined {
  return deployment.resources?.find(({ urn }) => urn.endsWith(`::${name}`));
}

function actionOf({ operation, body, path }: ReceivedRequest, runs: readonly LedgerRun[]): readonly Action[] {
  if (operation === "startComposeExecution") {
    const { file_name: name } = (body ?? {}) as { readonly file_name?: string };
    return [{ what: "start", label: labelOf(name) }];
  }
  if (operation !== "abortWorkload") return [];
  const run = runs.find(({ executionId }) => path.includes(executionId));
  return [{ what: "abort", label: labelOf(run?.fileName) }];
}

/** The part of a run's name after the start key. */
export function labelOf(fileName: string | null | undefined): string {
  return /^[a-z0-9]+-(.*)$/s.exec(fileName ?? "")?.[1] ?? "";
}
