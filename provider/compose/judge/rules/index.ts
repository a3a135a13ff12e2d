import type { JudgeContext } from "../context";
import { judgeEndings } from "./endings";
import { judgeForms } from "./forms";
import { judgeVariables } from "./interpolation";
import { judgeLimits } from "./limits";
import { judgePortForms, judgePorts } from "./ports";
import { judgeReferences } from "./references";
import { judgeRegistry } from "./registry";
import { judgeAssumptions, judgeRemote } from "./remote";
import { judgeSecrets } from "./secrets";
import { judgeServices } from "./services";
import { judgeValues } from "./values";
import { judgeMountForms, judgeMounts, judgeVolumes } from "./volumes";

type Rule = (context: JudgeContext) => void;

/** Rules that hold for every part of the document by itself, whether it runs or not. */
export const rulesOfForm: readonly Rule[] = [judgeForms, judgeMounts, judgePortForms, judgeValues];

/** Rules for a file whose services are extended: Compose reads its short syntax before it knows what of it is wanted. */
export const rulesOfExtended: readonly Rule[] = [judgeMountForms, judgePortForms];

/** Rules of what the parts that run mean to each other, and to whoever runs them. */
export const rulesOfMeaning: readonly Rule[] = [
  judgePorts,
  judgeReferences,
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
