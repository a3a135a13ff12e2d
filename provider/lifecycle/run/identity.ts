import { type IdentityValues, identityValues, readUrn, urnOf } from "../../schema";
import { lifecycleErrors } from "./errors";
import type { ExecutionInputs } from "./inputs";
import { type KeyParts, keyedText, startKeyParts } from "./start-key";
import { canonicalOf } from "./text-cache";

/** What makes two runs of a resource the same run, as keyed digests that may be recorded in clear. */
export interface Identity extends IdentityValues {
  readonly composeDigest: string;
  readonly triggersDigest: string;
  readonly scopeTag: string;
  /** The keyed parts of the start key. */
  readonly key: KeyParts;
}

const DIGEST_LENGTH = 20;
const TAG_LENGTH = 8;

/** JSON with sorted keys, so that a map in `triggers` is the same map in any order. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    entry !== null && typeof entry === "object" && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([left], [right]) => (left < right ? -1 : 1)))
      : entry,
  );
}

/** Which scope a digest was made under; says nothing about the secret. */
export function scopeTag(scope: string): string {
  return keyedText(scope, "tag", [], TAG_LENGTH);
}

type Identified = Pick<ExecutionInputs, "urn" | "scope" | "composeText" | "project" | "triggers"> & IdentityValues;

/** Keyed digest of what a compose text or project means; empty without one. */
export function composeDigest({
  scope,
  composeText,
  project,
}: Pick<Identified, "scope" | "composeText" | "project">): string {
  if (project !== undefined) return project.record.digest;
  return composeText === undefined ? "" : digestOfCanonical(scope, canonicalOf(composeText));
}

/** Keyed digest of a canonical form. */
export function digestOfCanonical(scope: string, canonical: string): string {
  return keyedText(scope, "compose", [canonical], DIGEST_LENGTH);
}

/** Keyed digest of `triggers`. */
export function triggersDigest({ scope, triggers }: Pick<Identified, "scope" | "triggers">): string {
  return keyedText(scope, "triggers", [sortedJson(triggers)], DIGEST_LENGTH);
}

/** Digests and start key of checked inputs. */
export function identify(inputs: Identified): Identity {
  const digests = {
    composeDigest: composeDigest(inputs),
    triggersDigest: triggersDigest(inputs),
    ...identityValues(inputs),
  };
  return {
    ...digests,
    scopeTag: scopeTag(inputs.scope),
    key: startKeyParts(inputs.scope, { urn: inputs.urn, ...digests }),
  };
}

/** Name of the scope in each stack. */
const SCOPE_NAME = "lyceum-scope";

/**
 * Throws where the stack's scope was not made before the run: keys and digests cannot be made without it. It is so when a first
 * command is given targets, and the scope is not one of them.
 */
export function requireScope({ scope, urn }: Pick<ExecutionInputs, "scope" | "urn">): void {
  if (scope !== "") return;
  const run = readUrn(urn);
  if (run === undefined) throw lifecycleErrors.noScope(SCOPE_NAME);
  // A scope is of the package that its runs are of, and has no parent.
  const type = run.type.replace(/ComposeExecution$/, "Scope");
  throw lifecycleErrors.noScope(urnOf({ ...run, type, name: SCOPE_NAME }));
}
