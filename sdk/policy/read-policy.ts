import { diskFiles, fileErrorMessage } from "../../compose/project";
import { INVALID_POLICY, type Policy, readPolicy } from "../../provider/policy";

/** Reads the policy of a pack. A pack without one would allow everything, so a file that cannot be used is an error, and so is one without a rule. */
export function readPolicyFile(path: string): Policy {
  const read = readPolicy(path, (most) => {
    const found = diskFiles.read(path, most);
    return found.kind === "bytes" ? found : { kind: "error", reason: fileErrorMessage(found.reason, most) };
  });
  if (read.kind === "error") throw invalid(read.message);
  if (Object.values(read.policy).every((rule) => rule === false)) throw invalid(`The policy ${path} has no rule.`);
  return read.policy;
}

function invalid(detail: string): Error {
  return new Error(`${INVALID_POLICY.code}: ${detail} ${INVALID_POLICY.remedy}`);
}
