import type { Diagnostic } from "../../../compose";
import { ownVersion } from "../../../provider/lyceum/http/own-version";
import type { Surface } from "../../command";
import { asCodeQuality } from "../../compose/code-quality";
import { asGithub } from "../../compose/github";
import { asSarif } from "../../compose/sarif";
import { writeText } from "../../output";
import type { CiRequest } from "../options";

/** Writes diagnostics and violations in each form that the command line requests. */
export function writeFindings(
  request: Pick<CiRequest, "sarif" | "codequality" | "annotates" | "onFound">,
  { folder, variable, print }: Pick<Surface, "folder" | "variable" | "print">,
  found: readonly Diagnostic[],
): void {
  const { sarif, codequality, annotates } = request;
  if (sarif !== undefined) writeText(sarif, `${asSarif(found, { version: ownVersion(), folder })}\n`);
  if (codequality !== undefined) writeText(codequality, `${asCodeQuality(found, folder)}\n`);
  if (annotates && found.length > 0) print(asGithub(found, folder, variable("GITHUB_WORKSPACE") || undefined));
  request.onFound?.(found);
}
