/** Client errors that a gateway answers for itself, perhaps after it has passed the request on. */
const PASSED_ON: ReadonlySet<number> = new Set([408, 409, 425, 499]);

/** Whether an answer of 4xx promises nothing about what became of the request. */
export function mayBePassedOn(status: number | undefined): boolean {
  return status !== undefined && PASSED_ON.has(status);
}
