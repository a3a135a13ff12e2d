import { canonicalCompose, readCompose } from "../../../compose";
import { ARGUMENTS, inputRow, inputsOf, isMap, type Properties } from "../../schema";
import { RECORDED_DEFAULTS } from "../../schema/wire-forms";
import { below, type Leaf, leavesOf } from "./leaves";

/** The path of the Compose document in the values of an execution, both for `composeFile` and for `composeFileCode`. */
export const DOCUMENT = "compose";

/**
 * Returns the values of an execution: its Compose document in canonical form, and its other arguments with their
 * defaults. With `composeFile`, leaves out the arguments that only change the document, because the document shows
 * their effect. `job` stays, because the job also decides when the run ends.
 */
export function executionLeaves(inputs: Properties): readonly Leaf[] {
  const defaults = inputs[RECORDED_DEFAULTS];
  const values: Properties = { ...(isMap(defaults) ? defaults : {}), ...inputs };
  const isProject = values.composeFile !== undefined;
  const sources: readonly string[] = isProject
    ? inputsOf("source").filter((name) => name !== "job")
    : ["composeFileCode"];
  const others = ARGUMENTS.filter((name) => values[name] !== undefined && !sources.includes(name));
  return [
    ...documentLeaves(isProject ? values[DOCUMENT] : values.composeFileCode),
    ...others.flatMap((name): readonly Leaf[] =>
      inputRow(name).secret === true ? [{ path: name, kind: "secret" }] : leavesOf(values[name], below("", name)),
    ),
  ];
}

/**
 * Returns the values of a document, which is a merged model or a text. The document is undefined if the execution
 * adopts a run.
 */
function documentLeaves(document: unknown): readonly Leaf[] {
  if (document === undefined) return [];
  const [whole] = leavesOf(document, DOCUMENT);
  if (typeof document !== "string" || whole?.kind !== "known") return leavesOf(document, DOCUMENT);
  const read = readCompose(document);
  if (read.kind !== "document") return [whole];
  // Variables in the text are not resolved. Their values are compared as arguments, and may be secret or unknown.
  return leavesOf(canonicalCompose(read.model), DOCUMENT);
}
