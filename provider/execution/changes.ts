import { IDENTITY_NAMES, inputRow, inputsOf, isOutput } from "../schema";
import { composeReasons } from "./compose-change";
import { scopeTag, triggersDigest } from "./identity";
import type { ExecutionInputs } from "./inputs";
import type { ExecutionOutputs } from "./outputs";
import { settingsThatReplace } from "./replace-on-changes";

/** Inputs of the last command, when this process has been given them. */
export type OldInputs = ExecutionInputs | undefined;

/**
 * Why the inputs call for a new run, in words; empty when they do not. What is recorded is a digest, made by the rules of
 * the version that started the run and under its scope. A digest that is equal is no change; one that differs counts only
 * if the inputs of the last command, digested by today's rules, differ too: a better rule, or a scope made anew, must not
 * run everybody's stacks again. Values are never shown.
 */
export function reasonsForNewRun(recorded: ExecutionOutputs, news: ExecutionInputs, olds: OldInputs): string[] {
  const reasons: string[] = [];
  const hides = isSecretInput(news, olds);
  if (news.existingExecutionId !== undefined) {
    // While a run is wanted by its id, nothing else calls for a new one: there would be nothing to start.
    if (news.existingExecutionId === recorded.executionId) return [];
    return [
      `existingExecutionId names another run${hides("existingExecutionId") ? "" : `, ${news.existingExecutionId}`}`,
    ];
  }
  if (recorded.adopted === true) return ["existingExecutionId was removed"];
  const sameScope = scopeTag(news.scope) === recorded.scopeTag;
  const differs = (recordedDigest: string, digestOf: (inputs: ExecutionInputs) => string): boolean => {
    const desired = digestOf(news);
    if (sameScope && desired === recordedDigest) return false;
    return olds === undefined ? sameScope : digestOf({ ...olds, scope: news.scope }) !== desired;
  };
  reasons.push(...composeReasons(recorded.composeDigest, news, olds, sameScope));
  for (const name of IDENTITY_NAMES) {
    const [before, after] = [recorded[name], news[name]];
    // What was not recorded may have been the same.
    if (after === before || before === inputRow(name).whenNotRecorded) continue;
    const from = typeof before === "boolean" ? "" : ` from ${before}`;
    reasons.push(`${name} changed${hides(name) ? "" : `${from} to ${after}`}`);
  }
  if (differs(recorded.triggersDigest, triggersDigest)) reasons.push("triggers changed");
  const settings = settingsThatReplace(news.replaceOnChanges ?? []).filter(
    (name) => olds !== undefined && JSON.stringify(olds[name]) !== JSON.stringify(news[name]),
  );
  reasons.push(...settings.map((name) => `${name} changed, which replaceOnChanges names`));
  return reasons;
}

/**
 * Returns whether an input is secret now, or was in the last command: then a change of it is reported without its
 * values.
 */
export function isSecretInput(news: ExecutionInputs, olds: OldInputs): (name: keyof ExecutionInputs) => boolean {
  return (name) => news.secretInputs.includes(name) || olds?.secretInputs.includes(name) === true;
}

/** Inputs that hold from the next run on, and differ from what the run was given. */
export function settingsForNextRun(recorded: ExecutionOutputs, news: ExecutionInputs, olds: OldInputs): string[] {
  const changed: string[] = [];
  const hides = isSecretInput(news, olds);
  for (const name of inputsOf("nextRun")) {
    if (isOutput(name)) {
      const [before, after] = [recorded[name], news[name]];
      if (before === undefined || after === before) continue;
      changed.push(hides(name) ? name : `${name} (${before} → ${after} s)`);
    } else if (olds !== undefined && JSON.stringify(olds[name]) !== JSON.stringify(news[name])) changed.push(name);
  }
  return changed;
}
