import { type DiffFacts, decideDiff } from "../diff/diff-decision";
import { identify } from "../run/identity/identity";
import type { ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";
import { parseMap as parseInputs } from "./maps";

/** The Compose text of the tests. */
export const text = "services:\n  worker:\n    image: busybox\n";

/** Returns typed inputs. */
export function inputs(overrides: Record<string, unknown> = {}): ExecutionInputs {
  return parseInputs({ $urn: "urn:x", $scope: "secret", composeFileCode: text, ...overrides });
}

/** Returns outputs as the state records them. */
export function recorded(overrides: Partial<ExecutionOutputs> = {}, of: ExecutionInputs = inputs()): ExecutionOutputs {
  const { key: _key, ...identity } = identify(of);
  return {
    executionId: "r1",
    status: "running",
    ...identity,
    timeout: 60,
    gracefulTimeout: 10,
    attempt: 1,
    startKey: "k",
    baseUrl: "https://api",
    onDelete: "abort",
    resourceUrn: "urn:x",
    ...overrides,
  };
}

/** Returns the decision of a diff in which only these facts differ from those of an unchanged resource. */
export function decide(overrides: Partial<DiffFacts> = {}) {
  return decideDiff({
    recorded: recorded(),
    news: inputs(),
    olds: inputs(),
    unknown: [],
    scopeUnknown: false,
    ...overrides,
  });
}

/** Expects a decision to replace. Its reason contains `why`, and it has no warnings. */
export const replaces = (why = "") => ({ kind: "replace", why: expect.stringContaining(why), warnings: [] });

/** Expects a decision to update. Its reason contains `why`, and it has no warnings. */
export const updates = (why = "") => ({ kind: "update", why: expect.stringContaining(why), warnings: [] });

/** Expects the decision to do nothing, with warnings that contain these texts in this order. */
export const same = (...warnings: readonly string[]) => ({
  kind: "same",
  warnings: warnings.map((warning) => expect.stringContaining(warning)),
});
