import { isDeepStrictEqual } from "node:util";
import { isMap } from "../../schema";
import { type MadeProject, MODEL_INPUT, PROJECT_ARGUMENTS, type ResourceInputs } from "../run/inputs";

/**
 * Separates a recorded project from the program's inputs. With `ignoreChanges`, the engine passes recorded inputs as
 * inputs of the program. Such inputs have the recorded model or `projectRecord`, which a program never passes.
 *
 * @returns the program's inputs, and in `held` the recorded project to keep if the engine ignores changes. Before a
 * replacement, the engine calls check without recorded inputs, so `held` is absent, and the project is made from the
 * current files
 */
export function ignoredProject(
  olds: ResourceInputs,
  news: ResourceInputs,
): { readonly news: ResourceInputs; readonly held?: MadeProject } {
  const { projectRecord: record, ...others } = news;
  const { [MODEL_INPUT]: model, ...values } = news.values;
  const recorded = olds.values[MODEL_INPUT];
  const isRecorded = recorded !== undefined && isDeepStrictEqual(model, recorded);
  // Inputs without `projectRecord` and without the recorded model come from the program alone. Check refuses `compose`
  // in them, because it is not an argument.
  if (record === undefined && !isRecorded) return { news };
  const rest = { ...others, values };
  if (recorded === undefined) return { news: rest };
  return { news: rest, held: { model: recorded, record: heldRecord(olds, rest) } };
}

/**
 * Returns the recorded project. If the program has changed the arguments of the project, empties the digest `settings`,
 * so that the next command without `ignoreChanges` finds the change.
 */
function heldRecord({ projectRecord: record, values }: ResourceInputs, news: ResourceInputs): unknown {
  const isSame = PROJECT_ARGUMENTS.every((name) => isDeepStrictEqual(values[name], news.values[name]));
  return isSame || !isMap(record) ? record : { ...record, settings: "" };
}
