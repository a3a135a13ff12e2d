import { isDeepStrictEqual } from "node:util";
import { isMap } from "../../schema";
import type { ResourceInputs } from "../resource-inputs";
import { type MadeProject, MODEL_INPUT, PROJECT_ARGUMENTS } from "./record";

/**
 * What check is to make of a project when the engine may have been told to ignore changes of it (`ignoreChanges`).
 */
export interface IgnoredProject {
  /** The new inputs as the program gave them. */
  readonly news: ResourceInputs;
  /** The recorded inputs to hold on to; absent where nothing is ignored. */
  readonly held?: MadeProject;
}

/**
 * The engine ignores a change by putting recorded inputs in place of the program's: here two that no program gives. Before a
 * replacement it asks again with nothing recorded, and wants what the files hold now.
 */
export function ignoredProject(olds: ResourceInputs, news: ResourceInputs): IgnoredProject {
  const { projectRecord: record, ...others } = news;
  const { [MODEL_INPUT]: model, ...values } = news.values;
  const recorded = olds.values[MODEL_INPUT];
  const isRecorded = recorded !== undefined && isDeepStrictEqual(model, recorded);
  // A model that no record comes with is a program's own, misspelt argument.
  if (record === undefined && !isRecorded) return { news };
  const rest = { ...others, values };
  if (recorded === undefined) return { news: rest };
  return { news: rest, held: { model: recorded, record: heldRecord(olds, rest) } };
}

/** What is changed while it is ignored has to be seen once it is not: the record then fits no settings. */
function heldRecord(
  { projectRecord: record, values: olds }: ResourceInputs,
  { values: news }: ResourceInputs,
): unknown {
  const isSame = PROJECT_ARGUMENTS.every((name) => isDeepStrictEqual(olds[name], news[name]));
  return isSame || !isMap(record) ? record : { ...record, settings: "" };
}
