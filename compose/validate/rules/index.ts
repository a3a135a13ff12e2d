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

/** Rules that hold for every part of the document by itself, whether it runs or not. */
export const RULES_OF_FORM: readonly Rule<ValidationCode>[] = [
  validateForms,
  validateMounts,
  validatePortForms,
  validateValues,
];

/**
 * Rules for what is not whole yet. Compose reads the short syntax after each file, also of one whose services are
 * extended, and distinguishes the items of lists by their targets: what is wrong there stays wrong when it is taken
 * back.
 */
export const RULES_OF_PARTS: readonly Rule<ValidationCode>[] = [
  validateShortForms,
  validateShortMounts,
  validateShortPorts,
  (context) => validateLongSyntax(context, "volumes", "target"),
  (context) => validateLongSyntax(context, "devices", "target"),
];

/** Rules of what the parts that run mean to each other. */
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

/** The rules beyond the schema, in no order that matters: diagnostics are sorted by their place. */
export const RULES: readonly Rule<ValidationCode>[] = [...RULES_OF_FORM, ...RULES_OF_MEANING];
