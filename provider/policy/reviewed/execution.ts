import { canonicalCompose, readCompose } from "../../../compose";
import { ARGUMENTS, inputRow, inputsOf, isMap, type Properties } from "../../schema";
import { RECORDED_DEFAULTS } from "../../schema/wire-forms";
import { below, type Leaf, leavesOf } from "./leaves";

/**
 * The path of the Compose document among the values of an execution. It is the same for every way in which a program
 * can give a document.
 */
export const DOCUMENT = "compose";

/**
 * The values of an execution: its Compose document, compared by meaning, and its other arguments with their defaults.
 * The arguments that select the document of `composeFile` are left out, because the merged model already has what they
 * select.
 */
export function executionLeaves(inputs: Properties): readonly Leaf[] {
  const defaults = inputs[RECORDED_DEFAULTS];
  const values: Properties = { ...(isMap(defaults) ? defaults : {}), ...inputs };
  const isProject = values.composeFile !== undefined;
  const sources: readonly string[] = isProject ? inputsOf("source") : ["composeFileCode"];
  const others = ARGUMENTS.filter((name) => values[name] !== undefined && !sources.includes(name));
  return [
    ...documentLeaves(isProject ? values[DOCUMENT] : values.composeFileCode),
    ...others.flatMap((name): readonly Leaf[] =>
      inputRow(name).secret === true ? [{ path: name, kind: "secret" }] : leavesOf(values[name], below("", name)),
    ),
  ];
}

/** The document: a merged model, a text, or undefined for a run that is adopted. */
function documentLeaves(document: unknown): readonly Leaf[] {
  if (document === undefined) return [];
  const [whole] = leavesOf(document, DOCUMENT);
  if (typeof document !== "string" || whole?.kind !== "known") return leavesOf(document, DOCUMENT);
  const read = readCompose(document);
  if (read.kind !== "document") return [whole];
  // Variables are not resolved: their values are arguments, and may be secret or not known yet.
  return leavesOf(canonicalCompose(read.model), DOCUMENT);
}
