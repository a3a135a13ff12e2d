import { lifecycleErrors } from "./errors";
import type { ExecutionInputs } from "./inputs";

/** Type and name of the scope, as the class registers it. */
const SCOPE_OF_A_STACK = "pulumi-nodejs:dynamic/lyceum:Scope::lyceum-scope";

/**
 * Throws where the stack's scope was not made before the run: keys and digests cannot be made without it. It is so when a first
 * command is given targets, and the scope is not one of them.
 */
export function requireScope({ scope, urn }: Pick<ExecutionInputs, "scope" | "urn">): void {
  if (scope !== "") return;
  const stackAndProject = urn.split("::").slice(0, 2);
  throw lifecycleErrors.noScope(
    stackAndProject.length < 2 ? "lyceum-scope" : [...stackAndProject, SCOPE_OF_A_STACK].join("::"),
  );
}
