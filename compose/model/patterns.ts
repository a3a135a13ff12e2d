import type { ComposePath } from "../diagnostics/position";

interface Row<T> {
  readonly order: number;
  readonly value: T;
}

interface Branch<T> {
  readonly next: Map<string, Branch<T>>;
  row?: Row<T>;
}

/**
 * A table that maps patterns to values. A pattern is a path with `*` for any key or item, and `[]` for any item, such
 * as `services.*.ports.[]`. If several patterns match a path, the first pattern counts.
 */
export class PatternTable<T> {
  private readonly root: Branch<T> = { next: new Map() };

  constructor(rows: Iterable<readonly [written: string, value: T]>) {
    let order = 0;
    for (const [written, value] of rows) {
      let branch = this.root;
      for (const step of written.split(".")) {
        const next = branch.next.get(step) ?? { next: new Map() };
        branch.next.set(step, next);
        branch = next;
      }
      branch.row ??= { order, value };
      order += 1;
    }
  }

  /** Returns the value of the pattern that matches a path, or `undefined` if no pattern matches. */
  at(path: ComposePath): T | undefined {
    return rowAt(this.root, path, 0)?.value;
  }
}

function rowAt<T>(branch: Branch<T>, path: ComposePath, index: number): Row<T> | undefined {
  const step = path[index];
  if (step === undefined) return branch.row;
  const any = branch.next.get("*");
  const exact = typeof step === "number" ? branch.next.get("[]") : step === "[]" ? undefined : branch.next.get(step);
  const one = exact && exact !== any ? rowAt(exact, path, index + 1) : undefined;
  const other = any && rowAt(any, path, index + 1);
  if (one === undefined || other === undefined) return one ?? other;
  return one.order < other.order ? one : other;
}
