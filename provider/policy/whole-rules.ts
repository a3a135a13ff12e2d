import type { Severity } from "../../compose";
import { matchesPattern } from "./glob";
import type { EndedResource, PolicyPlan } from "./plan";
import {
  boundOf,
  boundOfAll,
  type CostBound,
  type Policy,
  type PolicyFile,
  type PricedRun,
  type Violation,
} from "./policy";
import { matchesStack, RULES, type Rule } from "./rules";
import { stackPatterns } from "./stack-policy";
import { outsideHours } from "./working-hours";

/** A violation by a whole command, or by one resource of the command. */
interface WholeFinding {
  readonly message: string;
  readonly name?: string;
  /** The remedy of this violation. If absent, the remedy of the rule is shown. */
  readonly remedy?: string;
}

interface WholeRule extends Omit<Rule, "check"> {
  /** The commands that evaluate the rule, as the reference page shows them. */
  readonly by: string;
  readonly check: (policy: Policy, plan: PolicyPlan) => readonly WholeFinding[];
}

const UNKNOWN_PRICE =
  "Set LYCEUM_API_KEY, because Lyceum gives the prices. `executionType`, `timeout` and `gracefulTimeout` must be known at preview, and the execution must use the account of this command.";
const NO_ACCOUNT = "Set LYCEUM_API_KEY, because Lyceum gives the runs of the account.";
const OTHER_ACCOUNT =
  "Use a provider without `apiKey`, `baseUrl` and `orgSlug`, so that it has the account of this command. Or set no limit for the account on this stack.";

/**
 * The rules about a whole command. `noPlaintextSecrets` has only its texts here; `plaintextViolations` evaluates it.
 */
export const WHOLE_RULES = {
  noPlaintextSecrets: {
    code: "LYC5105",
    by: "`ci`; a pack, but only in Compose files",
    title: "A Compose document holds a secret in plaintext",
    remedy: "Take it from a variable, or give the whole text as a secret.",
    check: () => [],
  },
  maxCost: {
    code: "LYC5107",
    by: "`ci`; a pack",
    title: "The runs may cost more than the policy allows",
    remedy: "Lower `timeout` or `gracefulTimeout`, or use another machine.",
    check: ({ maxCost }, { starts, prices }) =>
      maxCost === undefined ? [] : overLimit(boundOfAll(starts, prices), maxCost, "the runs"),
  },
  maxCostPerRun: {
    code: "LYC5109",
    by: "`ci`",
    title: "A run may cost more than the policy allows",
    remedy: "Lower `timeout` or `gracefulTimeout`, or use another machine.",
    check: ({ maxCostPerRun: most }, { starts, prices }) =>
      most === undefined
        ? []
        : starts.flatMap((run): readonly WholeFinding[] => {
            const bound = boundOf(run, prices);
            const { name } = run;
            if (bound === undefined)
              return [{ name, message: "what its run costs is not known", remedy: UNKNOWN_PRICE }];
            return bound > most ? [{ name, message: `its run costs up to ${overOf(bound, most)}` }] : [];
          }),
  },
  maxCostPerMonth: {
    code: "LYC5110",
    by: "`ci`",
    title: "The runs of this month may cost more than the policy allows",
    remedy: "Wait for the next month (UTC), lower `timeout` or `gracefulTimeout`, or use another machine.",
    check: ({ maxCostPerMonth: most }, { starts, prices, month }) => {
      if (most === undefined || starts.length === 0) return [];
      if (starts.some(isElsewhere)) return otherAccounts(starts, "the runs of this month");
      if (month === undefined) return [{ message: "the runs of this month are not known", remedy: NO_ACCOUNT }];
      const own = boundOfAll(starts, prices);
      const all = { amount: month.amount + own.amount, unknown: [...own.unknown, ...month.unknown] };
      return overLimit(all, most, "the runs of this month and those that start");
    },
  },
  parallelRuns: {
    code: "LYC5112",
    by: "`ci`",
    title: "More runs would be active at once than the policy allows",
    remedy: "Wait until other runs have ended, or start fewer runs in one apply.",
    check: ({ parallelRuns: most }, { starts, active }) => {
      if (most === undefined || starts.length === 0) return [];
      if (starts.some(isElsewhere)) return otherAccounts(starts, "the active runs");
      if (active === undefined) return [{ message: "the active runs are not known", remedy: NO_ACCOUNT }];
      const all = starts.length + active;
      const words = `${starts.length} would start next to ${active} of the account, at most ${most} may be active`;
      return all > most ? [{ message: `up to ${all} runs would be active: ${words}` }] : [];
    },
  },
  maxUploadBytes: {
    code: "LYC5115",
    by: "`ci`, and the provider at the update",
    title: "More would be uploaded than the policy allows",
    remedy: "Leave files out with `exclude`, or upload less in one apply.",
    check: ({ maxUploadBytes: most }, { uploads }) => {
      if (most === undefined) return [];
      const unknown = uploads.filter(({ bytes }) => bytes === undefined);
      const all = uploads.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
      const over = all > most ? [{ message: `${all} bytes would be uploaded, at most ${most} are allowed` }] : [];
      return [...over, ...unknown.map(({ name }) => ({ name, message: "what it uploads is not known at preview" }))];
    },
  },
  workingHours: {
    code: "LYC5113",
    by: "`ci apply` and `ci destroy`; a preview warns",
    title: "The policy allows no change at this time",
    remedy: "Run the command again at a time that the policy allows.",
    check: ({ workingHours }, { changes, now }) => {
      const message = workingHours === undefined || !changes ? undefined : outsideHours(workingHours, now);
      return message === undefined ? [] : [{ message }];
    },
  },
  protected: {
    code: "LYC5114",
    by: "`ci`, also before a destroy",
    title:
      "The policy protects a resource that would be deleted, replaced or renamed, or a provider that would be changed",
    remedy: "Undo this change of the program, or change `protected` of the policy first.",
    check: ({ protected: patterns = [] }, { ends }) =>
      ends.flatMap(({ name, type, action, becomes }) => {
        // A rename is allowed if a pattern protects the new name. If no pattern protects the new name, a later command
        // could delete the resource.
        if (becomes !== undefined && patterns.some((pattern) => protects(pattern, becomes))) return [];
        const found = patterns.find((pattern) => protects(pattern, { name, type }));
        return found === undefined ? [] : [{ name, message: `it would be ${action}, and ${found} protects it` }];
      }),
  },
} as const satisfies Partial<Record<keyof Policy, WholeRule>>;

