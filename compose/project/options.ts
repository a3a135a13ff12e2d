import type { SeverityChoices } from "../validate";
import type { RuleOptions } from "../validate/context";
import type { StoredMounts } from "./stored-paths";
import type { VariableValue } from "./variables/template";

/** Options of `bundleProject`. */
export interface BundleOptions extends RuleOptions {
  /** Paths of files that are merged in this order, or the path of one folder. Relative paths start at `from`. */
  readonly paths: readonly string[];
  /** The absolute path of the folder at which relative paths start. */
  readonly from: string;
  /**
   * The folder that must contain all files of the project. Default: the folder that `paths` names, or the folder of the
   * first file in `paths`.
   */
  readonly root?: string;
  /** Values of variables, by the names of the variables. These values win over values in env files. */
  readonly variables?: ReadonlyMap<string, VariableValue>;
  /** Paths of env files. Relative paths start at `from`. Default: the `.env` in the project folder, if it exists. */
  readonly envFiles?: readonly string[];
  /** Profiles to enable. Services without a profile always run. */
  readonly profiles?: readonly string[];
  /**
   * The job to run, as with `docker compose run`: a name in `jobs`, or a service that runs once. The bundle contains
   * only the job and what the job needs, all as services. By default, the bundle contains all services and jobs.
   */
  readonly job?: string;
  /** Whether jobs are left out if `job` is not set, as with `docker compose up`. Default: false. */
  readonly withoutJobs?: boolean;
  /**
   * The images that replace `image` and `build` of services. A key is the name of a service, or a value of `image`,
   * which stands for all services with this image. The name of a service wins. A value may be secret or not known yet.
   */
  readonly images?: ReadonlyMap<string, VariableValue>;
  /**
   * What replaces local mounts. `inline` sends small text files with the text. `upload` lets `storedMounts` decide
   * about each mount. By default, a local mount is an error.
   */
  readonly localFiles?: "inline" | "upload";
  /**
   * Decides what replaces each mounted path, with `localFiles: "upload"`. Without this function, a project with local
   * mounts has no bundle.
   */
  readonly storedMounts?: StoredMounts;
  /**
   * The severities that the caller sets, by code. `off` drops the diagnostics of a code. A diagnostic that prevents
   * reading or merging stays an error.
   */
  readonly diagnostics?: SeverityChoices;
}
