import type { StoredMounts } from "../../compose/project";
import { type Command, EXIT_CODES, type Surface, UsageError } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { FORMAT_OPTIONS, FORMATS, type Format, formatOf, imagesToGive, jobsToRun, summary } from "../reports/formats";
import { type ValidationResult, withoutRepeats } from "../reports/validation-result";
import { assertFixable, fixProject, replaceFile } from "./fix";
import { namedProjects } from "./named-projects";
import { type NamedProject, PROJECT_OPTIONS } from "./project-options";
import { readMounts, validateProject } from "./validate-project";
import { textPath, validateText } from "./validate-text";

const OPTIONS = {
  ...PROJECT_OPTIONS,
  strict: { type: "boolean", default: false, help: "warnings count as errors" },
  fix: {
    type: "boolean",
    default: false,
    help: "first corrects errors that have only one correction, such as a misspelt key, and writes the files",
  },
  "dry-run": { type: "boolean", default: false, help: "with --fix: shows the corrections, and writes nothing" },
  ...FORMAT_OPTIONS,
} as const satisfies OptionTable;

/** `pulumi-lyceum check`: validates Compose projects without Pulumi. */
export const check: Command = {
  synopsis: "[PATH ...] [options]",
  about: [
    `Validates compose projects for a run on Lyceum Cloud: all diagnostics at once, each with file, line and what to do. Each PATH is a
    project of its own: a file, or a folder (default: this one) with a file of a name that Compose looks for, and maybe its
    override. A pattern in quotes, such as 'stacks/**/compose.yaml', stands for the files that it matches, and \`-\` for the standard
    input, a text by itself. The options hold for all projects.`,
  ],
  options: OPTIONS,
  closing: [
    "Exit code: 0 without errors (there may be warnings); 1 after errors (with --strict, also after warnings); 2 if the command line is not valid or a file was not found.",
    "docs/reference/diagnostics.md of the package explains every code.",
  ],
  run(args, given) {
    const read = readArguments(args, OPTIONS, { allowPositionals: true });
    const format = formatOf(read.values);
    const { strict, fix, "dry-run": isDryRun } = read.values;
    if (isDryRun && !fix) throw new UsageError("--dry-run needs --fix");
    const projects = namedProjects(read, given);
    if (fix) for (const project of projects) assertFixable(project, given);
    const save = isDryRun ? undefined : replaceFile;
    const surface = fix ? projects.reduce((before, project) => fixProject(project, before, save), given) : given;
    const validated = (project: NamedProject, storedMounts?: StoredMounts): ValidationResult => {
      const text = textPath(project, surface);
      return text === undefined
        ? validateProject(project, surface, storedMounts)
        : validateText(text, project, surface);
    };
    const ended = (results: readonly ValidationResult[]): number => reported(results, { format, strict }, surface);
    // Without files to upload, all projects are validated at once and synchronously. Files to upload may be large, so
    // they are read without blocking.
    if (!projects.some(areUploaded)) return ended(projects.map((project) => validated(project)));
    return validatedInTurn(projects, surface, validated).then(ended);
  },
};

function areUploaded({ localFiles }: NamedProject): boolean {
  return localFiles === "upload";
}

async function validatedInTurn(
  projects: readonly NamedProject[],
  surface: Surface,
  validated: (project: NamedProject, storedMounts?: StoredMounts) => ValidationResult,
): Promise<readonly ValidationResult[]> {
  const results: ValidationResult[] = [];
  for (const project of projects) {
    const isText = textPath(project, surface) !== undefined;
    results.push(isText ? validated(project) : validated(project, await readMounts(project, surface)));
  }
  return results;
}

/** Prints the results. @returns the exit code */
function reported(
  all: readonly ValidationResult[],
  { format, strict }: { readonly format: Format; readonly strict: boolean },
  surface: Surface,
): number {
  const results = withoutRepeats(all);
  const report = FORMATS[format](results, surface);
  if (report !== "") surface.print(report);
  // On a terminal, a blank line separates the report from the summary.
  const isSeparate = report !== "" && surface.columns !== undefined;
  if (format !== "json" && format !== "sarif") surface.printError(`${isSeparate ? "\n" : ""}${summary(results)}`);
  const images = imagesToGive(results);
  if (format === "text" && images !== "") surface.printError(images);
  const jobs = jobsToRun(results);
  if (format === "text" && jobs !== "") surface.printError(jobs);
  const found = results.flatMap(({ diagnostics }) => diagnostics);
  const counts = found.some(({ severity }) => strict || severity === "error");
  return counts ? EXIT_CODES.errors : EXIT_CODES.clean;
}
