import { ResourceError, type Runtime } from "../lifecycle";
import { uploadViolation } from "../policy/declared";

/** The number of bytes that the resources of a runtime have sent or are about to send. */
const sent = new WeakMap<Runtime, number>();

/**
 * Counts bytes that a resource is about to send to the bucket.
 *
 * @throws LYC5115 if the policy of a pipeline does not allow the command to send so many bytes
 */
export function admitUpload(runtime: Runtime, bytes: number): void {
  const all = (sent.get(runtime) ?? 0) + bytes;
  sent.set(runtime, all);
  const violation = uploadViolation(all);
  if (violation !== undefined) throw new ResourceError(violation.code, violation.reason, violation.reason);
}
