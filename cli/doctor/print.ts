import { hanging } from "../layout";

const MARKS: Readonly<Record<DoctorCheck["state"], string>> = { ok: "ok", attention: "!!", skipped: "--" };

/** Checks by their groups: mark, name and finding, with the remedy below. */
export function printChecks(checks: readonly DoctorCheck[], width: number): string {
  const groups = [...new Set(checks.map(({ group }) => group))];
  return groups
    .map((group) => {
      const own = checks.filter((check) => check.group === group);
      const column = Math.max(...own.map(({ name }) => name.length));
      const lines = own.flatMap(({ state, name, text, todo }) => [
        ...hanging(`  ${MARKS[state]}  ${name.padEnd(column)}  `, text, width),
        ...(todo === undefined ? [] : hangingBelow(" ".repeat(column + 8), todo, width)),
      ]);
      return [group, ...lines].join("\n");
    })
    .join("\n\n");
}

/** A text after a label. The remedy is indented below its arrow. */
function hangingBelow(label: string, text: string, width: number): string[] {
  return hanging(label, `-> ${text}`, width, " ".repeat(label.length + 3));
}

/** One result of `doctor`. */
export interface DoctorCheck {
  /** Stable, for `--json`. */
  readonly id: string;
  /** The heading under which it is printed. */
  readonly group:
    | "This machine"
    | "Configuration"
    | "Service"
    | "Calls that add a guarantee"
    | "What the provider assumes of the service";
  readonly name: string;
  /** `skipped`: an earlier line has the reason. */
  readonly state: "ok" | "attention" | "skipped";
  /** What was found. */
  readonly text: string;
  /** What to do; on every line that is not `ok`. */
  readonly todo?: string;
}
