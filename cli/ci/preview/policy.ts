import { relative } from "node:path";
import { costViolations, POLICY_FILE, type Policy, RULE_NAMES, readPolicy } from "../../../provider/policy";
import {
  adoptsRun,
  asDiagnostic,
  declaredViolations,
  plaintextViolations,
  subjectOf,
} from "../../../provider/policy/declared";
import type { Surface } from "../../command";
import { CiError } from "../catalogue";
import type { CiRequest } from "../options";
import type { PreviewData } from "./preview-data";

type Files = Pick<Surface, "read" | "stat" | "files" | "folder" | "variable">;

/**
 * Reads the policy of the project; `undefined` if it has none. If the command line names a policy, the file must exist.
 */
export function policyOf(request: Pick<CiRequest, "policy" | "folder">, surface: Files): Policy | undefined {
  const usual = `${request.folder}/${POLICY_FILE}`;
  if (request.policy === undefined && surface.stat(usual) === "missing") return undefined;
  const path = request.policy ?? usual;
  const read = readPolicy(relative(surface.folder, path), (most) => surface.read(path, most));
  if (read.kind === "error") throw new CiError("LYC5100", read.message);
  return read.policy;
}

/** Adds the policy's violations to a preview, and makes the preview fail. Deleted executions are not checked. */
export function underPolicy(
  data: PreviewData,
  policy: Policy | undefined,
  folder: string,
  { files, variable }: Files,
): PreviewData {
  if (policy === undefined || !data.succeeded) return data;
  const project = { folder, files, variable };
  const running = data.executions.filter(({ action, inputs }) => action !== "delete" && !adoptsRun(inputs));
  const own = running.flatMap(({ name, inputs }) => {
    const subject = subjectOf({ name, stack: data.stack }, inputs);
    return [
      ...RULE_NAMES.flatMap((rule) => declaredViolations(rule, policy, subject, inputs, project)),
      ...(policy.noPlaintextSecrets === true ? plaintextViolations(name, inputs, project) : []),
    ];
  });
  const cost = costViolations(policy, data.cost).map((violation) => asDiagnostic(violation, undefined));
  const violations = [...own, ...cost];
  return { ...data, succeeded: violations.length === 0, violations, unknownImages: unknownImages(running, policy) };
}

/** Names of the executions with an image that is not known yet, if the policy has a rule about images. */
function unknownImages(executions: PreviewData["executions"], { pinnedImages, registries }: Policy): readonly string[] {
  if (pinnedImages !== true && registries === undefined) return [];
  const isUnknown = ({ inputs }: PreviewData["executions"][number]) =>
    subjectOf({ name: "", stack: "" }, inputs).images?.some((image) => image.isUnknown === true);
  return executions.filter(isUnknown).map(({ name }) => name);
}
