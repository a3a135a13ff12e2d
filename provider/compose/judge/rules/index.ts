import type { JudgeContext } from "../context";
import { judgeVariables } from "./interpolation";
import { judgePorts } from "./ports";
import { judgeReferences } from "./references";
import { judgeAssumptions, judgeRemote } from "./remote";
import { judgeServices } from "./services";
import { judgeValues } from "./values";
import { judgeVolumes } from "./volumes";

/** The rules beyond the schema, in no order that matters: faults are sorted by their place. */
export const rules: readonly ((context: JudgeContext) => void)[] = [
  judgeReferences,
  judgeVolumes,
  judgePorts,
  judgeServices,
  judgeValues,
  judgeVariables,
  judgeRemote,
  judgeAssumptions,
];
