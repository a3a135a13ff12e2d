import type { EngineName } from "./emulator";
import type { HostName } from "./workspace";

/** Where a scenario lives and what runs it. */
export interface ScenarioOptions {
  /** The scenario's folder: `program/` and `golden/` are in it. */
  readonly folder: string;
  readonly engine: EngineName;
  /** A second scenario in the same folder: `program-<variant>/` if there is one, `golden/<variant>-<engine>.txt`. */
  readonly variant?: string;
  readonly programFolder: string;
  /** Default dynamic. */
  readonly host?: HostName;
  /** Many runs start at once, in no order of their own: they are named by their labels. */
  readonly namedByLabel?: boolean;
}
