import {
  containsUnknown,
  type ExecutionInputs,
  parseInputs,
  type Replacement,
  type ResourceInputs,
  rehearseCreate,
} from "../execution";
import type { KnownSecrets } from "./known-secrets";
import type { Runtime } from "./runtime";

/** The inputs of a start; a run that is adopted by its id needs no text. */
export function completed({ projects }: Runtime, news: ResourceInputs, inputs: ExecutionInputs): ExecutionInputs {
  return inputs.existingExecutionId === undefined ? projects.complete(news, inputs) : inputs;
}

/** An update starts nothing, but shows what a failed run wrote: without the secrets of its files it has to do without. */
export function withSecretsOfFiles(
  { projects }: Runtime,
  news: ResourceInputs,
  inputs: ExecutionInputs,
): ExecutionInputs {
  try {
    return projects.complete(news, inputs);
  } catch {
    return { ...inputs, failureOutput: false };
  }
}

/** What this command is about to create in place of the recorded run, if anything. */
export function replacementOf(runtime: Runtime, urn: string, secrets: KnownSecrets): Replacement | undefined {
  const news = runtime.session.plannedCreate(urn);
  if (news === undefined) return undefined;
  const inputs = parseInputs(news);
  return {
    onDelete: inputs.onDelete,
    rehearse: async () => {
      const complete = rehearsed(runtime, news, inputs);
      secrets.add(complete);
      await rehearseCreate(runtime.context(), complete);
    },
  };
}

/** The inputs of a replacement as far as they are known. What depends on another replacement is not known in full yet. */
function rehearsed(runtime: Runtime, news: ResourceInputs, inputs: ExecutionInputs): ExecutionInputs {
  if (!containsUnknown([news.values, news.scope])) return completed(runtime, news, inputs);
  const { existingExecutionId, ...known } = inputs;
  return existingExecutionId === undefined || containsUnknown(existingExecutionId) ? known : inputs;
}
