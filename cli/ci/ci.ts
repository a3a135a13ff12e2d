import { ownVersion } from "../../provider/lyceum/http/own-version";
import { type Command, UsageError } from "../command";
import { crashReport } from "../output";
import { apply } from "./apply/change";
import { CiError } from "./catalogue";
import { destroy } from "./destroy/destroy";
import { drift } from "./drift/drift";
import { CI_EXIT_CODES } from "./exit-codes";
import { init } from "./init/init";
import { CI_OPTIONS, type CiRequest, type Operation, readInitRequest, readRequest } from "./options";
import { preview } from "./preview/preview";
import { type Session, withSession } from "./stack/session";
import { reportFailure, reportStopped } from "./summary/failure";

const WORK: Readonly<Record<Operation, (session: Session) => Promise<number>>> = { preview, apply, drift, destroy };

/** `pulumi-lyceum ci`: the commands that a pipeline calls. */
export const ci: Command = {
  synopsis: "OPERATION [options]",
  about: [
    "Runs the Pulumi CLI on a stack for a pipeline. OPERATION is one of these. preview: what an apply would do, as Markdown for a pull request. apply: `pulumi up`, which waits for a lock and ends with an error when an awaited run did not succeed. drift: what has become of the runs of the stack since. destroy: `pulumi destroy`.",
    "init: writes the files of a pipeline into this folder, the root of a repository: `ci init github`, `gitlab`, `shell` or `policy-pack`; default: github, or gitlab where the repository is there.",
    "The stack is created where it does not exist. Backend, passphrase and API key come from the environment only.",
  ],
  options: CI_OPTIONS,
  closing: [
    "Exit code: 0, 1 an error, 2 drift, 3 the stack is locked by another command, 4 more than was reviewed, 130 after a signal.",
    "docs/reference/ci.md of the package explains each command.",
  ],
  async run(args, surface) {
    let request: CiRequest | undefined;
    try {
      const [operation, ...rest] = args;
      if (operation === "init") return init(readInitRequest(rest), surface);
      const read = readRequest(args, surface);
      request = read;
      return await withSession(read, surface, WORK[read.operation], () => reportStopped(read, surface));
    } catch (error) {
      const text = explained(error);
      surface.printError(text);
      if (request !== undefined) reportFailure(request, surface, text);
      // Exit code 2 means drift here, so no error may use it.
      return CI_EXIT_CODES.error;
    }
  },
};

function explained(error: unknown): string {
  if (error instanceof CiError) return error.message;
  if (!UsageError.isInstance(error)) return crashReport(error, ownVersion());
  // Passes on errors that do not concern the command line.
  if (/^(LYC\d{4}|Pulumi): /.test(error.message)) return error.message;
  const stop = /[.?!]$/.test(error.message) ? "" : ".";
  return `${error.message}${stop}\n\`npx pulumi-lyceum ci --help\` lists the options.`;
}
