/** The public entry point for queries about runs and the account. A query changes nothing at Lyceum. */
export { type ObservedRecord, observeRecorded } from "../lifecycle/read/observe-recorded";
export { readActiveRuns, readRunsSince } from "./account-runs";
export { type Answer, answerFunction } from "./answer";
export { type DescribedRun, describeRun, type Phase, readPrices, reportedPhases, secondsRun } from "./describe-run";
export { listExecutions, listRuns } from "./list-executions";
export {
  type Creator,
  type StackIdentity,
  type UnrecordedRun,
  type UnrecordedRuns,
  unrecordedRuns,
} from "./stack-runs";
