import { ownVersion } from "../../provider/lyceum/http/own-version";
import { type Surface, UsageError } from "../command";
import { crashReport } from "../output";
import { apply } from "./apply/change";
import { CiError } from "./catalogue";
import { destroy } from "./destroy/destroy";
import { drift } from "./drift/drift";
import { CI_EXIT_CODES } from "./exit-codes";
import type { CiRequest, Operation } from "./options";
import { preview } from "./preview/preview";
import { type Session, withSession } from "./stack/session";
import { reportFailure, reportLocked, reportStopped } from "./summary/failure";

const WORK: Readonly<Record<Operation, (session: Session) => Promise<number>>> = { preview, apply, drift, destroy };

/** Runs the command of a request on its stack. Every error is reported. Returns the exit code. */
export async function runOperation(request: CiRequest, surface: Surface): Promise<number> {
  try {
    return await withSession(request, surface, WORK[request.operation], {
      stopped: () => reportStopped(request, surface),
      locked: () => reportLocked(request, surface),
    });
  } catch (error) {
    const text = explained(error);
    surface.printError(text);
    reportFailure(request, surface, text);
    // Exit code 2 means drift here, so no error may use it.
    return CI_EXIT_CODES.error;
  }
}

/** Returns the text of an error for a person. */
export function explained(error: unknown): string {
  if (error instanceof CiError) return error.message;
  if (!UsageError.isInstance(error)) return crashReport(error, ownVersion());
  // An error with a code or from Pulumi is not about the command line, so it needs no advice about options.
  if (/^(LYC\d{4}|Pulumi): /.test(error.message)) return error.message;
  const stop = /[.?!]$/.test(error.message) ? "" : ".";
  return `${error.message}${stop}\n\`npx pulumi-lyceum ci --help\` lists the options.`;
}
