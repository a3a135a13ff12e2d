import type { Severity } from "../../compose";
import { matchesPattern } from "./glob";
import type { Policy, PolicyException, PolicyFile, PolicySection, Violation } from "./policy";
import { matchesStack } from "./rules";

/** The policy for one stack: the rules that apply to the stack, and the exceptions for the stack. */
export interface StackPolicy {
  readonly refuse: Policy;
  readonly warn: Policy;
  readonly exceptions: readonly PolicyException[];
}

/** How violations are reported: their severity, and the exceptions that allow them. */
export interface Evaluation {
  readonly severity: Severity;
  readonly exceptions: readonly PolicyException[];
  /** The date of today as `YYYY-MM-DD` in UTC. */
  readonly today: string;
}

/** With this evaluation, every violation is an error. */
export const STRICT: Evaluation = { severity: "error", exceptions: [], today: "" };

/**
 * Returns the rules and exceptions of a policy file that apply to a stack. If several sections match the stack, a rule
 * in a later section replaces the same rule in an earlier section.
 */
export function policyForStack({ stacks = {}, exceptions = [], ...top }: PolicyFile, stack: string): StackPolicy {
  const sections = Object.entries(stacks).flatMap(([pattern, section]) =>
    matchesStack(pattern, stack) ? [section] : [],
  );
  const all: readonly PolicySection[] = [top, ...sections];
  const { warn: _warn, ...refuse } = Object.assign({}, ...all) as PolicySection;
  const warn = Object.assign({}, ...all.map((section) => section.warn)) as Policy;
  // If `warn` has no `allowedKeys`, the `allowedKeys` outside of `warn` count for `warn` too.
  const { allowedKeys } = refuse;
  return {
    refuse,
    warn: allowedKeys === undefined ? warn : { allowedKeys, ...warn },
    exceptions: exceptions.filter((one) => one.stack === undefined || matchesStack(one.stack, stack)),
  };
}

/** The patterns of stacks in a policy file, each with the key that contains the pattern. */
export function stackPatterns(file: PolicyFile): readonly { readonly key: string; readonly pattern: string }[] {
  const { stacks = {}, exceptions = [] } = file;
  const sections: readonly PolicySection[] = [file, ...Object.values(stacks)];
  const awaited = sections.flatMap(({ awaitCompletedOn, warn }) => [awaitCompletedOn, warn?.awaitCompletedOn].flat());
  const found = [
    ...awaited.map((pattern) => ({ key: "awaitCompletedOn", pattern })),
    ...Object.keys(stacks).map((pattern) => ({ key: "stacks", pattern })),
    ...exceptions.map(({ stack }) => ({ key: "exceptions", pattern: stack })),
  ];
  return found.flatMap(({ key, pattern }) => (pattern === undefined ? [] : [{ key, pattern }]));
}

/**
 * Removes the violations that a current exception allows. A violation whose only exceptions have ended stays. Its
 * message shows the date and the reason of the last of them.
 */
export function withoutExceptions(
  violations: readonly Violation[],
  { exceptions, today }: Pick<Evaluation, "exceptions" | "today">,
): readonly Violation[] {
  return violations.flatMap((violation) => {
    const own = exceptions.filter(
      ({ rule, resource }) =>
        rule === violation.rule && (resource === undefined || matchesPattern(resource, violation.name)),
    );
    // Dates in this form can be compared as texts.
    if (own.some(({ until }) => until >= today)) return [];
    const [ended] = [...own].sort((a, b) => (a.until < b.until ? 1 : -1));
    if (ended === undefined) return [violation];
    const words = `an exception ended on ${ended.until} (${ended.reason})`;
    return [{ ...violation, message: `${violation.message}; ${words}` }];
  });
}

/** The UTC date of a time as `YYYY-MM-DD`. */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
