import type { AdjustableCode, SeverityChoice } from "../provider/compose";
import { type Surface, UsageError } from "./command";
import { type ArgumentOptions, readChoices, readPairs } from "./options";

/** The options that say which project is meant and what it is validated with, for `readArguments`. */
export const projectOptions = {
  file: { type: "string", short: "f", multiple: true, default: [] },
  variable: { type: "string", multiple: true, default: [] },
  "inherit-environment": { type: "string", multiple: true, default: [] },
  "variable-file": { type: "string", multiple: true },
  profile: { type: "string", multiple: true, default: [] },
  root: { type: "string" },
  "inline-files": { type: "boolean", default: false },
  "execution-type": { type: "string" },
  diagnostic: { type: "string", multiple: true, default: [] },
} satisfies ArgumentOptions;

/** The same for `--help`, a line each. */
export const projectHelp = `\
  -f, --file FILE                 a further file, merged over those before it
      --variable NAME=VALUE       a variable (may be given several times); overrides env files
      --inherit-environment NAME  a variable of this shell (may be given several times); no other variable is read
      --variable-file FILE        variables, as in Compose's --env-file (may be given several times; later ones win);
                                  default: the project's .env
      --profile NAME              a profile whose services run (may be given several times)
      --root FOLDER               it must contain all files; default: the project's folder
      --inline-files              mounts of small text files become configs, and mounts of empty folders volumes
      --execution-type NAME       the machine of the run, such as cpu or gpu.a100
      --diagnostic CODE=HOW       off, warning or error for diagnostics with this code (may be given several times)`;

/** A project as a command line names it. */
export interface NamedProject {
  /** As they were written; never none. */
  readonly paths: readonly [string, ...string[]];
  /** Given ones over those of the shell. Any of them may be secret. */
  readonly variables: ReadonlyMap<string, string>;
  /** Absent: the `.env` of the project. */
  readonly envFiles?: readonly string[];
  readonly profiles: readonly string[];
  readonly diagnostics: Readonly<Partial<Record<AdjustableCode, SeverityChoice>>>;
  readonly root?: string;
  readonly inlineFiles: boolean;
  readonly executionType?: string;
}

/** What `readArguments` makes of the words. */
interface ProjectArguments {
  readonly values: {
    readonly file: readonly string[];
    readonly variable: readonly string[];
    readonly "inherit-environment": readonly string[];
    readonly "variable-file"?: readonly string[] | undefined;
    readonly profile: readonly string[];
    readonly root?: string | undefined;
    readonly "inline-files": boolean;
    readonly "execution-type"?: string | undefined;
    readonly diagnostic: readonly string[];
  };
  readonly positionals: readonly string[];
}

/** The project that the words name; the folder of the command when they name none. */
export function namedProject({ values, positionals }: ProjectArguments, surface: Surface): NamedProject {
  if (positionals.length > 1) throw new UsageError("At most one FILE or FOLDER; name further files with --file");
  const [first = ".", ...others] = [...positionals, ...values.file];
  const inherited = values["inherit-environment"].flatMap((name) => {
    const value = surface.variable(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const { root, "execution-type": executionType, "variable-file": envFiles } = values;
  return {
    paths: [first, ...others],
    variables: new Map([...inherited, ...readPairs("variable", values.variable)]),
    profiles: values.profile,
    inlineFiles: values["inline-files"],
    diagnostics: readChoices(values.diagnostic),
    ...(envFiles === undefined ? {} : { envFiles }),
    ...(root === undefined ? {} : { root }),
    ...(executionType === undefined ? {} : { executionType }),
  };
}
