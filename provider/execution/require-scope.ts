import { lifecycleErrors } from "./errors";
import type { ExecutionInputs } from "./inputs";

/** Name of the scope in each stack. */
const SCOPE_NAME = "lyceum-scope";

/**
 * Throws where the stack's scope was not made before the run: keys and digests cannot be made without it. It is so when a first
 * command is given targets, and the scope is not one of them.
 */
export function requireScope({ scope, urn }: Pick<ExecutionInputs, "scope" | "urn">): void {
  if (scope !== "") return;
  const [stack, project, types] = urn.split("::");
  // A scope is of the package that its runs are of, and has no parent.
  const type = types
    ?.split("$")
    .at(-1)
    ?.replace(/ComposeExecution$/, "Scope");
  throw lifecycleErrors.noScope(type === undefined ? SCOPE_NAME : [stack, project, type, SCOPE_NAME].join("::"));
}
