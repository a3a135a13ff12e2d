import { parseInputs } from "../../lifecycle/inputs/parse-inputs";
import { createProjects, type ProjectPorts } from "../../lifecycle/inputs/projects";
import { keepSecretsOut } from "../../lifecycle/process/known-secrets";
import type { LyceumPort } from "../../lyceum/port";
import type { Properties } from "../../schema";
import { sortedInputs } from "../recorded-names";

/**
 * Passes the secrets of a resource's recorded inputs to the client, so that the client redacts them in the output of
 * the run. Reads the project's files again, because the state does not contain secrets in files.
 *
 * @param recorded the recorded inputs, with secrets in plaintext
 * @returns `false` if some secrets are unknown, because files or inherited variables have changed since the start of
 * the run
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
