import { type AdjustableCode, isAdjustable, type SeverityChoice } from "../compose";
import { type CheckFailure, isMap } from "../schema";
import { containsUnknown, isNotKnown } from "./inputs";

/** The severities that `diagnostics` chooses, as far as they are known. */
export function choicesIn(diagnostics: unknown): Readonly<Partial<Record<AdjustableCode, SeverityChoice>>> {
  if (!isMap(diagnostics)) return {};
  return Object.fromEntries(
    Object.entries(diagnostics).filter((entry): entry is [string, SeverityChoice] => isChoice(entry[1])),
  );
}

function isChoice(value: unknown): value is SeverityChoice {
  return value === "off" || value === "warning" || value === "error";
}

/** Errors of `diagnostics`: a misspelt code would silently change nothing. */
export function diagnosticsFailures(diagnostics: unknown): CheckFailure[] {
  if (isNotKnown(diagnostics)) return [];
  if (!isMap(diagnostics)) {
    const reason = 'diagnostics must be a map of codes to "off", "warning" or "error", such as {LYC2301: "warning"}';
    return [{ property: "diagnostics", reason }];
  }
  return Object.entries(diagnostics).flatMap(([code, choice]) => {
    const failure = (message: string) => [{ property: "", reason: `diagnostics.${code} ${message}` }];
    if (/^LYC20\d\d$/.test(code)) return failure("cannot be chosen: such a text cannot be read");
    if (/^LYC25\d\d$/.test(code)) return failure("cannot be chosen: such a project cannot be made into one text");
    if (!isAdjustable(code))
      return failure("is not a diagnostic code of a compose document (docs/reference/diagnostics.md lists them)");
    return containsUnknown(choice) || isChoice(choice) ? [] : failure('must be "off", "warning" or "error"');
  });
}
