import { dirname, join, relative } from "node:path";
import {
  costOfRuns,
  dayOf,
  type EndedResource,
  type Evaluation,
  outsideHours,
  POLICY_FILE,
  type Policy,
  type PolicyFile,
  type PolicyPlan,
  patternWarnings,
  policyForStack,
  RULE_NAMES,
  readPolicy,
  WHOLE_RULE_NAMES,
  wholeViolations,
  withoutExceptions,
} from "../../../provider/policy";
import {
  adoptsRun,
  asDiagnostic,
  declaredViolations,
  type ProjectFolder,
  plaintextViolations,
  stacksWithSettings,
  subjectOf,
} from "../../../provider/policy/declared";
import { nameOf, typeOf } from "../../../provider/schema";
import type { Surface } from "../../command";
import { CiError } from "../catalogue";
import type { CiRequest } from "../options";
import { findProjects, readProjectIn } from "../repository/projects";
import { startsRun } from "../stack/plan";
import type { Account } from "./account";
import { policyPath } from "./policy-file";
import { readAtRef } from "./policy-ref";
import type { PreviewData } from "./preview-data";

type Files = Pick<Surface, "read" | "stat" | "files" | "folder" | "variable">;

/** The options of a request that decide which policy is read. */
type PolicyRequest = Pick<CiRequest, "policy" | "policyRef" | "folder">;

/**
 * Reads the policy of the project; `undefined` if the project has none. The policy may be in a folder above the
 * project, up to the root of the repository. If the command line names a policy, the file must exist. With
 * `--policy-ref`, reads the policy from another commit, such as the base branch. If that commit has no policy, reads
 * the policy in the working tree, because without any policy every change would be allowed.
 */
export function policyOf(request: PolicyRequest, surface: Files, atRef = readAtRef): PolicyFile | undefined {
  const { policyRef } = request;
  const nameOfFile = (path: string) => relative(surface.folder, path);
  const own = () => (request.policy === undefined ? { name: readProjectIn(request.folder, surface).name } : undefined);
  const usual = request.policy ?? join(request.folder, POLICY_FILE);
  const recorded = policyRef === undefined ? undefined : atRef(policyRef, usual, own());
  if (recorded !== undefined && recorded.kind !== "missing")
    return parsed(readPolicy(`${recorded.movedFrom ?? nameOfFile(usual)} of ${policyRef}`, () => recorded));
  const path = policyPath(request, surface);
  return path === undefined ? undefined : parsed(readPolicy(nameOfFile(path), (most) => surface.read(path, most)));
}

function parsed(read: ReturnType<typeof readPolicy>): PolicyFile {
  if (read.kind === "error") throw new CiError("LYC5100", read.message);
  return read.policy;
}

/**
 * Adds the violations of the policy to a preview. The preview fails if at least one violation is an error. The rules
 * about single executions check no execution that is deleted or that adopts a run.
 *
 * @param of `change` if an apply or a destroy follows. Only then is a violation of the rule `workingHours` an error;
 * otherwise it is a warning
 */
export function underPolicy(
  data: PreviewData,
  file: PolicyFile | undefined,
  folder: string,
  surface: Files,
  account: Account,
  of: "preview" | "change" = "preview",
): PreviewData {
  if (file === undefined || !data.succeeded) return data;
  const { files, variable } = surface;
  const project = { folder, files, variable };
  const { refuse, warn, exceptions } = policyForStack(file, data.stack);
  const today = dayOf(account.now);
  const plan = planOf(data, account);
  const hoursOf = ({ workingHours }: Policy) => (workingHours === undefined ? {} : { workingHours });
  const { workingHours: _hours, ...always } = refuse;
  const [refused, warned] = of === "change" ? [refuse, warn] : [always, { ...hoursOf(refuse), ...warn }];
  const stacks = [data.stack, ...stacksWithSettings(folder, files), ...stacksBelow(folder, surface)];
  const violations = [
    ...violationsOf(data, refused, plan, project, { severity: "error", exceptions, today }),
    ...violationsOf(data, warned, plan, project, { severity: "warning", exceptions, today }),
    ...patternWarnings(file, stacks).map((one) => asDiagnostic(one, undefined, "warning")),
  ];
  const succeeded = violations.every(({ severity }) => severity !== "error");
  return { ...data, succeeded, violations, unknownImages: unknownImages(runningIn(data), refuse) };
}

/**
 * Returns the stacks of all projects below the policy file. Empty if the file is not above the project's folder. A
 * pattern of the policy that matches one of these stacks gets no warning.
 */
