import { type IdentityValues, identityValues, readUrn, urnOf } from "../../../schema";
import { lifecycleErrors } from "../errors";
import type { ExecutionInputs } from "../inputs";
import { type KeyParts, keyedText, startKeyParts } from "./start-key";
import { canonicalOf } from "./text-cache";

/**
 * Digests of the inputs that identify a run. Runs of a resource with the same inputs have the same digests. The digests
 * are made with a secret, so the state may contain them unencrypted.
 */
export interface Identity extends IdentityValues {
  readonly composeDigest: string;
  readonly triggersDigest: string;
  readonly scopeTag: string;
  /** The parts of the start key, made with the stack's secret. */
  readonly key: KeyParts;
}

const DIGEST_LENGTH = 20;
const TAG_LENGTH = 8;

/** Returns JSON with sorted keys, because the order of keys in `triggers` does not matter. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    entry !== null && typeof entry === "object" && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([left], [right]) => (left < right ? -1 : 1)))
      : entry,
  );
}

/** Returns a text that identifies the scope, but does not reveal it. */
export function scopeTag(scope: string): string {
  return keyedText(scope, "tag", [], TAG_LENGTH);
}

type Identified = Pick<ExecutionInputs, "urn" | "scope" | "composeText" | "project" | "triggers"> & IdentityValues;

/**
 * Returns the digest of the meaning of a Compose text or project, made with the stack's secret (`scope`). Empty if
 * there is neither a text nor a project.
 */
export function composeDigest({
  scope,
  composeText,
  project,
}: Pick<Identified, "scope" | "composeText" | "project">): string {
  if (project !== undefined) return project.record.digest;
  return composeText === undefined ? "" : digestOfCanonical(scope, canonicalOf(composeText));
}

/** Returns the digest of a canonical form, made with the stack's secret (`scope`). */
export function digestOfCanonical(scope: string, canonical: string): string {
  return keyedText(scope, "compose", [canonical], DIGEST_LENGTH);
}

/** Returns the digest of `triggers`, made with the scope. */
export function triggersDigest({ scope, triggers }: Pick<Identified, "scope" | "triggers">): string {
  return keyedText(scope, "triggers", [sortedJson(triggers)], DIGEST_LENGTH);
}

/**
 * Returns the digests for checked inputs, and the parts of the start key for stack, resource and inputs. All of them
 * are made with the secret of the stack (`scope`).
 */
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

/** The name of the scope resource in each stack. */
const SCOPE_NAME = "lyceum-scope";

/**
 * Throws if the stack's scope is missing, because start keys and digests are made with the scope. The scope is missing
 * if the first command of a stack has `--target` without the scope.
 */
export function requireScope({ scope, urn }: Pick<ExecutionInputs, "scope" | "urn">): void {
  if (scope !== "") return;
  const run = readUrn(urn);
  if (run === undefined) throw lifecycleErrors.noScope(SCOPE_NAME);
  // A scope resource has no parent, and its type is in the same package as the type of the run.
  const type = run.type.replace(/ComposeExecution$/, "Scope");
  throw lifecycleErrors.noScope(urnOf({ ...run, type, name: SCOPE_NAME }));
}
