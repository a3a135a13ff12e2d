import type { ClockName } from "./clocks";
import { LIFECYCLE_CATALOGUE, type LifecycleCode } from "./error-catalogue";

/** An error of the lifecycle. Its message begins with the code and ends with what to do next. */
export class LifecycleError extends Error {
  readonly code: LifecycleCode;

  constructor(code: LifecycleCode, happened: string, remedy: string = LIFECYCLE_CATALOGUE[code].remedy) {
    super(`${code}: ${happened} ${remedy}`);
    this.name = "LifecycleError";
    this.code = code;
  }
}

/** Returns the text of any thrown value, for a message. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Returns an age for a message: "40 s ago". */
export function ago(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}

/** The kind of the last observation of a run. */
type LastSeen = "status" | "missing" | "unreachable" | "refused" | "unlisted";

/** Returns what the last observation of a run shows, for a message about the end of a wait. */
function standing(latest: LastSeen): string {
  if (latest === "status") return "The run continues and its id is saved.";
  const why = latest === "missing" ? "Lyceum now answers 404 for it" : "Lyceum has not shown it since";
  return `${why}, so its current status is unknown. Its id is saved.`;
}

/**
 * The result of the abort that a cancelled command sends. `noted`: Lyceum accepted the abort. `answered`: Lyceum's
 * answer, or why the abort was not sent.
 */
export type CancelledAbort =
  | { readonly kind: "not sent" | "ended" | "noted" | "unanswered" }
  | { readonly kind: "missing" | "refused" | "unsent" | "unclear"; readonly answered: string };

/** Returns what is known about a run after its wait was cancelled, as sentences for an error message. */
function afterCancel(abort: CancelledAbort, latest: LastSeen): string {
  switch (abort.kind) {
    case "not sent":
      return standing(latest);
    case "ended":
      return "It has ended, and its id is saved.";
    case "noted":
      return "Its abort was sent and its id is saved.";
    case "unanswered":
      return "Its abort was sent, but Lyceum has not answered it yet. Its id is saved.";
    case "missing":
    case "unclear":
      return `Its abort got no clear answer (${abort.answered}), so the run may continue. Its id is saved.`;
    case "refused":
    case "unsent":
      return `It was not aborted (${abort.answered}), so the run continues. Its id is saved.`;
  }
}

/** A run whose wait is over, with the last observation of the run. */
interface Watched {
  readonly id: string;
  readonly status: string;
  /** Milliseconds since the status was observed. */
  readonly statusAge: number;
  readonly latest: LastSeen;
}

/** A run whose end was not observed before the delete clock ran out. */
type NotEnded = Omit<Watched, "latest"> & { readonly clockSeconds: number };

