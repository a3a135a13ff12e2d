import { type ComposeMapping, canonicalCompose, canonicalText, explainChange, readCompose } from "../compose";
import { bundleText, mask, maskRecorded, withoutDigests } from "../compose/project";
import { composeDigest } from "./identity";
import type { ExecutionInputs } from "./inputs";
import { leafDigest } from "./project/record";

const UNEXPLAINED = "the compose document changed";

/**
 * Why a compose text or project calls for a new run, in words without values; empty when it does not. First match wins.
 *
 * | what is met                                              | then |
 * |----------------------------------------------------------|------|
 * | no compose document is wanted                            | none |
 * | the text of the last command                             | none |
 * | the digest that is recorded, made under the same scope   | none |
 * | the last command's inputs are not known                  | changed, if the digest was made under the same scope |
 * | by today's rules the last command's document means the same | none |
 * | anything else                                            | changed, key by key |
 *
 * Secret leaves of a project are digests under the scope: where that is another one, only what is not secret can be compared.
 */
export function composeReasons(
  recordedDigest: string,
  news: ExecutionInputs,
  olds: ExecutionInputs | undefined,
  sameScope: boolean,
): string[] {
  if (news.project === undefined && news.composeText === undefined) return [];
  // The same text means the same. Most ups change nothing, and would spend their time on reading texts.
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

/** What both mean, in forms that can be compared. */
function meanings(olds: ExecutionInputs, news: ExecutionInputs): (ComposeMapping | undefined)[] {
  const resolved = [olds, news].some(
    ({ project, secretVariables }) => project !== undefined || secretVariables.length > 0,
  );
  const meant = [olds, news].map((inputs) => (resolved ? masked(inputs, news.scope) : written(inputs)));
  const comparable = olds.project === undefined || olds.scope === news.scope;
  return comparable ? meant : meant.map((model) => model && withoutDigests(model));
}

function written({ composeText }: ExecutionInputs): ComposeMapping | undefined {
  const read = readCompose(composeText);
  return read.kind === "document" ? read.model : undefined;
}

/** A project as it is recorded, or a text made into one: by itself, as `composeFile` made it in 0.1.0. */
function masked({ project, composeText, secretVariables }: ExecutionInputs, scope: string): ComposeMapping | undefined {
  if (project !== undefined) return canonicalCompose(maskRecorded(project.model, leafDigest(scope)));
  const { bundle } = composeText === undefined ? {} : bundleText(composeText);
  return bundle && mask(bundle, leafDigest(scope), secretVariables).model;
}
