import { nearest } from "../../../compose/wording";
import { type CheckFailure, meansProject, show } from "../../schema";
import { textsIn } from "../inputs/variables";
import { containsUnknown, type ResourceInputs } from "../run/inputs";
import type { ComposeSource } from "./check-compose";

/**
 * Returns the text of `composeFileCode`, or "project" if the program gives `composeFile`. Returns `undefined` if there
 * is nothing to check: the text is not known yet, or the program adopts a run by its id. Otherwise, the program must
 * give exactly one of the two, and this function returns the error if it does not.
 */
export function composeSource(inputs: ResourceInputs): ComposeSource | "project" | CheckFailure | undefined {
  const { composeFile, composeFileCode, existingExecutionId } = inputs.values;
  if (composeFile !== undefined && composeFileCode !== undefined) {
    const property = typeof composeFile === "string" ? "composeFile" : "";
    return { property, reason: "composeFile and composeFileCode are both given; give exactly one" };
  }
  if (composeFile !== undefined) return "project";
  if (composeFileCode === undefined) {
    // A run that is adopted by its id needs no text. If the program passes `composeFile` under a wrong name, the wrong
    // name is reported as an unknown argument, and no error is returned here.
    if (existingExecutionId !== undefined || Object.keys(inputs.values).some(isSourceName)) return undefined;
    const instead = "give exactly one (or existingExecutionId, to adopt a run)";
    return { property: "", reason: `composeFile or composeFileCode is missing; ${instead}` };
  }
  if (typeof composeFileCode !== "string") {
    if (containsUnknown(composeFileCode)) return undefined;
    const reason = `composeFileCode must be text, not ${show(composeFileCode)}; give a path or a file as composeFile: "compose.yaml"`;
    return { property: "", reason };
  }
  const secret = textsIn(inputs.secrets).includes("composeFileCode");
  if (isPath(composeFileCode)) {
    const [given, path] = secret ? ["a path", "…"] : [`the path ${show(composeFileCode)}`, composeFileCode.trim()];
    const reason = `composeFileCode must be the text of a Compose file, not ${given}; write composeFile: ${show(path)}`;
    return { property: "", reason };
  }
  return { text: composeFileCode, file: "composeFileCode", property: "", secret };
}

function isSourceName(name: string): boolean {
  return meansProject(name) || nearest(name, ["composeFile", "composeFileCode"]) !== undefined;
}

/** Whether the result of {@link composeSource} is an error. */
export function isFailure(source: ReturnType<typeof composeSource>): source is CheckFailure {
  return typeof source === "object" && "reason" in source;
}

/**
 * Whether a text is certainly a path and not a Compose text: one word that ends like a file name or begins like a path.
 */
function isPath(text: string): boolean {
  const word = text.trim();
  return !/\s/.test(word) && (/\.(ya?ml|json)$/i.test(word) || /^\.{0,2}\//.test(word));
}
