export {
  containsUnknown,
  type ExecutionOutputs,
  endScope,
  InitFailure,
  messageOf,
  type RecordedState,
  type ResourceInputs,
  scopeTag,
  type WhenUnverified,
} from "../execution";
export { check } from "./check";
export { create } from "./create";
export { deleteResource } from "./delete";
export { type DiffAnswer, diff } from "./diff";
export type { Engine } from "./ports";
export { read } from "./read";
export { resourceError } from "./resource-error";
export { createRuntime, type Runtime } from "./runtime";
export { update } from "./update";
