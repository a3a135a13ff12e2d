import { isDeepStrictEqual } from "node:util";
import { isMap } from "../../schema";
import { type MadeProject, MODEL_INPUT, PROJECT_ARGUMENTS, type ResourceInputs } from "../run/inputs";

/**
 * Returns the inputs from which check makes a project if the engine ignores changes (`ignoreChanges`). The engine then
 * passes recorded inputs instead of the program's inputs. Among them are the model and `projectRecord`, which a program
 * never passes. Before a replacement, the engine calls check again without recorded inputs, so the current files are
 * needed.
 *
 * @returns the program's inputs, and the recorded inputs to keep; these are absent if no change is ignored
 */
export function ignoredProject(
  olds: ResourceInputs,
  news: ResourceInputs,
): { readonly news: ResourceInputs; readonly held?: MadeProject } {
  const { projectRecord: record, ...others } = news;
  const { [MODEL_INPUT]: model, ...values } = news.values;
  const recorded = olds.values[MODEL_INPUT];
  const isRecorded = recorded !== undefined && isDeepStrictEqual(model, recorded);
  // If there is a model without a `projectRecord`, the program has misspelt an argument.
  if (record === undefined && !isRecorded) return { news };
  const rest = { ...others, values };
  if (recorded === undefined) return { news: rest };
  return { news: rest, held: { model: recorded, record: heldRecord(olds, rest) } };
}

/**
 * Returns the recorded project. If the program has changed the arguments of the project, the digest of its settings is
 * empty. An empty digest differs from every real digest, so the change is found once the engine no longer ignores it.
 */
function heldRecord({ projectRecord: record, values }: ResourceInputs, news: ResourceInputs): unknown {
  const isSame = PROJECT_ARGUMENTS.every((name) => isDeepStrictEqual(values[name], news.values[name]));
  return isSame || !isMap(record) ? record : { ...record, settings: "" };
}
