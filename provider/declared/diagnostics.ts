import type { Diagnostic } from "../compose";
import { sentence } from "../display/sentence";
import { type Policy, type PolicySubject, type RuleName, ruleViolations, type Violation } from "../policy";
import type { DeclaredInputs } from "./document";
import { type DeclaredLocation, locations } from "./location";
import type { ProjectFolder } from "./project";

/** A violation as a diagnostic, with its location in a Compose file where there is one. */
export function asDiagnostic(
  { code, name, message, remedy }: Violation,
  location: Partial<DeclaredLocation> | undefined,
): Diagnostic {
  return { code, severity: "error", message: name === "" ? message : `${name}: ${message}`, remedy, ...location };
}

/** What one rule does not allow of an execution, each with its location in the Compose files. */
export function declaredViolations(
  rule: RuleName,
  policy: Policy,
  subject: PolicySubject,
  inputs: DeclaredInputs,
  project: ProjectFolder,
): readonly Diagnostic[] {
  const locationOf = locations(inputs, project);
  return ruleViolations(rule, policy, subject).map((violation) =>
    asDiagnostic(violation, violation.path === undefined ? undefined : locationOf(violation.path)),
  );
}

/** One line for a violation, which begins with its location. */
export function violationLine({ file = "", range, code, message, remedy }: Diagnostic): string {
  const location = file === "" ? "" : `${file}:${range?.start.line ?? 1}:${range?.start.column ?? 1} `;
  return `${location}error ${code}: ${sentence(message)} ${remedy}`;
}
