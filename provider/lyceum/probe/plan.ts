import type { StartRequest } from "../port";
import { startBody } from "../start-body";

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
export function probeStart(plan: ProbePlan): Readonly<Record<string, unknown>> {
  const request: StartRequest = {
    composeFileCode: plan.composeFileCode ?? composeText(plan),
    timeout: RUN_TIMEOUT_SECONDS,
    gracefulTimeout: RUN_GRACE_SECONDS,
    executionType: plan.machine,
    fileName: plan.fileName,
    enableS3Mount: false,
  };
  return startBody(request);
}

function composeText({ image, endsBy }: ProbePlan): string {
  const seconds = endsBy === "abort" ? RUN_TIMEOUT_SECONDS - 1 : 2;
  const command = ["sh", "-c", `echo pulumi-lyceum probe; sleep ${seconds}`];
  return `services:\n  probe:\n    image: ${JSON.stringify(image)}\n    command: ${JSON.stringify(command)}\n`;
}
