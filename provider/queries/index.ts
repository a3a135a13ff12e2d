/** What programs and people ask about runs and the account. Nothing here changes anything at Lyceum. */
export { type ObservedRecord, observeRecorded } from "../execution";
export { type Answer, answerFunction } from "./answer";
export { type DescribedRun, describeRun, type Phase, reportedPhases, secondsRun } from "./describe-run";
export { listExecutions } from "./list-executions";
export { listRuns } from "./list-runs";
export { readPrices } from "./prices";