export const lifecycleErrors = {
  deadline: (run: Watched & { readonly clock: ClockName; readonly clockSeconds: number }): LifecycleError =>
    new LifecycleError(
      "LYC3002",
      `The ${run.clock} clock (${run.clockSeconds} s) ran out while the provider waited for run ${run.id}. Its last status was ${run.status}, ${ago(run.statusAge)}. ${standing(run.latest)}`,
    ),
  lost: (id: string, lastStatus: string): LifecycleError =>
    new LifecycleError(
      "LYC3003",
      `Lyceum does not know run ${id} (404). Its last status was ${lastStatus}. Lyceum may have deleted it, or the API key may belong to another organization. The provider does not start it again.`,
    ),
  unknownStart: (start: { key: string; cause: string; possible: readonly string[] }): LifecycleError => {
    const { key, cause, possible } = start;
    const shown = possible.slice(0, 5).join(", ");
    const others = possible.length === 0 ? "" : ` Since the start, Lyceum shows ${shown}, which may be this run.`;
    return new LifecycleError(
      "LYC3004",
      `The start got no clear answer (${cause}). The provider could not find out whether a run with the key ${key} exists.${others} The start is recorded, and no other run is started for it.`,
    );
  },
  notEnded: (run: NotEnded): LifecycleError =>
    new LifecycleError(
      "LYC3005",
      `The delete clock (${run.clockSeconds} s) ran out before Lyceum reported the end of the aborted run ${run.id}. Its last status was ${run.status}, ${ago(run.statusAge)}. It stays in the state.`,
    ),
  unclearAbort: (run: NotEnded & { readonly abort: string; readonly urn: string }): LifecycleError =>
    new LifecycleError(
      "LYC3005",
      `The delete clock (${run.clockSeconds} s) ran out before Lyceum reported the end of run ${run.id}, and its abort got no clear answer: ${run.abort}. Its last status was ${run.status}, ${ago(run.statusAge)}. It stays in the state.`,
      `Run the command again: it aborts the run and waits again. Or set \`onDelete\` to "leave", run \`pulumi up --target '${run.urn}'\`, then repeat the command: the run is not aborted.`,
    ),
  unprovenDelete: (id: string, status: string, urn: string, endsBy?: number): LifecycleError =>
    new LifecycleError(
      "LYC3005",
      `Lyceum does not know run ${id} (404; last status: ${status}). This does not prove that it has ended. It stays in the state.`,
      `Check that the API key belongs to the run's organization. ${endsBy === undefined ? "To" : `From ${new Date(endsBy).toISOString()} on, a destroy treats it as ended, because Lyceum ends every run after its timeout. To`} remove it from the state now, set \`onDelete\` to "leave", run \`pulumi up --target '${urn}'\`, then repeat the command.`,
    ),
  unverified: (gaps: string): LifecycleError =>
    new LifecycleError(
      "LYC3016",
      `The provider cannot verify whether this resource already has a run: ${gaps} Nothing was started.`,
    ),
  unobservable: (waitFor: string, refusals: string): LifecycleError =>
    new LifecycleError(
      "LYC3017",
      `No call would show whether the run is ${waitFor}: ${refusals}. Nothing was started.`,
    ),
  abortRefused: (id: string, status: string, answer: string, urn: string): LifecycleError =>
    new LifecycleError(
      "LYC3018",
      `Run ${id} (last status: ${status}) cannot be aborted: ${answer}. It stays in the state, and Lyceum ends it after its \`timeout\`.`,
      `Use an API key that is allowed to abort the run, or wait until it has ended. Or set \`onDelete\` to "leave", run \`pulumi up --target '${urn}'\`, then repeat the command: the run is not aborted.`,
    ),
  unwatched: (id: string, status: string, why: string): LifecycleError =>
    new LifecycleError(
      "LYC3019",
      `The provider can no longer watch run ${id} (last status: ${status}): ${why} Its id is saved.`,
    ),
  startElsewhere: (key: string, recorded: string, configured: string): LifecycleError =>
    new LifecycleError(
      "LYC3004",
      `The start got no clear answer. It was sent to ${recorded}, but the configuration sets ${configured}, where nobody can look for the run with the key ${key}. The start is recorded, and no other run is started for it.`,
      "Set LYCEUM_BASE_URL, `lyceum:baseUrl` or `baseUrl` of the provider resource to the recorded value, then run `pulumi up` again. To start a new run now, change `triggers`.",
    ),
  wrongTarget: (what: string, recorded: string, configured: string): LifecycleError =>
    new LifecycleError(
      "LYC3006",
      `${what} is recorded at ${recorded}, but the configuration sets ${configured}. Nothing was changed.`,
    ),
  localElsewhere: (id: string, configured: string): LifecycleError =>
    new LifecycleError(
      "LYC3006",
      `Run ${id} belongs to an emulator, because its id starts with local-, but the configuration sets ${configured}. Nothing was changed.`,
      "Set LYCEUM_BASE_URL or `lyceum:baseUrl` to that emulator, or use the id of another run.",
    ),
  credentialRefused: (id: string, cause: string): LifecycleError =>
    new LifecycleError(
      "LYC3007",
      `Lyceum refused the API key while the provider waited for run ${id} (${cause}). The run continues and its id is saved.`,
    ),
  engineGone: (): LifecycleError =>
    new LifecycleError("LYC3008", "The Pulumi command that requested this run has ended, so nothing was started."),
  noMachine: (id: string, machine: string, names: readonly string[]): LifecycleError =>
    new LifecycleError(
      "LYC3023",
      `Lyceum does not list the machine ${machine} for this account (${names.slice(0, 20).join(", ")}), so run ${id} is not aborted.`,
      `Set \`executionType\` to one of them. If the list is wrong, run \`npx pulumi-lyceum abort ${id}\` and \`pulumi up --refresh\`: without an active run, the provider does not check the machine.`,
    ),
  replacedByItself: (id: string): LifecycleError =>
    new LifecycleError(
      "LYC3022",
      `The replacement adopted the resource's own active run ${id}, so nothing new was started. The run is not aborted.`,
    ),
  unknownExisting: (id: string): LifecycleError =>
    new LifecycleError("LYC3009", `Lyceum does not know run ${id} of existingExecutionId (404).`),
  unknownId: (id: string): LifecycleError =>
    new LifecycleError(
      "LYC3009",
      `Lyceum does not know run ${id} (404).`,
      "Check the id, and that the API key belongs to the run's organization.",
    ),
  provenNotStarted: (times: number, cause: string): LifecycleError =>
    new LifecycleError(
      "LYC3012",
      `The start got no clear answer ${times} times (${cause}). Each time, neither the active runs nor the history showed a new run.`,
    ),
  noAnswerInTime: (seconds: number): LifecycleError =>
    new LifecycleError(
      "LYC3013",
      `The total clock (${seconds} s) ran out while the provider looked for runs of this resource. Nothing was started.`,
    ),
  projectChanged: (): LifecycleError =>
    new LifecycleError(
      "LYC3014",
      "The files of `composeFile`, or files that it mounts, changed after they were validated, so nothing was started.",
    ),
  filesNotStored: (cause: string): LifecycleError =>
    new LifecycleError("LYC3024", `Not all files of mounts are in the bucket, so nothing was started. ${cause}`),
  filesNotRemoved: (id: string, folder: string, cause: string): LifecycleError =>
    new LifecycleError(
      "LYC3025",
      `Run ${id} has ended, but not all files that were stored for it in ${folder} were removed. ${cause}`,
    ),
  adoptedRunFailed: (id: string, ending: string): LifecycleError =>
    new LifecycleError(
      "LYC3011",
      `Run ${id} (adopted by its id) ${ending}. The provider does not start it again.`,
      "Remove `existingExecutionId` to start a new run, or set it to another run.",
    ),
  stopped: (id: string, ending: string, argument: string): LifecycleError =>
    new LifecycleError(
      "LYC3011",
      `Run ${id} ${ending}. The provider does not start it again, because ${argument} is "fail".`,
      `Change \`triggers\` to start a new run, or set \`${argument}\` to "rerun" or "keep".`,
    ),
  noScope: (scopeUrn: string): LifecycleError =>
    new LifecycleError(
      "LYC3020",
      `The run needs the resource lyceum-scope of its stack, which does not exist and is not a target. Nothing was started.`,
      `Add --target '${scopeUrn}', or run \`pulumi up\` once without \`--target\`.`,
    ),
  cancelledBeforeStart: (): LifecycleError =>
    new LifecycleError(
      "LYC3021",
      "The command was cancelled before a run was started or adopted. Nothing was started.",
    ),
  cancelledWait: (run: Watched & { readonly abort: CancelledAbort }): LifecycleError =>
    new LifecycleError(
      "LYC3021",
      `The command was cancelled while the provider waited for run ${run.id}. Its last status was ${run.status}, ${ago(run.statusAge)}. ${afterCancel(run.abort, run.latest)}`,
      run.abort.kind === "noted" || run.abort.kind === "unanswered"
        ? "`whenAborted` decides what the next `up` does."
        : undefined,
    ),
  cancelledUpdate: (id: string, status: string): LifecycleError =>
    new LifecycleError(
      "LYC3021",
      `The command was cancelled while the provider read run ${id}. Its last status was ${status}. Nothing was changed and its id is saved.`,
    ),
  cancelledRead: (id: string | undefined): LifecycleError =>
    new LifecycleError(
      "LYC3021",
      id === undefined
        ? "The command was cancelled while the provider asked Lyceum. Nothing was changed."
        : `The command was cancelled while the provider read run ${id}. Its state does not change.`,
    ),
  cancelledDelete: (id: string, status: string, done: string): LifecycleError =>
    new LifecycleError(
      "LYC3021",
      `The command was cancelled while the provider deleted run ${id}. Its last status was ${status}. ${done} It stays in the state.`,
    ),
  noArtifact: (
    id: string,
    missing: readonly { readonly name: string; readonly key: string }[],
    others: readonly string[],
  ): LifecycleError => {
    const named = missing.slice(0, 5).map(({ name, key }) => `${key} (artifacts.${name})`);
    const left = missing.length - named.length;
    const there = others.length === 0 ? "The bucket has no files" : `The bucket has ${others.join(", ")}`;
    return new LifecycleError(
      "LYC3026",
      `Run ${id} completed, but the bucket does not have ${named.join(", ")}${left > 0 ? ` and ${left} more` : ""}. ${there}.`,
    );
  },
  bucketUnread: (id: string, cause: string): LifecycleError =>
    new LifecycleError("LYC3027", `The files that run ${id} has left could not be read in the bucket (${cause}).`),
  otherArtifact: (
    id: string,
    { name, key, modified }: { readonly name: string; readonly key: string; readonly modified: string },
    by: "earlier" | "later",
  ): LifecycleError =>
    new LifecycleError(
      "LYC3028",
      `Run ${id} has not written ${key} (artifacts.${name}): the file is from ${modified}, ${by === "earlier" ? "before the run started" : "long after the run ended"}.`,
    ),
  jobUnread: (id: string, job: string, cause: string): LifecycleError =>
    new LifecycleError(
      "LYC3010",
      `Run ${id} has ended, but its output, which shows whether job ${job} had ended before, cannot be read now: ${cause} The next \`pulumi up\` reads it again. To start a new run without it, change \`triggers\`.`,
    ),
  waitFailed: (id: string, cause: string): LifecycleError =>
    new LifecycleError("LYC3010", `Waiting for run ${id} failed: ${cause} The run may continue and its id is saved.`),
};

/**
 * A create or update failed, and a run exists or may exist. The engine saves the id, the outputs and the reasons. The
 * engine shows the reasons to the user, and stores them unencrypted.
 */
export class InitFailure<Outputs> extends Error {
  constructor(
    readonly id: string,
    readonly outputs: Outputs,
    readonly reasons: readonly [string, ...string[]],
  ) {
    super(reasons.join("\n"));
    this.name = "InitFailure";
  }
}
