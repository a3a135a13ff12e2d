import type { ClockName } from "./clocks";
import type { Observation } from "./observe";

/** Codes of the lifecycle's own failures. The remote API's are `LYC1xxx`, a compose document's `LYC2xxx`. */
export type LifecycleCode =
  | "LYC3001"
  | "LYC3002"
  | "LYC3003"
  | "LYC3004"
  | "LYC3005"
  | "LYC3006"
  | "LYC3007"
  | "LYC3008"
  | "LYC3009"
  | "LYC3010"
  | "LYC3011"
  | "LYC3012"
  | "LYC3013"
  | "LYC3014"
  | "LYC3015"
  | "LYC3016"
  | "LYC3017"
  | "LYC3018"
  | "LYC3019"
  | "LYC3020"
  | "LYC3021";

/** What each code stands for; `docs/errors.md` lists them, and a test holds the two together. */
export const LIFECYCLE_CATALOGUE: Readonly<Record<LifecycleCode, { readonly title: string; readonly remedy: string }>> =
  {
    LYC3001: {
      title: "The run failed",
      remedy: 'With waitFor "completed" the next `pulumi up` starts a new run; otherwise change `triggers` for one.',
    },
    LYC3002: {
      title: "A deadline ran out while the run was waited for",
      remedy: "Run `pulumi up` again: it resumes the same run. `clocks` or `customTimeouts` give it longer.",
    },
    LYC3003: {
      title: "The service no longer knows a run whose end was not seen",
      remedy:
        'Check that the API key is of the same organisation. To start a new run, set `whenLost` to "rerun" or change `triggers`; to let it go, set `onDelete` to "leave", run `pulumi up`, then `pulumi destroy`.',
    },
    LYC3004: {
      title: "Whether the run was started could not be told",
      remedy: "Look for the key in the run's file name at Lyceum before starting again; `pulumi up` looks by itself.",
    },
    LYC3005: {
      title: "The run was not seen to end after its abort",
      remedy:
        "Run the command again: it aborts and watches again. `clocks.delete` or `customTimeouts.delete` give it longer.",
    },
    LYC3006: {
      title: "The run was recorded at another base URL or organisation",
      remedy:
        'Point LYCEUM_BASE_URL or `lyceum:baseUrl` (an organisation: LYCEUM_ORG_SLUG or `lyceum:orgSlug`) back at it; or, where that is not possible any more, set `onDelete` to "leave", run `pulumi up`, and destroy it: the run is then left alone.',
    },
    LYC3007: {
      title: "The wait ended because the service refused the credential",
      remedy: "Renew the key, then run `pulumi up` again: it resumes the same run.",
    },
    LYC3008: { title: "The engine that asked for the run is gone", remedy: "Run `pulumi cancel`, then `pulumi up`." },
    LYC3009: {
      title: "The run to adopt is not known to the service",
      remedy: "Check `existingExecutionId` and that the API key is of the run's organisation.",
    },
    LYC3010: { title: "Waiting for the run broke off", remedy: "Run `pulumi up` again: it resumes the same run." },
    LYC3011: {
      title: "The run fell short, and the program says to stop then",
      remedy: 'Change `triggers` for a new run, or `whenFailed` or `whenAborted` to "rerun" or "keep".',
    },
    LYC3012: {
      title: "The service could not start the run",
      remedy:
        "Run `pulumi up` again later, or try another `executionType`: a service without room for a machine answers like this.",
    },
    LYC3013: {
      title: "A deadline ran out before it was known whether a run has to be started",
      remedy: "Run `pulumi up` again. `clocks` or `customTimeouts` give it longer.",
    },
    LYC3014: {
      title: "The files of the compose project changed while the command ran",
      remedy: "Run `pulumi up` again: it reads them anew.",
    },
    LYC3015: {
      title: "The service refuses a call that adds a guarantee",
      remedy:
        "An API key that may make the call, or a version of the API that has it, gives the guarantee back; `pulumi-lyceum doctor` shows every call.",
    },
    LYC3016: {
      title: "The lookup before a start is incomplete, and the program says to stop then",
      remedy:
        'Use an API key that may make the call, or set `whenUnverified` (or `lyceum:whenUnverified` of the stack) to "start".',
    },
    LYC3017: {
      title: "Nothing would show what becomes of the run",
      remedy:
        'Use an API key that may read executions, or set `waitFor` to "accepted": then `pulumi up` is done once the service has accepted the run.',
    },
    LYC3018: {
      title: "The service refuses to abort runs",
      remedy:
        'Use an API key that may abort it, or wait until it has ended; or set `onDelete` to "leave", run `pulumi up`, then repeat the command: the run is then left alone.',
    },
    LYC3019: {
      title: "The run cannot be watched any more",
      remedy: 'Run `pulumi up` again: it looks for the same run. With `waitFor` "accepted" nothing has to be watched.',
    },
    LYC3020: {
      title: "The stack's scope does not exist yet",
      remedy: "Add the scope to the targets, or run `pulumi up` without `--target` once.",
    },
    LYC3021: {
      title: "The command was cancelled",
      remedy: "Run the command again: it continues with the same run, if there is one.",
    },
  };

