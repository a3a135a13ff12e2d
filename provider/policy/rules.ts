import { readImageReference } from "../../compose";
import type { Policy, PolicyImage, PolicySubject, Violation } from "./policy";

/** A violation by one execution. */
interface Finding {
  readonly message: string;
  readonly path?: readonly (string | number)[];
}

/** A rule of the table. */
interface Rule {
  readonly code: `LYC51${string}`;
  readonly title: string;
  readonly remedy: string;
  readonly check: (policy: Policy, subject: PolicySubject) => readonly Finding[];
}

const UNKNOWN = "its images cannot be checked: the Compose document is secret, or not known at preview";

function images(subject: PolicySubject, isWrong: (image: string) => boolean, how: string): readonly Finding[] {
  if (subject.images === undefined) return [{ message: UNKNOWN }];
  const finding = ({ service, image, path, isHidden }: PolicyImage): Finding => ({
    message:
      image === undefined
        ? `an image of service ${service} cannot be checked: no name is written out for it`
        : `${isHidden === true ? "an image" : `image ${image}`} of service ${service} ${how}`,
    path,
  });
  const known = subject.images.filter(({ isUnknown }) => isUnknown !== true);
  return known.filter(({ image }) => image === undefined || isWrong(image)).map(finding);
}

/** The name of a stack without organization and project. A command may include or omit these. */
const lastPart = (stack: string): string => stack.split("/").at(-1) ?? stack;

const is = (wrong: boolean, message: string): readonly Finding[] => (wrong ? [{ message }] : []);

/**
 * The rules about one execution, except those about plaintext secrets and about the cost of all runs, which the callers
 * evaluate.
 */
export const RULES = {
  maxTimeout: {
    code: "LYC5101",
    title: "The timeout of a run is longer than the policy allows",
    remedy: "Lower `timeout`.",
    check: ({ maxTimeout: most = Number.POSITIVE_INFINITY }, { timeout }) =>
      timeout === undefined
        ? is(most !== Number.POSITIVE_INFINITY, "timeout is not known at preview")
        : is(timeout > most, `timeout is ${timeout} s, at most ${most} s are allowed`),
  },
  executionTypes: {
    code: "LYC5102",
    title: "The policy does not allow the machine",
    remedy: "Set `executionType` to a machine that is allowed.",
    check: ({ executionTypes: allowed }, { executionType }) =>
      is(
        allowed !== undefined && !allowed.includes(executionType ?? ""),
        `executionType is ${executionType ?? "not known at preview"}, allowed: ${allowed?.join(", ")}`,
      ),
  },
  pinnedImages: {
    code: "LYC5103",
    title: "An image is not named with its digest",
    remedy: "Name it as `image@sha256:…`, which `docker buildx imagetools inspect IMAGE` shows.",
    check: ({ pinnedImages }, subject) =>
      pinnedImages === true ? images(subject, (image) => !isPinned(image), "has no digest") : [],
  },
  registries: {
    code: "LYC5104",
    title: "An image comes from a registry that the policy does not allow",
    remedy: "Use an image of a registry that is allowed.",
    check: ({ registries }, subject) =>
      registries === undefined
        ? []
        : images(
            subject,
            (image) => !registries.some((registry) => comesFrom(image, registry)),
            `does not come from ${registries.join(" or ")}`,
          ),
  },
  awaitCompletedOn: {
    code: "LYC5106",
    title: "A run of a protected stack is not awaited until it has completed",
    remedy: 'Set `waitFor` to "completed".',
    check: ({ awaitCompletedOn }, { stack, waitFor }) =>
      is(
        awaitCompletedOn?.some((one) => lastPart(one) === lastPart(stack)) === true && waitFor !== "completed",
        `waitFor is ${waitFor ?? "not known at preview"} on the stack ${stack}`,
      ),
  },
} as const satisfies Partial<Record<keyof Policy, Rule>>;

/**
 * The rules about all executions together, and the rule about plaintext secrets, which the validation of documents
 * finds.
 */
export const WHOLE_RULES = {
  noPlaintextSecrets: {
    code: "LYC5105",
    title: "A Compose document holds a secret in plaintext",
    remedy: "Take it from a variable, or give the whole text as a secret.",
  },
  maxCost: {
    code: "LYC5107",
    title: "The runs may cost more than the policy allows",
    remedy: "Lower `timeout`, or use another machine.",
  },
} as const satisfies Partial<Record<keyof Policy, Omit<Rule, "check">>>;

/** Titles and remedies of violations by code, in the form of a report of diagnostics. */
export const POLICY_CATALOGUE: Readonly<
  Record<string, { readonly severity: "error"; readonly title: string; readonly remedy: string }>
> = Object.fromEntries(
  Object.values<Omit<Rule, "check">>({ ...RULES, ...WHOLE_RULES }).map(({ code, title, remedy }) => [
    code,
    { severity: "error", title, remedy },
  ]),
);

const UNKNOWN_PRICE =
  "Set LYCEUM_API_KEY, because Lyceum gives the prices. `executionType` and `timeout` must be known at preview.";

/** Whether the runs that start may cost too much. A run without a known price may cost any amount. */
export function costViolations(
  { maxCost }: Policy,
  { amount, unknown }: { readonly amount: number; readonly unknown: readonly string[] },
): readonly Violation[] {
  if (maxCost === undefined || (amount <= maxCost && unknown.length === 0)) return [];
  const { code, remedy } = WHOLE_RULES.maxCost;
  if (amount > maxCost) {
    return [
      { code, name: "", message: `the runs cost up to ${amount.toFixed(2)}, at most ${maxCost} is allowed`, remedy },
    ];
  }
  const message = `what the runs cost is not known: no price of ${unknown.join(", ")}`;
  return [{ code, name: "", message, remedy: UNKNOWN_PRICE }];
}

/** A rule about one execution, named by its key in the policy file. */
export type RuleName = keyof typeof RULES;

/** The rules about one execution, in their order. */
export const RULE_NAMES = Object.keys(RULES) as RuleName[];

/** The violations of one rule by an execution. It reads only the inputs that the rule needs. */
export function ruleViolations(rule: RuleName, policy: Policy, subject: PolicySubject): readonly Violation[] {
  const { code, remedy, check }: Rule = RULES[rule];
  return check(policy, subject).map((finding) => ({ code, name: subject.name, remedy, ...finding }));
}

/** Docker's names for its own registry. An image name without a registry means this one. */
const HUB = { current: "docker.io", older: "index.docker.io" } as const;

/** Whether an image has its digest in its name. */
export function isPinned(image: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(readImageReference(image).digests[0] ?? "");
}

/** Whether an image comes from a registry, or from a part of one such as `ghcr.io/acme`. */
export function comesFrom(image: string, registry: string): boolean {
  const wanted = registry.endsWith("/") ? registry.slice(0, -1) : registry;
  const repository = repositoryOf(image);
  return repository === wanted || repository.startsWith(`${wanted}/`);
}

/** Registry and repository, such as `docker.io/library/busybox`. */
function repositoryOf(image: string): string {
  const { registry: named = HUB.current, path } = readImageReference(image);
  const registry = named === HUB.older ? HUB.current : named;
  return `${registry}/${registry === HUB.current && !path.includes("/") ? "library/" : ""}${path}`;
}
