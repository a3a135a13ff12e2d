import { isDeepStrictEqual } from "node:util";
import { inputsOf } from "../../schema";
import type { ResourceInputs } from "../run/inputs";

/** One changed property of a detailed diff, without values. */
export interface PropertyChange {
  /**
   * The path in Pulumi's syntax, such as `triggers[0]` or `variables["my.tag"]`. For a secret argument, only its name.
   */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  /** Whether the property causes the replacement. */
  readonly replaces: boolean;
  /** "inputs" if an input differs. "outputs" if only the state of the run causes the change. */
  readonly of: "inputs" | "outputs";
}

/**
 * Inputs whose change can start a new run: the Compose document, its arguments, and all inputs with the role
 * `identity`.
 */
const CALL_FOR_A_RUN: ReadonlySet<string> = new Set([
  "compose",
  "composeFileText",
  "composeFileCode",
  "variables",
  "images",
  "profiles",
  "job",
  ...inputsOf("identity"),
]);

/**
 * Returns the properties that differ, and whether each of them replaces the resource. If no changed input explains a
 * replacement, the result names the output `executionId` as its reason. If no changed input explains an update, the
 * result names the output `status`.
 *
 * @param settings inputs whose change starts a new run only because of `replaceOnChanges`
 */
export function changedProperties(
  decision: "same" | "update" | "replace",
  olds: ResourceInputs | undefined,
  news: ResourceInputs,
  settings: readonly string[],
): PropertyChange[] {
  const found = olds === undefined ? [] : differences(olds, news);
  const isCause = (root: string): boolean => CALL_FOR_A_RUN.has(root) || settings.includes(root);
  const changed = found.map(({ root, path, kind }): PropertyChange => {
    return { path, kind, replaces: decision === "replace" && isCause(root), of: "inputs" };
  });
  const ofRun = { kind: "update", of: "outputs" } as const;
  if (decision === "replace" && !changed.some(({ replaces }) => replaces))
    return [...changed, { path: "executionId", replaces: true, ...ofRun }];
  return decision === "update" && changed.length === 0 ? [{ path: "status", replaces: false, ...ofRun }] : changed;
}

interface Difference extends Pick<PropertyChange, "path" | "kind"> {
  /** The argument with which the path begins. */
  readonly root: string;
}

function differences(olds: ResourceInputs, news: ResourceInputs): Difference[] {
  const secrets = new Set([olds.secrets, news.secrets].flatMap((names) => (Array.isArray(names) ? names : [])));
  const roots = new Set([...Object.keys(olds.values), ...Object.keys(news.values)]);
  return [...roots].flatMap((root) => {
    const [before, after] = [olds.values[root], news.values[root]];
    if (isDeepStrictEqual(before, after)) return [];
    // The engine cannot show a change of an argument that the program omits, so a default counts as absent.
    const given = [isDefault(olds, root) ? undefined : before, isDefault(news, root) ? undefined : after] as const;
    return within(root, ...given, secrets.has(root)).map((difference) => ({ root, ...difference }));
  });
}

function isDefault({ defaults }: ResourceInputs, name: string): boolean {
  return Array.isArray(defaults) && defaults.includes(name);
}

function within(path: string, before: unknown, after: unknown, isWhole: boolean): Omit<Difference, "root">[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (before === undefined) return [{ path, kind: "add" }];
  if (after === undefined) return [{ path, kind: "delete" }];
  if (isWhole || !isOfParts(before) || !isOfParts(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ path, kind: "update" }];
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const step = (key: string): string => (Array.isArray(before) ? `[${key}]` : stepTo(key));
  return [...keys].flatMap((key) => within(`${path}${step(key)}`, before[key], after[key], false));
}

function isOfParts(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function stepTo(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
