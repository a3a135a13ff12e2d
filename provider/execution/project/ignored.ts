import { isDeepStrictEqual } from "node:util";
import { isMap, MODEL_INPUT, RECORD_INPUT } from "./record";

type Properties = Readonly<Record<string, unknown>>;

/** What check is to make of a project when the engine may have been told to ignore changes of it (`ignoreChanges`). */
export interface IgnoredProject {
  /** The new inputs as the program gave them. */
  readonly news: Properties;
  /** The recorded inputs to hold on to; absent where nothing is ignored. */
  readonly held?: Properties;
}

/**
 * The engine ignores a change by putting recorded inputs in place of the program's: here two that no program gives. Before a
 * replacement it asks again with nothing recorded, and wants what the files hold now.
 */
export function ignoredProject(olds: Properties, news: Properties): IgnoredProject {
  const { [MODEL_INPUT]: model, [RECORD_INPUT]: record, ...rest } = news;
  const recorded = olds[MODEL_INPUT];
  const isRecorded = recorded !== undefined && isDeepStrictEqual(model, recorded);
  // A model that no record comes with is a program's own, misspelt argument.
  if (record === undefined && !isRecorded) return { news };
  if (recorded === undefined) return { news: rest };
  return { news: rest, held: { [MODEL_INPUT]: recorded, [RECORD_INPUT]: heldRecord(olds, rest) } };
}

/** Arguments that decide what a project says, beside variables and profiles, which the record tells of itself. */
const NAMING = ["composeFile", "composeRoot", "envFiles", "diagnostics"];

/** What is changed while it is ignored has to be seen once it is not: the record then fits no settings. */
function heldRecord(olds: Properties, news: Properties): unknown {
  const record = olds[RECORD_INPUT];
  const isSame = NAMING.every((name) => isDeepStrictEqual(olds[name], news[name]));
  return isSame || !isMap(record) ? record : { ...record, settings: "" };
}
