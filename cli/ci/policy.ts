import { relative } from "node:path";
import { adoptsRun, asDiagnostic, declaredViolations, plaintextViolations, subjectOf } from "../../provider/declared";
import { costViolations, POLICY_FILE, type Policy, parsePolicy, RULE_NAMES } from "../../provider/policy";
import type { Surface } from "../command";
import { CiError } from "./catalogue";
import type { CiRequest } from "./options";
import type { PreviewData } from "./preview-data";

const LARGEST_FILE = 1_048_576;

type Files = Pick<Surface, "read" | "stat" | "files" | "folder" | "variable">;

/** Reads the policy that holds; `undefined` where there is none. One that was named has to be there. */
export function readPolicy(request: Pick<CiRequest, "policy" | "folder">, surface: Files): Policy | undefined {
  const usual = `${request.folder}/${POLICY_FILE}`;
  if (request.policy === undefined && surface.stat(usual) === "missing") return undefined;
  const path = request.policy ?? usual;
  const name = relative(surface.folder, path);
  const read = surface.read(path, LARGEST_FILE);
  if (read.kind === "error") throw new CiError("LYC5100", `The policy ${name} ${read.reason}.`);
  const parsed = parsePolicy(Buffer.from(read.bytes).toString("utf8"), name);
  if (parsed.kind === "policy") return parsed.policy;
  throw new CiError("LYC5100", `The policy is not valid: ${parsed.errors.join("; ")}.`);
}

/** A preview with what the policy does not allow of it, which makes it fail. Executions that are deleted run nothing. */
export function underPolicy(
  data: PreviewData,
  policy: Policy | undefined,
  folder: string,
  { files, variable }: Files,
): PreviewData {
  if (policy === undefined || !data.succeeded) return data;
  const project = { folder, files, variable };
  const own = data.executions
    .filter(({ action, inputs }) => action !== "delete" && !adoptsRun(inputs))
    .flatMap(({ name, inputs }) => {
      const subject = subjectOf({ name, stack: data.stack }, inputs);
      return [
        ...RULE_NAMES.flatMap((rule) => declaredViolations(rule, policy, subject, inputs, project)),
        ...(policy.noPlaintextSecrets === true ? plaintextViolations(name, inputs, project) : []),
      ];
    });
  const cost = costViolations(policy, data.cost).map((violation) => asDiagnostic(violation, undefined));
  const violations = [...own, ...cost];
  return { ...data, succeeded: violations.length === 0, violations };
}
