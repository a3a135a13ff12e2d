import { type ComposeMapping, canonicalCompose, canonicalText, explainChange, readCompose } from "../../../compose";
import { bundleText, mask, maskRecorded, withoutDigests } from "../../../compose/project";
import { rulesOfProject } from "../../compose-rules";
import { IDENTITY_NAMES, inputRow, inputsOf, isOutput } from "../../schema";
import { isUnclear } from "../../schema/run-id";
import { secretRules } from "../../secrets";
import { settingsThatReplace } from "../inputs/parse-inputs";
import { composeDigest, scopeTag, triggersDigest } from "../run/identity/identity";
import { type ExecutionInputs, leafDigest } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";

/** The inputs of the last command, if this process has received them. */
export type OldInputs = ExecutionInputs | undefined;

/**
 * Returns why the inputs require a new run, as texts without secret values.
 *
 * For the Compose document and for `triggers`, the outputs have only digests. Equal digests mean that the input has not
 * changed. Different digests may also come from another version of this package or another scope, so the old and the
 * new input are then compared. If the old inputs are not known, a different digest is a reason only if the scope is the
 * recorded one.
 */
export function reasonsForNewRun(recorded: ExecutionOutputs, news: ExecutionInputs, olds: OldInputs): string[] {
  const hides = isSecretInput(news, olds);
  if (news.existingExecutionId !== undefined) {
    // Changed inputs do not replace a run that was adopted by its id, because the program has nothing to start.
    if (news.existingExecutionId === recorded.executionId) return [];
    const run = isUnclear(recorded) ? "a run" : "another run";
    return [`existingExecutionId names ${run}${hides("existingExecutionId") ? "" : `, ${news.existingExecutionId}`}`];
  }
  if (recorded.adopted === true) return ["existingExecutionId was removed"];
  const sameScope = scopeTag(news.scope) === recorded.scopeTag;
  const differs = (recordedDigest: string, digestOf: (inputs: ExecutionInputs) => string): boolean => {
    const desired = digestOf(news);
    if (sameScope && desired === recordedDigest) return false;
    return olds === undefined ? sameScope : digestOf({ ...olds, scope: news.scope }) !== desired;
  };
  const reasons = composeReasons(recorded.composeDigest, news, olds, sameScope);
  for (const name of IDENTITY_NAMES) {
    const [before, after] = [recorded[name], news[name]];
    // An input that an older version did not record does not count as changed.
    if (after === before || before === inputRow(name).whenNotRecorded) continue;
    const from = typeof before === "boolean" ? "" : ` from ${before}`;
    reasons.push(`${name} changed${hides(name) ? "" : `${from} to ${after}`}`);
  }
  if (differs(recorded.triggersDigest, triggersDigest)) reasons.push("triggers changed");
  const settings = settingsThatReplace(news.replaceOnChanges ?? []).filter(
    (name) => olds !== undefined && JSON.stringify(olds[name]) !== JSON.stringify(news[name]),
  );
  const isOption = (name: string): boolean => !settingsThatReplace(news.rerunOnChanges).some((each) => each === name);
  reasons.push(
    ...settings.map((name) => `${name} changed, which ${isOption(name) ? "replaceOnChanges" : "rerunOnChanges"} names`),
  );
  return reasons;
}

/** Whether an input is secret now or was secret before. A change of a secret input is reported without values. */
export function isSecretInput(news: ExecutionInputs, olds: OldInputs): (name: keyof ExecutionInputs) => boolean {
  return (name) => news.secretInputs.includes(name) || olds?.secretInputs.includes(name) === true;
}

/** Returns the changed inputs that apply only to the next run. */
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

const UNEXPLAINED = "the compose document changed";

/**
 * Returns why a Compose text or project requires a new run, as texts without values. The first row that matches counts.
 *
 * | condition                                                | reasons |
 * |----------------------------------------------------------|------|
 * | the program gives no Compose document                    | none |
 * | the text is the same as in the last command              | none |
 * | the digest and the scope are the recorded ones           | none |
 * | the last command's inputs are not known                  | if the scope is the recorded one: the document changed |
 * | the last command's document has the same meaning        | none |
 * | anything else                                            | one reason for each key that differs |
 *
 * A recorded project has digests of its secret values, made with the scope. So after a change of the scope, secret
 * values cannot be compared.
 */
function composeReasons(
  recordedDigest: string,
  news: ExecutionInputs,
  olds: ExecutionInputs | undefined,
  sameScope: boolean,
): string[] {
  if (news.project === undefined && news.composeText === undefined) return [];
  // Most commands do not change the Compose text. Equal texts need not be parsed.
  const sameText = news.project === undefined && olds !== undefined && olds.project === undefined;
  if (sameText && olds.composeText === news.composeText) return [];
  const desired = composeDigest(news);
  if (sameScope && desired === recordedDigest) return [];
  if (olds === undefined) return sameScope ? [UNEXPLAINED] : [];
  if (sameText && composeDigest({ ...olds, scope: news.scope }) === desired) return [];
  const [before, after] = meanings(olds, news);
  if (before === undefined || after === undefined) return [UNEXPLAINED];
  if (canonicalText(before) === canonicalText(after)) return [];
  const explained = explainChange(before, after);
  return explained.length === 0 ? [UNEXPLAINED] : explained;
}

/** Returns the old and the new Compose document, in a form in which their meanings can be compared. */
function meanings(olds: ExecutionInputs, news: ExecutionInputs): (ComposeMapping | undefined)[] {
  const resolved = [olds, news].some(
    ({ project, secretVariables }) => project !== undefined || secretVariables.length > 0,
  );
  const [before, after] = [olds, news].map((inputs) => (resolved ? asRecorded(inputs, news.scope) : written(inputs)));
  // Each model is masked by the rules of this version and by the secrets of the other model. Otherwise, a value that an
  // older version did not mask would look changed.
  const meant = [masked(before, after), masked(after, before)];
  const comparable = olds.project === undefined || olds.scope === news.scope;
  return comparable ? meant : meant.map((model) => model && withoutDigests(model));

  function masked(model: ComposeMapping | undefined, other: ComposeMapping | undefined): ComposeMapping | undefined {
    if (!resolved || model === undefined) return model;
    return canonicalCompose(
      maskRecorded(model, leafDigest(news.scope), { ...(other === undefined ? {} : { other }), secretRules }),
    );
  }
}

function written({ composeText }: ExecutionInputs): ComposeMapping | undefined {
  const read = readCompose(composeText);
  return read.kind === "document" ? read.model : undefined;
}

/**
 * Returns the masked model of the Compose document. The inputs of a project contain this model. Otherwise, makes it
 * from the text: `composeFileCode`, or the text of a `composeFile` in a state of version 0.1.0.
 */
function asRecorded(
  { project, composeText, secretVariables }: ExecutionInputs,
  scope: string,
): ComposeMapping | undefined {
  if (project !== undefined) return project.model;
  const { bundle } = composeText === undefined ? {} : bundleText(composeText, { rules: rulesOfProject().rules });
  return bundle && mask(bundle, leafDigest(scope), { known: secretVariables, secretRules }).model;
}
