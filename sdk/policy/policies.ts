import { resolve } from "node:path";
import type { Diagnostic } from "../../compose";
import { diskFiles, fileErrorMessage } from "../../compose/project";
import {
  INVALID_POLICY,
  POLICY_FILE,
  type Policy,
  RULE_NAMES,
  RULES,
  readPolicy,
  WHOLE_RULES,
} from "../../provider/policy";
import {
  declaredViolations,
  type ProjectFolder,
  plaintextViolations,
  violationLine,
} from "../../provider/policy/declared";
import { readPrices } from "../../provider/reads";
import { costPolicy } from "./cost-policy";
import { isEvaluated, subjectIn } from "./declared";
import type { LyceumPolicy, PolicyHead, ValidatedResource } from "./types";

/**
 * Options of {@link lyceumPolicies}.
 *
 * @example
 * ```ts
 * import { join } from "node:path";
 * import { type LyceumPolicyOptions, lyceumPolicies } from "pulumi-lyceum/policy";
 *
 * const options: LyceumPolicyOptions = { folder: join(__dirname, "../infra"), file: join(__dirname, "../policies/runs.yaml") };
 * const policies = lyceumPolicies(options);
 * ```
 */
export interface LyceumPolicyOptions {
  /**
   * The folder of the Pulumi project, in which the Compose files of its program are found. A relative path starts where the language host runs the
   * pack, so give an absolute one. Default: that folder.
   */
  readonly folder?: string;
  /** The policy, likewise. Default: `lyceum-policy.yaml` in `folder`. */
  readonly file?: string;
}

/**
 * The rules of a policy in YAML as policies for a pack of `@pulumi/policy`: one for each key of the file. `ci preview` evaluates the same rules.
 *
 * @example
 * ```ts
 * import { join } from "node:path";
 * import { PolicyPack } from "@pulumi/policy";
 * import { lyceumPolicies } from "pulumi-lyceum/policy";
 *
 * new PolicyPack("runs", { policies: lyceumPolicies({ folder: join(__dirname, "../infra") }) });
 * ```
 *
 * @throws Error `LYC5100` where the file is missing, is not valid, or has no rule.
 */
export function lyceumPolicies(options: LyceumPolicyOptions = {}): LyceumPolicy[] {
  const folder = resolve(options.folder ?? ".");
  const policy = readPolicyFile(resolve(options.file ?? `${folder}/${POLICY_FILE}`));
  return policiesOf(policy, { folder, files: diskFiles, variable: (name) => process.env[name] });
}

/** The policies of the rules in a policy. */
function policiesOf(policy: Policy, project: ProjectFolder): LyceumPolicy[] {
  const { maxCost, noPlaintextSecrets } = policy;
  return [
    ...RULE_NAMES.filter((rule) => policy[rule] !== undefined && policy[rule] !== false).map((rule) =>
      policyOf(headOf(rule, RULES[rule].title), (resource) =>
        declaredViolations(rule, policy, subjectIn(resource), resource.props, project),
      ),
    ),
    ...(noPlaintextSecrets === true ? [plaintextPolicy(project)] : []),
    ...(maxCost === undefined ? [] : [costPolicy(headOf("maxCost", WHOLE_RULES.maxCost.title), policy, readPrices)]),
  ];
}

function policyOf(head: PolicyHead, violationsOf: (one: ValidatedResource) => Iterable<Diagnostic>): LyceumPolicy {
  return {
    ...head,
    validateResource: (resource, report) => {
      if (!isEvaluated(resource)) return;
      for (const violation of violationsOf(resource)) report(violationLine(violation));
    },
  };
}

/** The policy about plaintext secrets in files. A pack does not know whether the program's own text is secret. */
function plaintextPolicy(project: ProjectFolder): LyceumPolicy {
  const head = headOf("noPlaintextSecrets", WHOLE_RULES.noPlaintextSecrets.title);
  return policyOf(head, ({ name, props }) =>
    props.composeFile === undefined ? [] : plaintextViolations(name, props, project),
  );
}

function headOf(rule: keyof Policy, title: string): PolicyHead {
  const name = `lyceum-${rule.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return { name, description: `${title}.`, enforcementLevel: "mandatory" };
}

/** Reads the policy of a pack. An invalid file, or one without a rule, is an error: it would allow everything. */
function readPolicyFile(path: string): Policy {
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
