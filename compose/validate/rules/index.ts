import type { ValidationContext } from "../context";
import { validateEndings } from "./endings";
import { validateEngine } from "./engine";
import { validateForms, validateImages, validateShortForms } from "./forms";
import { validateVariables } from "./interpolation";
import { validateLimits } from "./limits";
import { validatePortForms, validatePorts, validateShortPorts } from "./ports";
import { validateReferences } from "./references";
import { validateRegistry } from "./registry";
import { validateAssumptions, validateRemote } from "./remote";
import { validateSecrets } from "./secrets";
import { validateServices } from "./services";
import { validateValues } from "./values";
import { validateLongSyntax, validateMounts, validateShortMounts, validateSources, validateVolumes } from "./volumes";

type Rule = (context: ValidationContext) => void;

/** Rules that hold for every part of the document by itself, whether it runs or not. */
export const rulesOfForm: readonly Rule[] = [validateForms, validateMounts, validatePortForms, validateValues];

/**
 * Rules for what is not whole yet. Compose reads the short syntax after each file, also of one whose services are
 * extended, and distinguishes the items of lists by their targets: what is wrong there stays wrong when it is taken
 * back.
 */
export const rulesOfParts: readonly Rule[] = [
  validateShortForms,
  validateShortMounts,
  validateShortPorts,
  (context) => validateLongSyntax(context, "volumes", "target"),
  (context) => validateLongSyntax(context, "devices", "target"),
];

/** Rules of what the parts that run mean to each other, and to whoever runs them. */
export const rulesOfMeaning: readonly Rule[] = [
  validatePorts,
  validateReferences,
  validateSources,
  validateVolumes,
  validateLimits,
  validateEngine,
  validateServices,
  validateVariables,
  validateRemote,
  validateAssumptions,
  validateImages,
  validateRegistry,
  validateEndings,
  validateSecrets,
];

/** The rules beyond the schema, in no order that matters: diagnostics are sorted by their place. */
export const rules: readonly Rule[] = [...rulesOfForm, ...rulesOfMeaning];
