import { countOf, type Diagnostic } from "../diagnostics/diagnostic";
import { applyEdits } from "./apply-edits";

/** The corrected texts by their names, and the diagnostics. */
export interface FixedTexts {
  readonly texts: ReadonlyMap<string, string>;
  /** The diagnostics whose edits were applied, in the order of the corrections. */
  readonly fixed: readonly Diagnostic[];
  /** The diagnostics that are left. */
  readonly left: readonly Diagnostic[];
}

/** Validates texts. `file` of a diagnostic is the name of a text. */
export type ValidateTexts = (texts: ReadonlyMap<string, string>) => readonly Diagnostic[];

/**
 * Applies the edits of errors that have only one correction. A correction stays only if its error disappears and no new
 * error appears. A second call changes nothing.
 */
export function fixTexts(before: ReadonlyMap<string, string>, validate: ValidateTexts): FixedTexts {
  const rejected = new Set<string>();
  const fixed: Diagnostic[] = [];
  let texts = before;
  let left = validate(texts);
  for (;;) {
    const candidates = left.filter((found) => isFixable(found, texts) && !rejected.has(keyOf(found)));
    if (candidates.length === 0) return { texts, fixed, left };
    // Usually all corrections together are right. If they are not, the corrections are tried one by one.
    const next =
      tried(candidates) ?? candidates.reduce<Tried | undefined>((found, one) => found ?? tried([one]), undefined);
    if (next === undefined) return { texts, fixed, left };
    ({ texts, left } = next);
    fixed.push(...next.made);
  }

  function tried(made: readonly Diagnostic[]): Tried | undefined {
    const changed = new Map(texts);
    for (const [name, text] of texts) {
      const edits = made.flatMap(({ file = "", edits }) => (file === name ? (edits ?? []) : []));
      if (edits.length > 0) changed.set(name, applyEdits(text, edits));
    }
    const after = validate(changed);
    if (isBetter(left, after, made)) return { texts: changed, left: after, made };
    if (made.length === 1) for (const one of made) rejected.add(keyOf(one));
    return undefined;
  }
}

interface Tried {
  readonly texts: ReadonlyMap<string, string>;
  readonly left: readonly Diagnostic[];
  readonly made: readonly Diagnostic[];
}

function isFixable({ severity, edits, file = "" }: Diagnostic, texts: ReadonlyMap<string, string>): boolean {
  return severity === "error" && edits !== undefined && texts.has(file);
}

/**
 * Returns true if the corrected errors are gone, and no new error has appeared. `before` may have more errors than
 * diagnostics can show. An error of `after` that is not in `before` is then perhaps not new, so only the numbers of
 * errors are compared.
 */
function isBetter(before: readonly Diagnostic[], after: readonly Diagnostic[], made: readonly Diagnostic[]): boolean {
  const corrected = new Set(made.map(keyOf));
  const known = new Set(errorsIn(before).map(keyOf));
  const left = errorsIn(after).map(keyOf);
  if (left.some((key) => corrected.has(key))) return false;
  const leftOut = leftOutOf(before);
  if (leftOut === 0) return left.every((key) => known.has(key));
  return left.length + leftOutOf(after) <= errorsIn(before).length + leftOut - made.length;
}

function errorsIn(all: readonly Diagnostic[]): readonly Diagnostic[] {
  return all.filter(({ severity }) => severity === "error");
}

function leftOutOf(all: readonly Diagnostic[]): number {
  return all.reduce((sum, { leftOut = [] }) => sum + countOf(leftOut, "error"), 0);
}

/** Returns a key that is the same for equal diagnostics. The position is not part of the key, because edits move it. */
function keyOf({ code, file = "", path = "", message }: Diagnostic): string {
  return JSON.stringify([code, file, path, message]);
}
