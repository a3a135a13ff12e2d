import type { SeverityChoices } from "../validate";
import type { RuleOptions } from "../validate/context";
import type { VariableValue } from "./variables/template";

/** The project to make self-contained, and how. */
export interface BundleOptions extends RuleOptions {
  /** Files, merged in this order, or one folder. Relative to `from`. */
  readonly paths: readonly string[];
  /** The folder that relative paths start from; absolute. */
  readonly from: string;
  /** The folder that all files must be in; default the project folder, which is that of the first file. */
  readonly root?: string;
  /** Variables; they win over those of env files. */
  readonly variables?: ReadonlyMap<string, VariableValue>;
  /** Env files with variables, relative to `from`; default the `.env` in the project folder, if there is one. */
  readonly envFiles?: readonly string[];
  /** Profiles whose services run in addition to those without a profile. */
  readonly profiles?: readonly string[];
  /**
   * Images by service, or by the `image` that services of one build share. Each replaces `image` and `build`. They are
   * built elsewhere, and may be secret or not known yet.
   */
  readonly images?: ReadonlyMap<string, VariableValue>;
  /** How mounts of local files are handled. `inline` sends small text files with the text. Default: an error. */
  readonly localFiles?: "inline";
  /** Another severity for a code, or `off`. Diagnostics that prevent reading or merging a project stay errors. */
  readonly diagnostics?: SeverityChoices;
}
