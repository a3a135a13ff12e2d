import type { Diagnostic } from "../../../compose";
import { ownVersion } from "../../../provider/lyceum/http/own-version";
import type { Surface } from "../../command";
import { writeText } from "../../output";
import { asCodeQuality } from "../../reports/code-quality";
import { asGithub } from "../../reports/github";
import { asSarif } from "../../reports/sarif";
import type { CiRequest } from "../options";

/** Writes diagnostics and violations in each format that the command line requests. */
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
