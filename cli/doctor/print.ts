import { hanging } from "../layout";

const MARKS: Readonly<Record<DoctorCheck["state"], string>> = { ok: "ok", attention: "!!", skipped: "--" };

/** Prints the checks in their groups. Each check has a mark, a name and a finding. A remedy is below the finding. */
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

/** Returns a label, an arrow and a text. Further lines of the text begin below its first word. */
function hangingBelow(label: string, text: string, width: number): string[] {
  return hanging(label, `-> ${text}`, width, " ".repeat(label.length + 3));
}

/** One result of `doctor`. */
export interface DoctorCheck {
  /** The id of the check in the output of `--json`. The id never changes. */
  readonly id: string;
  /** The heading under which the check is printed. */
  readonly group:
    | "This machine"
    | "Configuration"
    | "Service"
    | "Calls that add a guarantee"
    | "What the provider assumes of the service";
  readonly name: string;
  /** The state of the check. `skipped`: the check was not made, and `todo` has the reason. */
  readonly state: "ok" | "attention" | "skipped";
  /** The finding, such as `the key is accepted` or `20.18.1 (needs 20.18.1 or later)`. */
  readonly text: string;
  /**
   * What the user can do, or why the check was skipped. Absent if the check is ok, or if `text` already shows what to
   * do.
   */
  readonly todo?: string;
}
