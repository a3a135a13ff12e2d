import type { JudgeContext } from "../context";
import { judgeEndings } from "./endings";
import { judgeForms, judgeShortForms } from "./forms";
import { judgeVariables } from "./interpolation";
import { judgeLimits } from "./limits";
import { judgePortForms, judgePorts, judgeShortPorts } from "./ports";
import { judgeReferences } from "./references";
import { judgeRegistry } from "./registry";
import { judgeAssumptions, judgeRemote } from "./remote";
import { judgeSecrets } from "./secrets";
import { judgeServices } from "./services";
import { judgeValues } from "./values";
import { judgeLongSyntax, judgeMounts, judgeShortMounts, judgeSources, judgeVolumes } from "./volumes";

type Rule = (context: JudgeContext) => void;

/** Rules that hold for every part of the document by itself, whether it runs or not. */
export const rulesOfForm: readonly Rule[] = [judgeForms, judgeMounts, judgePortForms, judgeValues];

/**
 * Rules for what is not whole yet. Compose reads the short syntax after each file, also of one whose services are
 * extended, and tells the items of lists apart by their targets: what is wrong there stays wrong when it is taken back.
 */
export const rulesOfParts: readonly Rule[] = [
  judgeShortForms,
  judgeShortMounts,
  judgeShortPorts,
  (context) => judgeLongSyntax(context, "volumes", "target"),
  (context) => judgeLongSyntax(context, "devices", "target"),
];

/** Rules of what the parts that run mean to each other, and to whoever runs them. */
export const rulesOfMeaning: readonly Rule[] = [
  judgePorts,
  judgeReferences,
  judgeSources,
  judgeVolumes,
  judgeLimits,
  judgeServices,
  judgeVariables,
  judgeRemote,
  judgeAssumptions,
  judgeRegistry,
  judgeEndings,
  judgeSecrets,
];

/** The rules beyond the schema, in no order that matters: faults are sorted by their place. */
export const rules: readonly Rule[] = [...rulesOfForm, ...rulesOfMeaning];
