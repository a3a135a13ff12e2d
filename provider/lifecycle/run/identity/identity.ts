import { type IdentityValues, identityValues, readUrn, urnOf } from "../../../schema";
import { lifecycleErrors } from "../errors";
import type { ExecutionInputs } from "../inputs";
import { type KeyParts, keyedText, startKeyParts } from "./start-key";
import { canonicalOf } from "./text-cache";

/**
 * Digests of the inputs that identify a run. Two runs of a resource with equal digests are the same run. The digests
 * are made with a secret key, so the state may contain them unencrypted.
 */
export interface Identity extends IdentityValues {
  readonly composeDigest: string;
  readonly triggersDigest: string;
  readonly scopeTag: string;
  /** The parts of the start key, which are digests that are made with the secret of the stack. */
  readonly key: KeyParts;
}

const DIGEST_LENGTH = 20;
const TAG_LENGTH = 8;

/** Returns JSON with sorted keys, because the order of a map in `triggers` does not matter. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    entry !== null && typeof entry === "object" && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([left], [right]) => (left < right ? -1 : 1)))
      : entry,
  );
}

/** Returns a text that identifies the scope that made a digest, without revealing the scope's secret. */
export function scopeTag(scope: string): string {
  return keyedText(scope, "tag", [], TAG_LENGTH);
}

type Identified = Pick<ExecutionInputs, "urn" | "scope" | "composeText" | "project" | "triggers"> & IdentityValues;

/**
 * Returns the digest of the meaning of a Compose text or project, made with the scope. Empty if there is no document.
 */
export function composeDigest({
  scope,
  composeText,
  project,
}: Pick<Identified, "scope" | "composeText" | "project">): string {
  if (project !== undefined) return project.record.digest;
  return composeText === undefined ? "" : digestOfCanonical(scope, canonicalOf(composeText));
}

/** Returns the digest of a canonical form, made with the scope. */
export function digestOfCanonical(scope: string, canonical: string): string {
  return keyedText(scope, "compose", [canonical], DIGEST_LENGTH);
}

/** Returns the digest of `triggers`, made with the scope. */
export function triggersDigest({ scope, triggers }: Pick<Identified, "scope" | "triggers">): string {
  return keyedText(scope, "triggers", [sortedJson(triggers)], DIGEST_LENGTH);
}

/** Returns the digests and the start key of checked inputs. */
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

/** Name of the scope resource in each stack. */
const SCOPE_NAME = "lyceum-scope";

/**
 * Throws if the stack's scope is missing, because start keys and digests cannot be made without the scope. The scope is
 * missing if the first command of a stack has targets and the scope is not one of them.
 */
export function requireScope({ scope, urn }: Pick<ExecutionInputs, "scope" | "urn">): void {
  if (scope !== "") return;
  const run = readUrn(urn);
  if (run === undefined) throw lifecycleErrors.noScope(SCOPE_NAME);
  // A scope resource has no parent, and its type is in the same package as the type of the run.
  const type = run.type.replace(/ComposeExecution$/, "Scope");
  throw lifecycleErrors.noScope(urnOf({ ...run, type, name: SCOPE_NAME }));
}
