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
 * Rules about single parts of the document. They also apply to parts that do not run.
 *
 * A rule with a new code needs more: an entry in `../catalogue.ts`, a fixture in `../testing/`, and a row in
 * `docs/reference/diagnostics.md`. Another case of a known code needs an entry in
 * `../../project/each-diagnostic.test.ts`.
 */
export const RULES_OF_FORM: readonly Rule<ValidationCode>[] = [
  validateForms,
  validateMounts,
  validatePortForms,
  validateValues,
];

/**
 * Rules for a project that is not complete yet. After each file, Compose reads the short syntax, even in a file whose
 * services are extended, and distinguishes the items of lists by their targets. An error there stays an error even if a
 * later file removes its cause.
 */
export const RULES_OF_PARTS: readonly Rule<ValidationCode>[] = [
  validateShortForms,
  validateShortMounts,
  validateShortPorts,
  (context) => validateLongSyntax(context, "volumes", "target"),
  (context) => validateLongSyntax(context, "devices", "target"),
];

/** Rules for the references between the parts that run. */
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

/** All rules that are not in the schema. Their order does not matter, because diagnostics are sorted by position. */
export const RULES: readonly Rule<ValidationCode>[] = [...RULES_OF_FORM, ...RULES_OF_MEANING];
