import type { PolicySubject } from "../policy";
import { type DeclaredInputs, imagesOf } from "./document";
import { knownText } from "./known-text";

/** An execution as a policy sees it. Each input is read when a rule asks for it: one that is not known yet may be an error to read. */
export function subjectOf(
  { name, stack }: Pick<PolicySubject, "name" | "stack">,
  inputs: DeclaredInputs,
): PolicySubject {
  return {
    name,
    stack,
    get executionType() {
      return knownText(inputs.executionType);
    },
    get timeout() {
      return typeof inputs.timeout === "number" ? inputs.timeout : undefined;
    },
    get waitFor() {
      return knownText(inputs.waitFor);
    },
    get images() {
      return imagesOf(inputs);
    },
  };
}

/** Whether an execution adopts a run by its id: nothing starts. An id that is not known yet may be empty in the end: it does not count. */
export function adoptsRun(inputs: DeclaredInputs): boolean {
  return (knownText(inputs.existingExecutionId) ?? "").trim() !== "";
}
