import { parseInputs } from "../../lifecycle/inputs/parse-inputs";
import { createProjects, type ProjectPorts } from "../../lifecycle/inputs/projects";
import { keepSecretsOut } from "../../lifecycle/process/known-secrets";
import type { LyceumPort } from "../../lyceum/port";
import type { Properties } from "../../schema";
import { sortedInputs } from "../recorded-names";

/**
 * Passes the secrets of a resource's recorded inputs to the client, before the client reads any output of the run. The
 * state does not contain the values in a project's files, so these files are read again.
 *
 * @param recorded the recorded inputs, with secrets in plaintext
 * @returns whether all secrets are known; `false` if the files or the inherited variables have changed since the run
 * started
 */
export function keepRecordedSecretsOut(
  context: { readonly client: LyceumPort },
  recorded: Properties,
  ports: ProjectPorts,
): boolean {
  const inputs = sortedInputs(recorded);
  const parsed = parseInputs(inputs);
  try {
    keepSecretsOut(context, createProjects(ports).complete(inputs, parsed));
    return true;
  } catch {
    keepSecretsOut(context, parsed);
    return false;
  }
}
