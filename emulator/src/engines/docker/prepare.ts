import type { ComposeExit } from "./compose";
import { type Isolated, isolate } from "./isolate";
import type { MachineLimits } from "./limits";
import { isMapping, type Mapping } from "./model";
import type { RunScope } from "./names";
import { composeReasons } from "./reasons";
import { refusals } from "./refusals";
import { readComposeText } from "./text";

/** A step on the way to containers: done, or why the run cannot start. */
export type Step<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "failed"; readonly reasons: readonly string[] };

/** Calls compose for this run. @param limitSeconds after which it is ended. */
export type Compose = (
  args: readonly string[],
  input: string,
  options: { readonly withConfig: boolean; readonly limitSeconds: number },
) => Promise<ComposeExit>;

const NORMALISE_LIMIT = 30;

/**
 * Turns a text into a model that may be brought up: read and validated (compose would follow it to other files),
 * written out again and normalized by compose, validated again, isolated. Compose never sees the text itself: what it
 * gets is what was validated.
 */
export async function prepareModel(
  text: string,
  scope: RunScope,
  machine: MachineLimits,
  compose: Compose,
  redact: (text: string) => string,
): Promise<Step<Isolated>> {
  const read = readComposeText(text);
  if (read.kind === "unreadable") return { kind: "failed", reasons: read.reasons };
  const asWritten = [...new Set(read.documents.flatMap((document) => refusals(document)))];
  if (asWritten.length > 0) return { kind: "failed", reasons: asWritten };

  const limits = { withConfig: false, limitSeconds: NORMALISE_LIMIT };
  const exit = await compose(["config", "--format", "json"], read.rewritten, limits);
  if (exit.code !== 0) return { kind: "failed", reasons: composeReasons(exit.stderr, exit.code, redact) };
  const model = parseModel(exit.stdout);
  if (model === undefined)
    return { kind: "failed", reasons: ["The compose text is too large when it is written out."] };
  const normalized = refusals(model);
  if (normalized.length > 0) return { kind: "failed", reasons: normalized };
  return { kind: "done", value: isolate(model, scope, machine) };
}

function parseModel(text: string): Mapping | undefined {
  try {
    const model: unknown = JSON.parse(text);
    return isMapping(model) ? model : undefined;
  } catch {
    return undefined;
  }
}
