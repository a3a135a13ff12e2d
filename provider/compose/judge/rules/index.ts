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

/** Rules that hold for every part of the document, whether it runs or not. */
export const rulesOfForm: readonly ((context: JudgeContext) => void)[] = [
  judgeForms,
  judgeMounts,
  judgePorts,
  judgeValues,
];

/** Rules for a file whose services are extended: Compose reads its short syntax before it knows what of it is wanted. */
export const rulesOfExtended: readonly ((context: JudgeContext) => void)[] = [judgeMountForms, judgePortForms];

/** The rules beyond the schema, in no order that matters: faults are sorted by their place. */
export const rules: readonly ((context: JudgeContext) => void)[] = [
  ...rulesOfForm,
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
