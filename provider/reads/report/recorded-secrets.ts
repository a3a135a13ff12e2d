import { createTrees } from "../../files/mounts";
import { mountsFolder } from "../../files/resource";
import { parseInputs } from "../../lifecycle/inputs/parse-inputs";
import { createProjects, type ProjectPorts } from "../../lifecycle/inputs/projects";
import { keepSecretsOut } from "../../lifecycle/process/known-secrets";
import type { LyceumPort } from "../../lyceum/port";
import type { Properties } from "../../schema";
import { sortedInputs } from "../recorded-names";

/**
 * Passes the secrets of a resource's recorded inputs to the client, so that the client redacts them in the output of
 * the run. Reads the project's files and its mounted local files again, because the state does not contain secrets in
 * files.
 *
 * @param now returns milliseconds since the epoch
 * @returns `false` if some secrets are unknown, because Compose files, mounted files or inherited variables have
 * changed since the start of the run
 */
export async function keepRecordedSecretsOut(
  context: { readonly client: LyceumPort; readonly now: () => number },
  recorded: Properties,
  ports: Omit<ProjectPorts, "uploads">,
): Promise<boolean> {
  const inputs = sortedInputs(recorded);
  const parsed = parseInputs(inputs);
  const uploads = { read: createTrees(context.now).describe, folder: mountsFolder };
  const projects = createProjects({ ...ports, uploads });
  try {
    await projects.prepare(inputs);
    keepSecretsOut(context, projects.complete(inputs, parsed));
    return true;
  } catch {
    keepSecretsOut(context, parsed);
    return false;
  }
}
