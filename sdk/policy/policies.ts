import { resolve } from "node:path";
import type { Diagnostic } from "../../compose";
import { diskFiles } from "../../compose/node";
import { fileErrorMessage } from "../../compose/project";
import {
  dayOf,
  type Evaluation,
  INVALID_POLICY,
  isActive,
  POLICY_FILE,
  type Policy,
  type PolicyFile,
  policyForStack,
  REMEDIED,
  type Remedy,
  RULE_NAMES,
  RULES,
  readPolicy,
  remedyOf,
  type StackPolicy,
  WHOLE_RULES,
} from "../../provider/policy";
import {
  declaredViolations,
  type ProjectFolder,
  plaintextViolations,
  violationLine,
} from "../../provider/policy/declared";
import { readPrices } from "../../provider/reads";
import { readUrn } from "../../provider/schema";
import { costPolicy } from "./cost-policy";
import { asValidated, isEvaluated, subjectIn } from "./declared";
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
   * The folder of the Pulumi project, which contains the Compose files of the program. Use an absolute path. A relative
   * path, and the default `.`, start at the folder in which the language host runs the pack.
   */
  readonly folder?: string;
  /** The absolute path of the policy file. Default: `lyceum-policy.yaml` in `folder`. */
  readonly file?: string;
  /**
   * If true, Pulumi changes inputs instead of stopping. The policy lowers `timeout` and `gracefulTimeout` to the limit
   * of `maxTimeout`, and chooses the first machine without a `*` in `executionTypes`. Pulumi prints each change. Rules
   * below `warn` change nothing. Default: false.
   */
  readonly remediate?: boolean;
}

/**
 * Returns the policies for a pack of `@pulumi/policy`: one policy for each rule of the policy file that a pack can
 * evaluate. The command `ci preview` evaluates the same rules.
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
 * @throws Error `LYC5100` if the file is missing, is not valid, or has no rule.
 */
export function lyceumPolicies(options: LyceumPolicyOptions = {}): LyceumPolicy[] {
  const folder = resolve(options.folder ?? ".");
  const path = resolve(options.file ?? `${folder}/${POLICY_FILE}`);
  const project = { folder, files: diskFiles, variable: (name: string) => process.env[name] };
  const policies = policiesOf(readPolicyFile(path), project, options.remediate === true);
  if (policies.length === 0) throw invalid(`The policy ${path} has no rule that a pack can evaluate.`);
  return policies;
}

/** How Pulumi enforces a rule. Rules under `refuse` stop a command. Rules under `warn` cause a warning. */
const LEVELS = [
  { part: "refuse", enforcementLevel: "mandatory", severity: "error", prefix: "lyceum" },
  { part: "warn", enforcementLevel: "advisory", severity: "warning", prefix: "lyceum-warn" },
] as const;

/**
 * Returns the policies for the rules of a policy file. The list is the same for all stacks. Each policy evaluates the
 * rules of the resource's stack.
 */
function policiesOf(file: PolicyFile, project: ProjectFolder, remediates: boolean): LyceumPolicy[] {
  const sections = [file, ...Object.values(file.stacks ?? {})];
  return LEVELS.flatMap((level) => {
    const all: readonly Policy[] = sections.map((one) => (level.part === "refuse" ? one : (one.warn ?? {})));
    const policyFor = (urn: string) => policyForStack(file, readUrn(urn)?.stack ?? "");
    const headOf = (rule: keyof Policy, title: string): PolicyHead => {
      const name = `${level.prefix}-${rule.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      return { name, description: `${title}.`, enforcementLevel: level.enforcementLevel };
    };
    const evaluationOf = ({ exceptions }: StackPolicy): Evaluation => {
      return { severity: level.severity, exceptions, today: dayOf(Date.now()) };
    };
    const { noPlaintextSecrets, maxCost } = WHOLE_RULES;
    return [
      ...RULE_NAMES.filter((rule) => all.some((policy) => isActive(rule, policy))).map((rule) => {
        const violationsOf = (resource: ValidatedResource) => {
          const own = policyFor(resource.urn);
          const { props } = resource;
          return declaredViolations(rule, own[level.part], subjectIn(resource), props, project, evaluationOf(own));
        };
        const policy = policyOf(headOf(rule, RULES[rule].title), violationsOf);
        if (!remediates || level.part !== "refuse" || !REMEDIED.includes(rule)) return policy;
        return withRemedy(policy, (resource) =>
          violationsOf(resource).length === 0
            ? undefined
            : remedyOf(rule, policyFor(resource.urn).refuse, subjectIn(resource)),
        );
      }),
      ...(all.some((policy) => policy.noPlaintextSecrets === true)
        ? [
            // Only Compose files are checked. A pack does not know whether a Compose text in the program is secret.
            policyOf(headOf("noPlaintextSecrets", noPlaintextSecrets.title), ({ name, urn, props }) => {
              const own = policyFor(urn);
              if (own[level.part].noPlaintextSecrets !== true || props.composeFile === undefined) return [];
              return plaintextViolations(name, props, project, evaluationOf(own));
            }),
          ]
        : []),
      ...(all.some((policy) => policy.maxCost !== undefined)
        ? [
            costPolicy(headOf("maxCost", maxCost.title), readPrices, (urn) => {
              const own = policyFor(urn);
              return { policy: own[level.part], evaluation: evaluationOf(own) };
            }),
          ]
        : []),
    ];
  });
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

/**
 * Returns a policy that changes inputs instead of stopping the command. If a violation remains, Pulumi stops the
 * command.
 */
function withRemedy(policy: LyceumPolicy, remedy: (one: ValidatedResource) => Remedy | undefined): LyceumPolicy {
  return {
    ...policy,
    enforcementLevel: "remediate",
    remediateResource: (resource) => {
      const inputs = isEvaluated(resource) ? remedy(asValidated(resource)) : undefined;
      // The inputs are changed in place, because a copy would read all inputs, and fail if a preview does not know one
      // of them.
      return inputs === undefined ? undefined : Object.assign(resource.props, inputs);
    },
  };
}

/**
 * Reads the policy file of a pack. Throws if the file cannot be read or is not valid, because the pack would then allow
 * everything.
 */
function readPolicyFile(path: string): PolicyFile {
  const read = readPolicy(path, (most) => {
    const found = diskFiles.read(path, most);
    return found.kind === "bytes" ? found : { kind: "error", reason: fileErrorMessage(found.reason, most) };
  });
  if (read.kind === "error") throw invalid(read.message);
  return read.policy;
}

function invalid(detail: string): Error {
  return new Error(`${INVALID_POLICY.code}: ${detail} ${INVALID_POLICY.remedy}`);
}
