import type { ComposePath } from "./path";

/** A path with `*` for any key and `[]` for any item, such as `services.*.ports.[]`. */
type Pattern = readonly string[];

/** Whether a path is one of those that a pattern means. */
function matches(path: ComposePath, pattern: Pattern): boolean {
  if (path.length !== pattern.length) return false;
  return path.every((step, index) => {
    const wanted = pattern[index];
    return typeof step === "number" ? wanted === "[]" || wanted === "*" : wanted === "*" || wanted === step;
  });
}

/** A table from patterns to what holds there. Patterns of one length are tried in order. */
export class PatternTable<T> {
  private readonly byLength = new Map<number, { readonly pattern: Pattern; readonly value: T }[]>();

  constructor(rows: Iterable<readonly [written: string, value: T]>) {
    for (const [written, value] of rows) {
      const pattern = written.split(".");
      const known = this.byLength.get(pattern.length) ?? [];
      known.push({ pattern, value });
      this.byLength.set(pattern.length, known);
    }
  }

  /** What holds at a path; `undefined` when no pattern means it. */
  at(path: ComposePath): T | undefined {
    return this.byLength.get(path.length)?.find(({ pattern }) => matches(path, pattern))?.value;
  }
}
