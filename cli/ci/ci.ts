import type { Command } from "../command";
import { runAll } from "./all/all";
import { CI_EXIT_CODES } from "./exit-codes";
import { init } from "./init/init";
import { CI_OPTIONS, readInitRequest, readRequest } from "./options";
import { explained, runOperation } from "./run-operation";

/** `pulumi-lyceum ci`: the commands that a pipeline calls. */
export const ci: Command = {
  synopsis: "OPERATION [options]",
  about: [
    "Runs the Pulumi CLI on a stack for a pipeline. OPERATION is one of these. preview: what an apply would do, as Markdown for a pull request. apply: `pulumi up`, which waits for a lock and ends with an error when an awaited run did not succeed. drift: what has become of the runs of the stack since. destroy: `pulumi destroy`.",
    "init: writes the files of a pipeline into this folder, the root of a repository: `ci init github`, `gitlab`, `shell` or `policy-pack`; default: github, or gitlab where the repository is there.",
    "With --all, preview, apply and drift work on all stacks of a repository: those of the projects in this folder and below with a file of settings.",
    "The stack is created where it does not exist. Backend, passphrase and API key come from the environment only.",
  ],
  options: CI_OPTIONS,
  closing: [
    "Exit code: 0; 1 after an error; 2 if there is drift; 3 if another command has locked the stack; 4 if the change goes beyond the review; 130 after a signal.",
    "docs/reference/ci.md of the package explains each command.",
  ],
  async run(args, surface) {
    try {
      const [operation, ...rest] = args;
      if (operation === "init") return init(readInitRequest(rest), surface);
      const request = readRequest(args, surface);
      return await (request.all ? runAll(request, surface) : runOperation(request, surface));
    } catch (error) {
      surface.printError(explained(error));
      return CI_EXIT_CODES.error;
    }
  },
};
