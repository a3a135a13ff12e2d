import { type Command, EXIT_CODES } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { FORMAT_OPTIONS, FORMATS, formatOf, imagesToGive, summary } from "../reports/formats";
import { withoutRepeats } from "../reports/validation-result";
import { namedProjects } from "./named-projects";
import { PROJECT_OPTIONS } from "./project-options";
import { validateProject } from "./validate-project";
import { textPath, validateText } from "./validate-text";

const OPTIONS = {
  ...PROJECT_OPTIONS,
  strict: { type: "boolean", default: false, help: "warnings count as errors" },
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
    "Exit code: 0 no errors (there may be warnings), 1 errors (with --strict also warnings), 2 the command line is not valid or a file was not found.",
    "docs/reference/diagnostics.md of the package explains every code.",
  ],
  run(args, surface) {
    const read = readArguments(args, OPTIONS, { allowPositionals: true });
    const format = formatOf(read.values);
    const results = withoutRepeats(
      namedProjects(read, surface).map((project) => {
        const text = textPath(project, surface);
        return text === undefined ? validateProject(project, surface) : validateText(text, project, surface);
      }),
    );
    const report = FORMATS[format](results, surface);
    if (report !== "") surface.print(report);
    // On a terminal, a blank line separates the report from the summary.
    const isSeparate = report !== "" && surface.columns !== undefined;
    if (format !== "json" && format !== "sarif") surface.printError(`${isSeparate ? "\n" : ""}${summary(results)}`);
    const images = imagesToGive(results);
    if (format === "text" && images !== "") surface.printError(images);
    const found = results.flatMap(({ diagnostics }) => diagnostics);
    const counts = found.some(({ severity }) => read.values.strict || severity === "error");
    return counts ? EXIT_CODES.errors : EXIT_CODES.clean;
  },
};
