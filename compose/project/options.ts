import type { SeverityChoices } from "../validate";
import type { RuleOptions } from "../validate/context";
import type { StoredMounts } from "./stored-paths";
import type { VariableValue } from "./variables/template";

/** The project to bundle, and how to bundle it. */
export interface BundleOptions extends RuleOptions {
  /** Paths of files that are merged in this order, or the path of one folder. Relative paths start at `from`. */
  readonly paths: readonly string[];
  /** The absolute path of the folder at which relative paths start. */
  readonly from: string;
  /** The folder that must contain all files. Default: the project folder, which is the folder of the first file. */
  readonly root?: string;
  /** Variables, which win over the variables of env files. */
  readonly variables?: ReadonlyMap<string, VariableValue>;
  /** Paths of env files. Relative paths start at `from`. Default: the `.env` in the project folder, if it exists. */
  readonly envFiles?: readonly string[];
  /** Profiles to enable. Services without a profile always run. */
  readonly profiles?: readonly string[];
  /**
   * The job to run, as `docker compose run` does: an entry of `jobs`, or a service that runs once. The bundle contains
   * only the job and what it needs, all of them as services. By default, the bundle contains all services and jobs.
   */
  readonly job?: string;
  /** Whether jobs are left out if no `job` is given, as `docker compose up` does. Default: no. */
  readonly withoutJobs?: boolean;
  /**
   * Images for services. A key is the name of a service, or a value of `image` that services with one build share. An
   * image replaces `image` and `build` of the services. Another program builds these images. The name of an image may
   * be secret or not known yet.
   */
  readonly images?: ReadonlyMap<string, VariableValue>;
  /**
   * What happens to local mounts. `inline` sends small text files with the text. With `upload`, `storedMounts` decides
   * about each mount. By default, a local mount is an error.
   */
  readonly localFiles?: "inline" | "upload";
  /**
   * With `localFiles: "upload"`, decides what replaces each mounted path. By default nothing is decided, so there is no
   * bundle.
   */
  readonly storedMounts?: StoredMounts;
  /**
   * The severity of each code that gets another severity, or `off`. A diagnostic that prevents reading or merging a
   * project stays an error.
   */
  readonly diagnostics?: SeverityChoices;
}
