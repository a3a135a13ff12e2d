import { type Command, EXIT_CODES, UsageError } from "../command";
import { readArguments } from "../options";
import { printedDiagnostics } from "../reports/print-diagnostics";
import { namedProject, PROJECT_OPTIONS } from "./project-options";
import { validateProject } from "./validate-project";

/** `pulumi-lyceum bundle`: prints a Compose project as one self-contained text. */
export const bundle: Command = {
  synopsis: "[FILE|FOLDER] [options]",
  about: [
    `Prints a compose project as one text that needs no other file and no variable. \`composeFile\` sends this text, except that it
    sends a single file with nothing to resolve unchanged. FOLDER (default: this one) holds a file of a name that Compose looks
    for, and maybe its override.`,
  ],
  options: PROJECT_OPTIONS,
  closing: [
    `The text contains the values of env files and of the files of secrets: protect it like those files. Diagnostics go to the standard error, each
    with its file and line and without such values.`,
    `Exit code: 0 if the text is printed (there may be warnings); 1 after errors; 2 if the command line is not valid or a file was not found.`,
    "docs/guides/compose.md of the package explains how a project becomes one text, and docs/reference/diagnostics.md every code.",
  ],
  run(args, surface) {
    const read = readArguments(args, PROJECT_OPTIONS, { allowPositionals: true });
    const project = namedProject(read, surface);
    if (project.localFiles === "upload")
      throw new UsageError(
        "The text of a project with uploaded files names folders of the bucket, which only a start knows. `check --local-files upload` validates the project",
      );
    const result = validateProject({ withoutJobs: true, ...project }, surface);
    // The standard output may go to a file, so the diagnostics go to the standard error. They fit the terminal at the
    // standard error, and have no colors.
    if (result.diagnostics.length > 0) {
      surface.printError(printedDiagnostics(result, { columns: surface.errorColumns(), color: false }));
    }
    const { bundle: made } = result;
    if (made === undefined) return EXIT_CODES.errors;
    // `print` adds a line break, so the last line break of the text is removed.
    surface.print(made.text.replace(/\n$/, ""));
    return EXIT_CODES.clean;
  },
};
