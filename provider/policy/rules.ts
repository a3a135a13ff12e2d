import { imageError, readImageReference } from "../../compose";
import { INPUT_DEFAULTS } from "../schema";
import { matchesPattern, matchesPrefix } from "./glob";
import type { Policy, PolicyImage, PolicySubject, Violation } from "./policy";

/** A violation of a rule by one execution. */
export interface Finding {
  readonly message: string;
  readonly path?: readonly (string | number)[];
}

/** One rule in the table `RULES`. */
export interface Rule {
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

/** The name of a stack without its organization and project. */
const lastPart = (stack: string): string => stack.split("/").at(-1) ?? stack;

/** Returns true if a pattern matches a stack. The organization and the project do not count. */
export function matchesStack(pattern: string, stack: string): boolean {
  return matchesPattern(lastPart(pattern), lastPart(stack));
}

/** The default of `gracefulTimeout`, in seconds. `maxTimeout` allows every run this time in addition, to stop. */
const DEFAULT_GRACE = Number(INPUT_DEFAULTS.gracefulTimeout);

const is = (wrong: boolean, message: string): readonly Finding[] => (wrong ? [{ message }] : []);

/** The rules about one execution. `WHOLE_RULES` has the other rules. */
export const RULES = {
  maxTimeout: {
    code: "LYC5101",
    title: "The timeout of a run is longer than the policy allows",
    remedy: "Lower `timeout` or `gracefulTimeout`.",
    check: ({ maxTimeout: most = Number.POSITIVE_INFINITY }, { timeout, gracefulTimeout }) => {
      if (timeout === undefined || gracefulTimeout === undefined) {
        const name = timeout === undefined ? "timeout" : "gracefulTimeout";
        return is(true, `${name} is not known at preview`);
      }
      if (timeout > most) return is(true, `timeout is ${timeout} s, at most ${most} s are allowed`);
      const longest = most + DEFAULT_GRACE;
      const words = `timeout is ${timeout} s and gracefulTimeout ${gracefulTimeout} s, together at most ${longest} s are allowed`;
      return is(timeout + gracefulTimeout > longest, words);
    },
  },
  executionTypes: {
    code: "LYC5102",
    title: "The policy does not allow the machine",
    remedy: "Set `executionType` to a machine that is allowed.",
    check: ({ executionTypes: allowed }, { executionType }) =>
      is(
        allowed?.some((pattern) => executionType !== undefined && matchesPattern(pattern, executionType)) === false,
        `executionType is ${executionType ?? "not known at preview"}, allowed: ${allowed?.join(", ")}`,
      ),
  },
  pinnedImages: {
    code: "LYC5103",
    title: "The name of an image has no digest",
    remedy: "Write it as `NAME@sha256:…`. The command `docker buildx imagetools inspect IMAGE` shows the digest.",
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
  allowedKeys: {
    code: "LYC5108",
    title: "A Compose document has a part that the policy cannot check",
    remedy: "Remove it, or add its key to `allowedKeys` of the policy.",
    check: ({ allowedKeys = [] }, subject) => {
      const allowed: readonly string[] = allowedKeys;
      // `parts` is undefined if the document is unknown, secret or unreadable. The rules about images then refuse the
      // document, so this rule finds nothing.
      return subject.parts?.filter(({ key, isUnknown }) => !isUnknown && !allowed.includes(key)) ?? [];
    },
  },
  maxAttempts: {
    code: "LYC5116",
    title: "One command may start more runs of a resource than the policy allows",
    remedy: "Lower `attempts` of `retries`, or leave `retries` out.",
    check: ({ maxAttempts: most = Number.POSITIVE_INFINITY }, { attempts }) =>
      attempts === undefined
        ? is(true, "retries is not known at preview")
        : is(attempts > most, `retries allows ${attempts} runs, at most ${most} ${most === 1 ? "is" : "are"} allowed`),
  },
  awaitCompletedOn: {
    code: "LYC5106",
    title: "A run of a protected stack is not awaited until it has completed",
    remedy: 'Set `waitFor` to "completed".',
    check: ({ awaitCompletedOn }, { stack, waitFor }) =>
      is(
        awaitCompletedOn?.some((one) => matchesStack(one, stack)) === true && waitFor !== "completed",
        `waitFor is ${waitFor ?? "not known at preview"} on the stack ${stack}`,
      ),
  },
  fileName: {
    code: "LYC5111",
    title: "The label of a run matches no pattern of the policy",
    remedy: "Set `fileName`, or rename the resource, whose name is the label of a run without `fileName`.",
    check: ({ fileName: patterns }, { fileName }) =>
      is(
        patterns?.some((pattern) => fileName !== undefined && matchesPattern(pattern, fileName)) === false,
        `fileName is ${fileName ?? "not known at preview"}, allowed: ${patterns?.join(", ")}`,
      ),
  },
} as const satisfies Partial<Record<keyof Policy, Rule>>;

/** The name of a rule about one execution. The name is also the rule's key in the policy file. */
export type RuleName = keyof typeof RULES;

/** The names of the rules about one execution, in their order. */
export const RULE_NAMES = Object.keys(RULES) as RuleName[];

/**
 * Evaluates one rule for an execution, and returns the violations. Reads only the inputs that the rule needs, because
 * reading an unknown input may throw an error.
 */
export function ruleViolations(rule: RuleName, policy: Policy, subject: PolicySubject): readonly Violation[] {
  const { code, remedy, check }: Rule = RULES[rule];
  if (!isActive(rule, policy)) return [];
  return check(policy, subject).map(({ message, path }) => ({
    rule,
    code,
    name: subject.name,
    remedy,
    message,
    ...(path === undefined ? {} : { path }),
  }));
}

/** Docker's names for its own registry. An image without a registry in its name comes from this registry. */
const HUB = { current: "docker.io", older: "index.docker.io" } as const;

/** Returns true if a policy sets a rule. `allowedKeys` applies if the policy sets `pinnedImages` or `registries`. */
export function isActive(rule: RuleName, policy: Policy): boolean {
  if (rule === "allowedKeys") return policy.pinnedImages === true || policy.registries !== undefined;
  return policy[rule] !== undefined && policy[rule] !== false;
}

/**
 * Returns true if an image name may be an image id. Docker first looks for a local image whose id begins with the name.
 */
function mayBeId(image: string): boolean {
  return /^(?:sha256:)?[0-9a-f]+$/.test(image);
}

/**
 * Returns true if an image name contains a valid digest. Docker refuses any other digest, or reads the name
 * differently.
 */
export function isPinned(image: string): boolean {
  if (imageError(image) !== undefined) return false;
  return /^sha256:[0-9a-f]{64}$/.test(readImageReference(image).digests[0] ?? "");
}

/** Returns true if an image comes from a registry, or from a folder of a registry such as `ghcr.io/acme`. */
export function comesFrom(image: string, registry: string): boolean {
  if (imageError(image) !== undefined || mayBeId(image)) return false;
  return matchesPrefix(registry.replace(/\/$/, ""), repositoryOf(image));
}

/** Returns the registry and the repository of an image, such as `docker.io/library/busybox`. */
function repositoryOf(image: string): string {
  const { registry: named = HUB.current, path } = readImageReference(image);
  const registry = named === HUB.older ? HUB.current : named;
  return `${registry}/${registry === HUB.current && !path.includes("/") ? "library/" : ""}${path}`;
}
