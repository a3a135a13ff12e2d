import { resolve } from "node:path";
import { diskFiles } from "../../compose/project";
import {
  POLICY_FILE,
  type Policy,
  type Prices,
  RULE_NAMES,
  RULES,
  type RuleName,
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
import { readPolicyFile } from "./read-policy";
import type { LyceumPolicy } from "./types";

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

/** The policies of the rules that a policy has. */
function policiesOf(policy: Policy, project: ProjectFolder): LyceumPolicy[] {
  const { maxCost, noPlaintextSecrets } = policy;
  return [
    ...RULE_NAMES.filter((rule) => policy[rule] !== undefined && policy[rule] !== false).map((rule) =>
      rulePolicy(rule, policy, project),
    ),
    ...(noPlaintextSecrets === true ? [plaintextPolicy(project)] : []),
    ...(maxCost === undefined ? [] : [costPolicy(headOf("maxCost", WHOLE_RULES.maxCost.title), policy, prices)]),
  ];
}

function rulePolicy(rule: RuleName, policy: Policy, project: ProjectFolder): LyceumPolicy {
  return {
    ...headOf(rule, RULES[rule].title),
    validateResource: (resource, report) => {
      if (!isEvaluated(resource)) return;
      for (const violation of declaredViolations(rule, policy, subjectIn(resource), resource.props, project)) {
        report(violationLine(violation));
      }
    },
  };
}

/** A pack is not shown whether the text that a program gives is secret: only files are checked. */
function plaintextPolicy(project: ProjectFolder): LyceumPolicy {
  return {
    ...headOf("noPlaintextSecrets", WHOLE_RULES.noPlaintextSecrets.title),
    validateResource: (resource, report) => {
      if (!isEvaluated(resource) || resource.props.composeFile === undefined) return;
      for (const violation of plaintextViolations(resource.name, resource.props, project))
        report(violationLine(violation));
    },
  };
}

function headOf(rule: keyof Policy, title: string): Pick<LyceumPolicy, "name" | "description" | "enforcementLevel"> {
  const name = `lyceum-${rule.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return { name, description: `${title}.`, enforcementLevel: "mandatory" };
}

function prices(): Promise<Prices> {
  return readPrices(new AbortController().signal);
}
