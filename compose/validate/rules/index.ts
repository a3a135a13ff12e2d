import type { ValidationCode } from "../catalogue";
import type { Rule } from "../context";
import { validateEngine } from "./engine";
import { validateForms, validateImages, validateShortForms } from "./forms";
import { validateLimits } from "./limits";
import { validatePortForms, validatePorts, validateShortPorts } from "./ports";
import { validateReferences } from "./references";
import { validateSecrets } from "./secrets";
import { validateServices } from "./services";
import { validateValues } from "./values";
import { validateLongSyntax, validateMounts, validateShortMounts, validateSources, validateVolumes } from "./volumes";

/**
 * The rules about single services and resources. They also apply to services and jobs that do not run.
 *
 * A rule with a new code needs an entry in `../catalogue.ts`, a fixture in `../testing/`, and a row in
 * `docs/reference/diagnostics.md`. A new case of a known code needs an entry in
 * `each-diagnostic.test.ts`.
 */
export const RULES_OF_FORM: readonly Rule<ValidationCode>[] = [
  validateForms,
  validateMounts,
  validatePortForms,
  validateValues,
];

/**
 * The rules that apply before all files of a project are merged: after each merge of one more file, and to each file
 * that contains an extended service. Compose does the same, so an error stays an error even if a later file removes its
 * cause.
 */
export const RULES_OF_PARTS: readonly Rule<ValidationCode>[] = [
  validateShortForms,
  validateShortMounts,
  validateShortPorts,
  (context) => validateLongSyntax(context, "volumes", "target"),
  (context) => validateLongSyntax(context, "devices", "target"),
];

/**
 * The rules that are not in `RULES_OF_FORM`, such as those about ports, references and secrets. In a project, they
 * apply only to services and jobs that run.
 */
export const RULES_OF_MEANING: readonly Rule<ValidationCode>[] = [
  validatePorts,
  validateReferences,
  validateSources,
  validateVolumes,
  validateLimits,
  validateEngine,
  validateServices,
  validateImages,
  validateSecrets,
];

/**
 * All rules in addition to the schema. The order of the rules does not matter, because diagnostics are sorted by
 * position.
 */
export const RULES: readonly Rule<ValidationCode>[] = [...RULES_OF_FORM, ...RULES_OF_MEANING];
