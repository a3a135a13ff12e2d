import type { SeverityChoices } from "../validate";
import type { RuleOptions } from "../validate/context";
import type { VariableValue } from "./variables/template";

/** The project to bundle, and how to bundle it. */
export interface BundleOptions extends RuleOptions {
  /** Files that are merged in this order, or one folder. Paths are relative to `from`. */
  readonly paths: readonly string[];
  /** The absolute path of the folder from which relative paths start. */
  readonly from: string;
  /** The folder that must contain all files. Default: the project folder, which is the folder of the first file. */
  readonly root?: string;
  /** Variables. They win over those of env files. */
  readonly variables?: ReadonlyMap<string, VariableValue>;
  /**
   * Env files with variables. Paths are relative to `from`. Default: the `.env` in the project folder, if it exists.
   */
  readonly envFiles?: readonly string[];
  /** Profiles to enable. Services without a profile always run. */
  readonly profiles?: readonly string[];
  /**
   * Images by service, or by the `image` that services with one build share. Each replaces `image` and `build`. Another
   * program builds these images. Their names may be secret or not known yet.
   */
  readonly images?: ReadonlyMap<string, VariableValue>;
  /**
   * What happens to mounts of local files. `inline` sends small text files with the text. By default, they are an
   * error.
   */
  readonly localFiles?: "inline";
  /** Another severity for a code, or `off`. A diagnostic that prevents reading or merging a project stays an error. */
  readonly diagnostics?: SeverityChoices;
}
