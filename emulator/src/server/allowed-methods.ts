import type { Contract } from "../contract/document";
import { basePath } from "./state";

/** The methods that the contract has for a path; empty when it does not know the path. */
export function allowedMethods(contract: Contract, path: string): readonly string[] {
  const given = path.split("/");
  return contract.operations
    .filter((operation) => {
      const steps = (basePath + operation.path).split("/");
      return (
        steps.length === given.length &&
        steps.every((step, index) => (step.startsWith("{") ? given[index] !== "" : step === given[index]))
      );
    })
    .map((operation) => operation.method.toUpperCase());
}
