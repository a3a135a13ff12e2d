import { printDiagnostics } from "../provider/compose";
import { type Command, exitCodes, type Surface, UsageError } from "./command";
import { asJson } from "./json";
import { type Judged, judgeFiles } from "./judge-files";
import { readChoices, readPairs, readWords } from "./options";
import { asSarif } from "./sarif";
import { packageVersion } from "./version";

const usage = `Usage: pulumi-lyceum check [FILE|FOLDER] [options]

Judges a compose document for a run on Lyceum Cloud: every fault at once, each with its line and what to do.
FOLDER (default: this one) holds a file of a name that Compose looks for; \`-\` is the standard input.

  -f, --file FILE            a further file
      --variable NAME=VALUE  a variable that is set (may be given several times)
      --execution-type NAME  the machine of the run, such as cpu or gpu.a100
      --diagnostic CODE=HOW  off, warning or error for a fault of this code (may be given several times)
      --strict               warnings count as faults
      --json                 a list of {code, severity, message, file, line, column, path, remedy}
      --sarif                SARIF 2.1.0, for code-scanning pages
      --help                 this text

Exit code: 0 no faults (warnings may be told), 1 faults, 2 the command line cannot be read or a file not be found.
docs/compose.md of the package explains every code.`;

/** `pulumi-lyceum check`: judges a compose document without Pulumi. */
export const check: Command = {
  name: "check",
  summary: "judges a compose document: every fault with its line",
  usage,
  run(words, surface) {
    const { values, positionals } = readWords({
      args: [...words],
      allowPositionals: true,
      options: {
        file: { type: "string", short: "f", multiple: true, default: [] },
        variable: { type: "string", multiple: true, default: [] },
        "execution-type": { type: "string" },
        diagnostic: { type: "string", multiple: true, default: [] },
        strict: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        sarif: { type: "boolean", default: false },
      },
    });
    if (positionals.length > 1) throw new UsageError("At most one FILE or FOLDER; name further files with --file");
    if (values.json && values.sarif) throw new UsageError("Either --json or --sarif");
    const paths = [...positionals, ...values.file];
    const executionType = values["execution-type"];
    const judged = judgeFiles(paths.length === 0 ? ["."] : paths, surface, {
      variables: readPairs("variable", values.variable),
      diagnostics: readChoices(values.diagnostic),
      ...(executionType === undefined ? {} : { executionType }),
    });
    if (values.json) surface.say(asJson(judged.diagnostics));
    else if (values.sarif) surface.say(asSarif(judged.diagnostics, packageVersion()));
    else tell(judged, surface);
    const counts = judged.diagnostics.some(({ severity }) => values.strict || severity === "error");
    return counts ? exitCodes.faults : exitCodes.clean;
  },
};

function tell({ diagnostics, secrets, linesOf, files }: Judged, surface: Surface): void {
  if (diagnostics.length > 0) surface.say(printDiagnostics(diagnostics, { lines: linesOf, secrets }));
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  const found = [count(errors, "error"), count(warnings, "warning")].filter((words) => words !== "").join(", ");
  surface.complain(`${files.join(", ")}: ${found === "" ? "no faults" : found}`);
}

function count(number: number, word: string): string {
  if (number === 0) return "";
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
