import type { StartRequest } from "../port";

/** Seconds after which the service ends the run, whatever becomes of the probe. */
export const RUN_TIMEOUT_SECONDS = 10;
/** Seconds of grace on cancel. */
export const RUN_GRACE_SECONDS = 1;

/** What of a probe the user may choose. */
export interface ProbePlan {
  readonly image: string;
  /** The compose text, where the user gives one in place of the built-in one. */
  readonly composeFileCode?: string | undefined;
  readonly machine: string;
  readonly endsBy: "abort" | "itself";
  /** Recognizable in a list of runs. */
  readonly fileName: string;
}

/** What the probe starts: one service that prints a line and sleeps. */
export function probeStart(plan: ProbePlan): StartRequest {
  return {
    compose_file_code: plan.composeFileCode ?? composeText(plan),
    execution_type: plan.machine,
    timeout: RUN_TIMEOUT_SECONDS,
    graceful_timeout: RUN_GRACE_SECONDS,
    file_name: plan.fileName,
    enable_s3_mount: false,
  };
}

function composeText({ image, endsBy }: ProbePlan): string {
  const seconds = endsBy === "abort" ? RUN_TIMEOUT_SECONDS - 1 : 2;
  const command = ["sh", "-c", `echo pulumi-lyceum probe; sleep ${seconds}`];
  return `services:\n  probe:\n    image: ${JSON.stringify(image)}\n    command: ${JSON.stringify(command)}\n`;
}
