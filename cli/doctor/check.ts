/** One thing that `doctor` looked at. */
export interface DoctorCheck {
  /** Stable, for `--json`. */
  readonly id: string;
  /** Heading under which it is printed. */
  readonly group: "This machine" | "Configuration" | "Service" | "Calls that add a guarantee";
  readonly name: string;
  /** `skipped`: an earlier line is the reason. */
  readonly state: "ok" | "attention" | "skipped";
  /** What was found. */
  readonly text: string;
  /** What to do; for everything that is not fine. */
  readonly todo?: string;
}
