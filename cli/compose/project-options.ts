import type { SeverityChoice } from "../../compose";
import { type Surface, UsageError } from "../command";
import type { OptionTable } from "../option-table";
import { type Arguments, readChoices, readPairs } from "../options";

/** The options that name a project and control its validation. */
export const PROJECT_OPTIONS = {
  file: {
    type: "string",
    short: "f",
    multiple: true,
    default: [] as string[],
    value: "FILE",
    help: "a further file of the same project, merged over those before it",
  },
  variable: {
    type: "string",
    multiple: true,
    default: [] as string[],
    value: "NAME=VALUE",
    help: "a variable (may be given several times); overrides env files",
  },
  "inherit-environment": {
    type: "string",
    multiple: true,
    default: [] as string[],
    value: "NAME",
    help: "a variable of this shell (may be given several times); no other variable is read",
  },
  "variable-file": {
    type: "string",
    multiple: true,
    value: "FILE",
    help: `variables, as in Compose's --env-file (may be given several times; later ones win); default: the project's .env`,
  },
  profile: {
    type: "string",
    multiple: true,
    default: [] as string[],
    value: "NAME",
    help: "a profile whose services run (may be given several times)",
  },
  job: {
    type: "string",
    value: "NAME",
    help: "only this job or service, with the services that it needs, as the argument `job`",
  },
  image: {
    type: "string",
    multiple: true,
    default: [] as string[],
    value: "SERVICE=REF",
    help: "the image of a service in place of its build (may be given several times), as the argument `images`",
  },
  root: { type: "string", value: "FOLDER", help: "it must contain all files; default: the project's folder" },
  "local-files": {
    type: "string",
    value: "HOW",
    help: "what happens to mounts of local paths, as the argument `localFiles`: inline (small text files become configs, empty folders volumes) or upload (stored in the account's bucket)",
  },
  "inline-files": { type: "boolean", default: false, help: "the same as --local-files inline" },
  "execution-type": { type: "string", value: "NAME", help: "the machine of the run, such as cpu or gpu.a100" },
  diagnostic: {
    type: "string",
    multiple: true,
    default: [] as string[],
    value: "CODE=HOW",
    help: "off, warning or error for diagnostics with this code (may be given several times)",
  },
} as const satisfies OptionTable;

/** How local files can get to the run: the values of the argument `localFiles`. */
const LOCAL_FILES = ["inline", "upload"] as const;

/** How local files get to the run. */
export type LocalFiles = (typeof LOCAL_FILES)[number];

/** A project that a command line names. */
export interface NamedProject {
  /** The paths as the user wrote them. At least one path is given. */
  readonly paths: readonly [string, ...string[]];
  /**
   * Variables of `--variable` and `--inherit-environment`. For a name in both, `--variable` wins. Each value may be
   * secret.
   */
  readonly variables: ReadonlyMap<string, string>;
  /**
   * The new images of services. A key is the name of a service, or a value of `image` for all services with this value.
   */
  readonly images: ReadonlyMap<string, string>;
  /** The files of `--variable-file`. Absent if the project's own `.env` is used. */
  readonly envFiles?: readonly string[];
  readonly profiles: readonly string[];
  /** The job to run. Absent if all services run. */
  readonly job?: string;
  /** If `job` is absent: whether all jobs are left out, as with `docker compose up`. */
  readonly withoutJobs?: boolean;
  readonly diagnostics: Readonly<Record<string, SeverityChoice>>;
  readonly root?: string;
  /** How local files that services mount get to the run. If absent, such a mount is an error. */
  readonly localFiles?: LocalFiles;
  readonly executionType?: string;
}

/** The result of `readArguments`. */
export interface ProjectArguments {
  readonly values: Arguments<typeof PROJECT_OPTIONS>["values"];
  readonly positionals: readonly string[];
}

/** Returns the project that the arguments name. The default is the project in the current folder. */
export function namedProject({ values, positionals }: ProjectArguments, surface: Surface): NamedProject {
  if (positionals.length > 1) throw new UsageError("At most one FILE or FOLDER; name further files with --file");
  const [first = ".", ...others] = [...positionals, ...values.file];
  const inherited = values["inherit-environment"].flatMap((name) => {
    const value = surface.variable(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const { root, job, "execution-type": executionType, "variable-file": envFiles } = values;
  const localFiles = chosenLocalFiles(values);
  return {
    paths: [first, ...others],
    variables: new Map([...inherited, ...readPairs("variable", values.variable)]),
    images: readPairs("image", values.image),
    profiles: values.profile,
    diagnostics: readChoices(values.diagnostic),
    ...(envFiles === undefined ? {} : { envFiles }),
    ...(root === undefined ? {} : { root }),
    ...(localFiles === undefined ? {} : { localFiles }),
    ...(job === undefined ? {} : { job }),
    ...(executionType === undefined ? {} : { executionType }),
  };
}

function chosenLocalFiles({
  "local-files": given,
  "inline-files": isInline,
}: ProjectArguments["values"]): LocalFiles | undefined {
  const chosen = LOCAL_FILES.find((one) => one === given);
  if (given !== undefined && chosen === undefined)
    throw new UsageError(`--local-files must be one of ${LOCAL_FILES.join(", ")}`);
  if (isInline && chosen === "upload") throw new UsageError("Either --inline-files or --local-files upload");
  return isInline ? "inline" : chosen;
}
