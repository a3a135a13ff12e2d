/** One definition of what a repository allows its stacks to run: its file, its rules, and what they find. */
export { type ParsedPolicy, parsePolicy } from "./parse-policy";
export type { Policy, PolicyImage, PolicySubject, Violation } from "./policy";
export { costViolations, RULES, violationsOf, WHOLE_RULES } from "./rules";