/** A failure of the lifecycle. `message` starts with the code and ends with what to do next. */
export class LifecycleError extends Error {
  readonly code: LifecycleCode;

  constructor(code: LifecycleCode, happened: string, remedy: string = LIFECYCLE_CATALOGUE[code].remedy) {
    super(`${code}: ${happened} ${remedy}`);
    this.name = "LifecycleError";
    this.code = code;
  }
}

/** "40 s ago" for a message. */
export function ago(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}

/** What is known of a run whose wait has ended, by what was observed last. */
function standing(latest: Observation["kind"]): string {
  if (latest === "status") return "The run goes on and its id is saved.";
  const why = latest === "missing" ? "The service answers 404 for it now" : "It could not be read since";
  return `${why}, so it is not known whether it goes on. Its id is saved.`;
}

export const lifecycleErrors = {
  deadline: (run: {
    id: string;
    clock: ClockName;
    clockSeconds: number;
    status: string;
    statusAge: number;
    latest: Observation["kind"];
  }): LifecycleError =>
    new LifecycleError(
      "LYC3002",
      `The ${run.clock} clock (${run.clockSeconds} s) ran out while run ${run.id} was waited for; it was last seen ${run.status}, ${ago(run.statusAge)}. ${standing(run.latest)}`,
    ),
  lost: (id: string, lastStatus: string): LifecycleError =>
    new LifecycleError(
      "LYC3003",
      `The service answers 404 for run ${id}, last seen ${lastStatus}: it may have been forgotten, or the API key may belong to another organisation. It is not started again.`,
    ),
  unknownStart: (key: string, cause: string): LifecycleError =>
    new LifecycleError(
      "LYC3004",
      `The start got no clear answer (${cause}), and a run with the key ${key} could neither be found nor ruled out. Either it was never started, or it was and its entry is late.`,
    ),
  notEnded: (run: { id: string; clockSeconds: number; status: string; statusAge: number }): LifecycleError =>
    new LifecycleError(
      "LYC3005",
      `The delete clock (${run.clockSeconds} s) ran out before run ${run.id}, which was aborted, was seen to end; it was last seen ${run.status}, ${ago(run.statusAge)}. It stays in the state.`,
    ),
  unprovenDelete: (id: string, status: string, endsBy?: number): LifecycleError =>
    new LifecycleError(
      "LYC3005",
      `Run ${id}, last seen ${status}, answers 404, which does not prove that it has ended. It stays in the state.`,
      `Check that the API key is of the run's organisation. ${endsBy === undefined ? "To" : `From ${new Date(endsBy).toISOString()} on a destroy counts it as ended, since Lyceum ends every run by its timeout; to`} let it go now, set \`onDelete\` to "leave", run \`pulumi up\`, then repeat the command.`,
    ),
  unverified: (gaps: string): LifecycleError =>
    new LifecycleError(
      "LYC3016",
      `Whether this resource has a run already cannot be verified: ${gaps} Nothing was started.`,
    ),
  unobservable: (waitFor: string, refusals: string): LifecycleError =>
    new LifecycleError(
      "LYC3017",
      `Nothing would show whether the run is ${waitFor}: ${refusals}. Nothing was started.`,
    ),
  abortRefused: (id: string, status: string, answer: string): LifecycleError =>
    new LifecycleError(
      "LYC3018",
      `Run ${id}, last seen ${status}, cannot be aborted: ${answer}. It stays in the state and ends by its \`timeout\` at the latest.`,
    ),
  unwatched: (id: string, status: string, why: string): LifecycleError =>
    new LifecycleError(
      "LYC3019",
      `Run ${id}, last seen ${status}, cannot be watched any more: ${why} Its id is saved.`,
    ),
  wrongTarget: (id: string, recorded: string, configured: string): LifecycleError =>
    new LifecycleError(
      "LYC3006",
      `Run ${id} is recorded at ${recorded}, but the configuration names ${configured}. Nothing was done.`,
    ),
  localElsewhere: (id: string, configured: string): LifecycleError =>
    new LifecycleError(
      "LYC3006",
      `Run ${id} is an emulator's, as its id says, but the configuration names ${configured}. Nothing was done.`,
      "Point LYCEUM_BASE_URL or `lyceum:baseUrl` at that emulator, or name another run.",
    ),
  credentialRefused: (id: string, cause: string): LifecycleError =>
    new LifecycleError(
      "LYC3007",
      `The service refused the credential while run ${id} was waited for (${cause}). The run goes on and its id is saved.`,
    ),
  orphaned: (): LifecycleError =>
    new LifecycleError("LYC3008", "The Pulumi command that asked for this run has ended, so nothing was started."),
  unknownExisting: (id: string): LifecycleError =>
    new LifecycleError("LYC3009", `existingExecutionId names run ${id}, and the service answers 404 for it.`),
  unknownId: (id: string): LifecycleError =>
    new LifecycleError(
      "LYC3009",
      `The service answers 404 for run ${id}.`,
      "Check the id, and that the API key is of the run's organisation.",
    ),
  provenNotStarted: (times: number, cause: string): LifecycleError =>
    new LifecycleError(
      "LYC3012",
      `The start got no clear answer ${times} times (${cause}). Each time active runs and history were looked through, and no run came of it.`,
    ),
  noAnswerInTime: (seconds: number): LifecycleError =>
    new LifecycleError(
      "LYC3013",
      `The total clock (${seconds} s) ran out while the service was asked for runs of this resource. Nothing was started.`,
    ),
  projectChanged: (): LifecycleError =>
    new LifecycleError(
      "LYC3014",
      "The files that `composeFile` names are not what was judged and announced, so nothing was started.",
    ),
  adoptedFellShort: (id: string, ending: string): LifecycleError =>
    new LifecycleError(
      "LYC3011",
      `Run ${id}, adopted by its id, ${ending}. It is not started again.`,
      "Remove `existingExecutionId` to start a new run, or name another run.",
    ),
  stopped: (id: string, ending: string, argument: string): LifecycleError =>
    new LifecycleError(
      "LYC3011",
      `Run ${id} ${ending}. It is not started again, because ${argument} is "fail".`,
      `Change \`triggers\` for a new run, or \`${argument}\` to "rerun" or "keep".`,
    ),
  noScope: (scopeUrn: string): LifecycleError =>
    new LifecycleError(
      "LYC3020",
      `The run needs the resource lyceum-scope of its stack, which does not exist and is not among the targets. Nothing was started.`,
      `Add --target '${scopeUrn}', or run \`pulumi up\` without \`--target\` once.`,
    ),
  cancelledBeforeStart: (): LifecycleError =>
    new LifecycleError(
      "LYC3021",
      "The command was cancelled before a run was started or adopted. Nothing was started.",
    ),
  cancelledWait: (run: {
    id: string;
    status: string;
    statusAge: number;
    latest: Observation["kind"];
    run: "left" | "aborted";
  }): LifecycleError =>
    new LifecycleError(
      "LYC3021",
      `The command was cancelled while run ${run.id} was waited for; it was last seen ${run.status}, ${ago(run.statusAge)}. ${run.run === "aborted" ? "Its abort was sent and its id is saved." : standing(run.latest)}`,
    ),
  cancelledUpdate: (id: string, status: string): LifecycleError =>
    new LifecycleError(
      "LYC3021",
      `The command was cancelled while run ${id}, last seen ${status}, was looked up. Nothing was changed and its id is saved.`,
    ),
  cancelledRead: (id: string): LifecycleError =>
    new LifecycleError("LYC3021", `The command was cancelled while run ${id} was read. Its state stays as it was.`),
  cancelledDelete: (id: string, status: string, done: string): LifecycleError =>
    new LifecycleError(
      "LYC3021",
      `The command was cancelled while run ${id}, last seen ${status}, was deleted. ${done} It stays in the state.`,
    ),
  brokenWait: (id: string, cause: string): LifecycleError =>
    new LifecycleError("LYC3010", `Waiting for run ${id} broke off: ${cause} The run may go on and its id is saved.`),
};

/**
 * A run exists, but it is not where `waitFor` wants it: the id and what is known are saved with the reasons, which are
 * all that the engine shows, and which it stores in clear.
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
