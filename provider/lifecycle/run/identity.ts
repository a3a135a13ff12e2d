import { type IdentityValues, identityValues, readUrn, urnOf } from "../../schema";
import { lifecycleErrors } from "./errors";
import type { ExecutionInputs } from "./inputs";
import { type KeyParts, keyedText, startKeyParts } from "./start-key";
import { canonicalOf } from "./text-cache";

/**
 * The digests of what a run is made of. If they are equal, two runs of a resource are the same run. They are keyed, so
 * the state may contain them unencrypted.
 */
export interface Identity extends IdentityValues {
  readonly composeDigest: string;
  readonly triggersDigest: string;
  readonly scopeTag: string;
  /** The parts of the start key that are digests made with the secret of the stack. */
  readonly key: KeyParts;
}

const DIGEST_LENGTH = 20;
const TAG_LENGTH = 8;

/** JSON with sorted keys, so that the order of a map in `triggers` does not matter. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    entry !== null && typeof entry === "object" && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([left], [right]) => (left < right ? -1 : 1)))
      : entry,
  );
}

/** Identifies the scope that made a digest, without revealing its secret. */
export function scopeTag(scope: string): string {
  return keyedText(scope, "tag", [], TAG_LENGTH);
}

type Identified = Pick<ExecutionInputs, "urn" | "scope" | "composeText" | "project" | "triggers"> & IdentityValues;

/** Keyed digest of the meaning of a compose text or project; empty if there is none. */
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
 * Throws if the stack's scope is missing, because keys and digests cannot be made without it. This happens if the first
 * command has targets and the scope is not one of them.
 */
export function requireScope({ scope, urn }: Pick<ExecutionInputs, "scope" | "urn">): void {
  if (scope !== "") return;
  const run = readUrn(urn);
  if (run === undefined) throw lifecycleErrors.noScope(SCOPE_NAME);
  // A scope comes from the same package as its runs, and has no parent.
  const type = run.type.replace(/ComposeExecution$/, "Scope");
  throw lifecycleErrors.noScope(urnOf({ ...run, type, name: SCOPE_NAME }));
}
