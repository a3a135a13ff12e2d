import type { CheckFailure } from "../../schema";

/**
 * The lifecycle's own errors: what each code means, and what to do next. Errors of the API have codes `LYC1xxx`, and
 * errors in a Compose document have codes `LYC2xxx`. A test compares this table with `docs/reference/errors.md`.
 */
export const LIFECYCLE_CATALOGUE = {
  LYC3001: {
    title: "The run failed",
    remedy:
      'With `waitFor: "completed"` the next `pulumi up` starts a new run. Otherwise, change `triggers` to start one.',
  },
  LYC3002: {
    title: "A clock ran out while the provider waited for the run",
    remedy: "Run `pulumi up` again: it resumes the same run. Increase `clocks` or `customTimeouts` to wait longer.",
  },
  LYC3003: {
    title: "Lyceum no longer knows a run whose end it has not reported",
    remedy:
      'Check that the API key belongs to the same organization. To start a new run, set `whenLost` to "rerun" or change `triggers`. To remove the resource, set `onDelete` to "leave", run `pulumi up`, then `pulumi destroy`.',
  },
  LYC3004: {
    title: "It is unknown whether the run was started",
    remedy:
      "Run `pulumi up` again: it looks for this run again, and starts a new one only when this one cannot be active. If `npx pulumi-lyceum list` shows the run, set `existingExecutionId` to its id. To start a new run now, change `triggers`.",
  },
  LYC3005: {
    title: "Lyceum did not report the end of the aborted run",
    remedy:
      "Run the command again: it aborts the run and waits again. Increase `clocks.delete` or `customTimeouts.delete` to wait longer.",
  },
  LYC3006: {
    title: "The run belongs to another base URL or organization",
    remedy:
      'Set LYCEUM_BASE_URL, `lyceum:baseUrl` or `baseUrl` of the provider resource (for an organization, LYCEUM_ORG_SLUG or `orgSlug`) to the recorded value. If that is no longer possible, set `onDelete` to "leave", run `pulumi up`, then destroy the resource: the run is not aborted.',
  },
  LYC3007: {
    title: "Lyceum refused the API key while the provider waited",
    remedy: "Renew the key, then run `pulumi up` again: it resumes the same run.",
  },
  LYC3008: {
    title: "The Pulumi command that requested the run has ended",
    remedy: "Run `pulumi cancel`, then `pulumi up`.",
  },
  LYC3009: {
    title: "Lyceum does not know the run to adopt",
    remedy: "Check `existingExecutionId`, and that the API key belongs to the run's organization.",
  },
  LYC3010: { title: "Waiting for the run failed", remedy: "Run `pulumi up` again: it resumes the same run." },
  LYC3011: {
    title: 'The run failed or was aborted, and the policy is "fail"',
    remedy: 'Change `triggers` to start a new run, or set `whenFailed` or `whenAborted` to "rerun" or "keep".',
  },
  LYC3012: {
    title: "Lyceum could not start the run",
    remedy:
      "Run `pulumi up` again later, or use another `executionType`: Lyceum may answer like this when no machine is free.",
  },
  LYC3013: {
    title: "A clock ran out before the provider knew whether to start a run",
    remedy: "Run `pulumi up` again. Increase `clocks` or `customTimeouts` to wait longer.",
  },
  LYC3014: {
    title: "The files of the compose project changed while the command ran",
    remedy: "Run `pulumi up` again: it reads the files again.",
  },
  LYC3015: {
    title: "The service refuses an optional call",
    remedy:
      "Use an API key that is allowed to make the call, or a version of the API that has it. `npx pulumi-lyceum doctor` shows every call.",
  },
  LYC3016: {
    title: 'The lookup before a start is incomplete, and `whenUnverified` is "fail"',
    remedy:
      'Use an API key that is allowed to make the call, or set `whenUnverified` (or `lyceum:whenUnverified` of the stack) to "start".',
  },
  LYC3017: {
    title: "No call would show the status of the run",
    remedy:
      'Use an API key that is allowed to read executions, or set `waitFor` to "accepted": then `pulumi up` does not wait any longer once Lyceum has accepted the run.',
  },
  LYC3018: {
    title: "Lyceum refuses to abort the run",
    remedy:
      'Use an API key that is allowed to abort the run, or wait until it has ended. Or set `onDelete` to "leave", run `pulumi up --target` with the URN of the resource, then repeat the command: the run is not aborted.',
  },
  LYC3019: {
    title: "The provider can no longer watch the run",
    remedy:
      'Run `pulumi up` again: it looks for the same run. With `waitFor: "accepted"` the provider does not watch it.',
  },
  LYC3020: {
    title: "The stack's resource lyceum-scope does not exist yet",
    remedy: "Add it to the targets, or run `pulumi up` once without `--target`.",
  },
  LYC3021: {
    title: "The command was cancelled",
    remedy: "Run the command again: it continues with the same run, if there is one.",
  },
  LYC3022: {
    title: "A forced replacement started no new run",
    remedy:
      "To start a new run, set the resource option `deleteBeforeReplace: true` and repeat the command. To keep the run, run `pulumi up`.",
  },
  LYC3023: {
    title: "The account does not have the machine",
    remedy: "Set `executionType` to one of the machines that the message lists.",
  },
  LYC3024: {
    title: "The files of mounts could not be stored in the bucket",
    remedy: "Correct the cause, then run the same command again: it sends only the rest.",
  },
  LYC3025: {
    title: "The files of a run could not be removed from the bucket",
    remedy:
      'Correct the cause, then run the same command again. To leave the files in the bucket, set `onDelete` to "leave", run `pulumi up --target` with the URN of the resource, then repeat the command.',
  },
  LYC3026: {
    title: "A file that `artifacts` names is missing",
    remedy:
      "Correct the path in `artifacts`, or store the file, then run `pulumi up` again: it looks again and starts no run. To run it again, change `triggers`.",
  },
  LYC3027: {
    title: "The bucket does not show the files of a run",
    remedy:
      "Run the command again: it looks again and starts no run. To continue without the files, remove them from `artifacts`.",
  },
  LYC3028: {
    title: "A file that `artifacts` names is not from the run",
    remedy: "Check that the run writes the file to this path. The deletion of the resource does not remove the file.",
  },
} as const satisfies Readonly<Record<`LYC30${string}`, { readonly title: string; readonly remedy: string }>>;

/** The codes of the lifecycle's own errors. */
export type LifecycleCode = keyof typeof LIFECYCLE_CATALOGUE;

/** The error for every argument that check refuses. A test compares it with `docs/reference/errors.md`. */
export const ARGUMENT_ERROR = {
  code: "LYC4010",
  title: "An argument is not valid",
  remedy: "Correct the argument that the message shows.",
} as const;

/** Adds the code to the error of an argument. */
export function withArgumentCode({ property, reason }: CheckFailure): CheckFailure {
  return { property, reason: `${ARGUMENT_ERROR.code}: ${reason}` };
}