function stacksBelow(folder: string, surface: Files): readonly string[] {
  const path = policyPath({ folder, policy: undefined }, surface);
  if (path === undefined || dirname(path) === folder) return [];
  const root = dirname(path);
  const read = (file: string, most: number) => surface.read(join(root, file), most);
  return findProjects({ folder: root, read }).flatMap(({ stacks }) => stacks);
}

/**
 * Returns whether the policy refuses a change at `now`, outside of the policy's working hours. The hours may end during
 * a preview, so a command calls the function again before the change begins.
 */
export function isAfterHours(file: PolicyFile | undefined, stack: string, now: number): boolean {
  const hours = file === undefined ? undefined : policyForStack(file, stack).refuse.workingHours;
  return hours !== undefined && outsideHours(hours, now) !== undefined;
}

function runningIn({ executions }: PreviewData): PreviewData["executions"] {
  return executions.filter(({ action, inputs }) => action !== "delete" && !adoptsRun(inputs));
}

function violationsOf(
  data: PreviewData,
  policy: Policy,
  plan: PolicyPlan,
  project: ProjectFolder,
  evaluation: Evaluation,
): PreviewData["violations"] {
  const own = runningIn(data).flatMap(({ name, inputs }) => {
    const subject = subjectOf({ name, stack: data.stack }, inputs);
    return [
      ...RULE_NAMES.flatMap((rule) => declaredViolations(rule, policy, subject, inputs, project, evaluation)),
      ...(policy.noPlaintextSecrets === true ? plaintextViolations(name, inputs, project, evaluation) : []),
    ];
  });
  const whole = WHOLE_RULE_NAMES.flatMap((rule) => wholeViolations(rule, policy, plan));
  const kept = withoutExceptions(whole, evaluation);
  return [...own, ...kept.map((violation) => asDiagnostic(violation, undefined, evaluation.severity))];
}

function subject(urn: string): Pick<EndedResource, "name" | "type"> {
  return { name: nameOf(urn), type: typeOf(urn) };
}

/** Whether only the version of a provider changes. */
function isNewVersion({ properties }: PreviewData["resources"][number]): boolean {
  return properties.length > 0 && properties.every((name) => name === "version");
}

/** Returns what the previewed command would start, end and cost, for the rules about a whole command. */
function planOf(
  { executions, resources, renamed, counts, uploads }: PreviewData,
  { prices, active, month, now }: Account,
): PolicyPlan {
  const aborted = new Set(executions.map(({ aborts }) => aborts));
  const stay = active?.filter(({ executionId }) => !aborted.has(executionId));
  const before = new Map(renamed.map(({ urn, from }) => [urn, from]));
  const ended = [
    ...executions.filter(({ action, isReplaced, aborts }) => action === "delete" || isReplaced || aborts !== undefined),
    ...resources.filter(({ action }) => action === "delete" || action === "replace"),
  ].map(({ urn, action }): EndedResource => {
    return { ...subject(before.get(urn) ?? urn), action: action === "delete" ? "deleted" : "replaced" };
  });
  const changed = resources
    .filter((one) => one.action === "update" && one.type.startsWith("pulumi:providers:") && !isNewVersion(one))
    .map(({ urn }): EndedResource => ({ ...subject(before.get(urn) ?? urn), action: "changed" }));
  const moved = renamed.map(({ urn, from }): EndedResource => {
    return { ...subject(from), action: "renamed", becomes: subject(urn) };
  });
  const ends = [...ended, ...changed, ...moved];
  return {
    starts: executions.filter(startsRun),
    prices,
    active: stay?.length,
    month: month === undefined ? undefined : costOfRuns(month, prices),
    ends,
    uploads,
    // A change of a default provider is only in `counts`, and a rename is only in `renamed`.
    changes:
      [...resources, ...renamed].length > 0 ||
      executions.some(({ action }) => action !== "keep") ||
      Object.entries(counts).some(([op, count]) => op !== "same" && count > 0),
    now,
  };
}

/**
 * Returns the names of the executions with an image that is not known yet; empty if the policy has no rule about
 * images.
 */
function unknownImages(executions: PreviewData["executions"], { pinnedImages, registries }: Policy): readonly string[] {
  if (pinnedImages !== true && registries === undefined) return [];
  const isUnknown = ({ inputs }: PreviewData["executions"][number]) =>
    subjectOf({ name: "", stack: "" }, inputs).images?.some((image) => image.isUnknown === true);
  return executions.filter(isUnknown).map(({ name }) => name);
}