/**
 * Returns true if a pattern protects a resource. A pattern with a colon is compared with the type of the resource,
 * another pattern with its name.
 */
function protects(pattern: string, { name, type }: Pick<EndedResource, "name" | "type">): boolean {
  return matchesPattern(pattern, pattern.includes(":") ? type : name);
}

function overOf(amount: number, most: number): string {
  return `${amount.toFixed(2)}, at most ${most} is allowed`;
}

function isElsewhere(run: PricedRun): boolean {
  return run.isElsewhere === true;
}

/**
 * Returns a finding for each start whose run may belong to another account than that of this command, because the runs
 * of the other account are not known. `runs` stands for these runs in the message.
 */
function otherAccounts(starts: readonly PricedRun[], runs: string): readonly WholeFinding[] {
  return starts.filter(isElsewhere).map(({ name }) => ({
    name,
    message: `${runs} are not known, because its provider may use another account than this command`,
    remedy: OTHER_ACCOUNT,
  }));
}

const MOST_NAMES = 10;

/** Returns a finding if a cost is higher than a limit. Also returns a finding if the cost of a run is unknown. */
function overLimit({ amount, unknown }: CostBound, most: number, runs: string): readonly WholeFinding[] {
  if (amount > most) return [{ message: `${runs} cost up to ${overOf(amount, most)}` }];
  if (unknown.length === 0) return [];
  const more = unknown.length > MOST_NAMES ? ` and ${unknown.length - MOST_NAMES} more` : "";
  const names = `${unknown.slice(0, MOST_NAMES).join(", ")}${more}`;
  return [{ message: `what ${runs} cost is not known: no price of ${names}`, remedy: UNKNOWN_PRICE }];
}

/** The name of a rule about a whole command. The name is also the rule's key in the policy file. */
export type WholeRuleName = keyof typeof WHOLE_RULES;

/** The names of the rules about a whole command, in their order. */
export const WHOLE_RULE_NAMES = Object.keys(WHOLE_RULES) as WholeRuleName[];

/** Evaluates one rule for a command, and returns the violations. */
export function wholeViolations(rule: WholeRuleName, policy: Policy, plan: PolicyPlan): readonly Violation[] {
  const { code, remedy, check }: WholeRule = WHOLE_RULES[rule];
  return check(policy, plan).map((finding) => ({ rule, code, name: "", remedy, ...finding }));
}

/** Evaluates only the rule about uploads, and returns the violations. */
export function uploadsOver(policy: Policy, uploads: PolicyPlan["uploads"]): readonly Violation[] {
  return wholeViolations("maxUploadBytes", policy, { ...NOTHING, uploads });
}

/** Evaluates only the rule about the cost of all runs that will start, and returns the violations. */
export function costOver(
  policy: Policy,
  { starts, prices }: Pick<PolicyPlan, "starts" | "prices">,
): readonly Violation[] {
  return wholeViolations("maxCost", policy, { ...NOTHING, starts, prices });
}

/** The plan of a command that has no effects. */
const NOTHING: PolicyPlan = {
  starts: [],
  prices: undefined,
  active: undefined,
  month: undefined,
  ends: [],
  uploads: [],
  changes: false,
  now: 0,
};

/** Problems of a policy file that are warnings, not errors. */
export const POLICY_WARNINGS = {
  unknownStack: {
    code: "LYC5120",
    title: "A pattern of the policy matches no stack of the project",
    remedy: "Correct the pattern, or remove it. A stack counts if it has a file `Pulumi.STACK.yaml`.",
  },
} as const;

/** Returns a warning for each pattern that matches no stack, because such a pattern is often misspelt. */
export function patternWarnings(
  file: PolicyFile,
  stacks: readonly string[],
): readonly Pick<Violation, "code" | "name" | "message" | "remedy">[] {
  const { code, remedy } = POLICY_WARNINGS.unknownStack;
  return stackPatterns(file)
    .filter(({ pattern }) => !stacks.some((stack) => matchesStack(pattern, stack)))
    .map(({ key, pattern }) => ({ code, name: "", message: `${key} has ${pattern}, which matches no stack`, remedy }));
}

interface CatalogueRow {
  readonly severity: Severity;
  readonly title: string;
  readonly remedy: string;
}

/** The severity, title and remedy for each code of a violation or warning. Reports in the SARIF format show them. */
export const POLICY_CATALOGUE: Readonly<Record<string, CatalogueRow>> = {
  ...catalogueOf({ ...RULES, ...WHOLE_RULES }, "error"),
  ...catalogueOf(POLICY_WARNINGS, "warning"),
};

function catalogueOf(
  rules: Readonly<Record<string, Pick<Rule, "code" | "title" | "remedy">>>,
  severity: Severity,
): Readonly<Record<string, CatalogueRow>> {
  const entries = Object.values(rules).map(({ code, title, remedy }) => [code, { severity, title, remedy }] as const);
  return Object.fromEntries(entries);
}
