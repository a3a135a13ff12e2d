import { diskFiles } from "../../provider/compose/project";
import { INVALID_POLICY, type Policy, parsePolicy } from "../../provider/policy";

const LARGEST_FILE = 1_048_576;

/** Reads the policy of a pack. A pack without one would allow everything, so a file that cannot be used is an error. */
export function readPolicyFile(path: string): Policy {
  const read = diskFiles.read(path, LARGEST_FILE);
  if (read.kind === "fault") {
    throw invalid(`The policy ${path} ${read.reason === "missing" ? "does not exist" : "cannot be read"}.`);
  }
  const parsed = parsePolicy(Buffer.from(read.bytes).toString("utf8"), path);
  if (parsed.kind === "policy") return parsed.policy;
  throw invalid(`The policy is not valid: ${parsed.errors.join("; ")}.`);
}

function invalid(detail: string): Error {
  return new Error(`${INVALID_POLICY.code}: ${detail} ${INVALID_POLICY.remedy}`);
}
