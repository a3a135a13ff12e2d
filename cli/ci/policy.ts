import { relative } from "node:path";
import type { Diagnostic } from "../../provider/compose";
import { adoptsRun, asDiagnostic, PLAINTEXT, plaintextViolations, subjectOf } from "../../provider/declared";
import {
  costViolations,
  POLICY_FILE,
  type Policy,
  parsePolicy,
  violationsOf,
  WHOLE_RULES,
} from "../../provider/policy";
import type { Surface } from "../command";
import { CiError } from "./catalogue";
import type { CiRequest } from "./options";
import type { PreviewData } from "./preview-data";

const LARGEST_FILE = 1_048_576;

type Files = Pick<Surface, "read" | "stat" | "files" | "folder">;

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
  { files }: Files,
): PreviewData {
  if (policy === undefined || !data.succeeded) return data;
  const project = { folder, files };
  const plaintext =
    policy.noPlaintextSecrets === true ? data.diagnostics.filter(({ code }) => PLAINTEXT.has(code)) : [];
  const own = data.executions
    .filter(({ action, inputs }) => action !== "delete" && !adoptsRun(inputs))
    .flatMap(({ name, inputs }) => {
      const found = violationsOf(policy, subjectOf({ name, stack: data.stack }, inputs));
      // What a diagnostic of the preview shows is no second violation.
      const secrets = policy.noPlaintextSecrets === true ? plaintextViolations(name, inputs, project) : [];
      return [
        ...found.map((violation) => asDiagnostic(violation, inputs, project)),
        ...secrets.filter((one) => !plaintext.some((shown) => isSame(one, shown))),
      ];
    });
  const { code, remedy } = WHOLE_RULES.noPlaintextSecrets;
  const violations: readonly Diagnostic[] = [
    ...own,
    ...plaintext.map((one) => ({ ...one, code, remedy, severity: "error" as const })),
    ...costViolations(policy, data.cost).map((violation) => asDiagnostic(violation, {}, project)),
  ];
  return { ...data, succeeded: violations.length === 0, violations };
}

/** Whether two diagnostics are about one place in a file, or say the same where they have none. */
function isSame(one: Diagnostic, other: Diagnostic): boolean {
  if (one.range === undefined || other.range === undefined) return one.message.endsWith(other.message);
  return one.file === other.file && one.range.start.line === other.range.start.line;
}
