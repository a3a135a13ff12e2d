import type { SeverityChoices } from "../validate";
import type { RuleOptions } from "../validate/context";
import type { VariableValue } from "./variables/template";

/** What is to be made self-contained, and with what. */
export interface BundleOptions extends RuleOptions {
  /** Files, merged in this order, or one folder. Relative to `from`. */
  readonly paths: readonly string[];
  /** The folder that relative paths start from; absolute. */
  readonly from: string;
  /** The folder that no file may lie outside of; default the project's, which is that of the first file. */
  readonly root?: string;
  /** Variables; they win over those of env files. */
  readonly variables?: ReadonlyMap<string, VariableValue>;
  /** Env files with variables, relative to `from`; default the `.env` in the project folder, if there is one. */
  readonly envFiles?: readonly string[];
  /** Profiles whose services run beside those of none. */
  readonly profiles?: readonly string[];
  /**
   * Images by service, or by the `image` that services of one build share: each takes the place of `image` and `build`.
   * Built elsewhere, they may be secret, or not known yet.
   */
  readonly images?: ReadonlyMap<string, VariableValue>;
  /** What mounts of local files become: `inline` sends small text files with the text. Default: an error. */
  readonly localFiles?: "inline";
  /** Another severity for a code, or none at all. What keeps a project from being read or put together stays an error. */
  readonly diagnostics?: SeverityChoices;
}
