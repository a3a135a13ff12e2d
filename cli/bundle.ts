import { printDiagnostics } from "../provider/compose";
import { bundleProject, seenFrom } from "../provider/compose/project";
import { type Command, exitCodes, type Surface, UsageError } from "./command";
import { readChoices, readPairs, readWords } from "./options";

const usage = `Usage: pulumi-lyceum bundle [FILE|FOLDER] [options]

Prints a compose project as one text that needs no other file and no variable: what \`composeFile\` sends.
FOLDER (default: this one) holds a file of a name that Compose looks for, and maybe its override.

  -f, --file FILE                 a further file, merged over those before it
      --variable NAME=VALUE       a variable (may be given several times); wins over the project's .env
      --inherit-environment NAME  a variable of this shell (may be given several times); no other one is seen
      --profile NAME              a profile whose services run (may be given several times)
      --root FOLDER               no file may lie outside of it; default: the project's folder
      --execution-type NAME       the machine of the run, such as cpu or gpu.a100
      --diagnostic CODE=HOW       off, warning or error for a fault of this code (may be given several times)
      --help                      this text

The text holds the values of env files and of the files of secrets: treat it as one. Faults go to the standard error,
each with its file and line and without such values.

Exit code: 0 the text is printed (warnings may be told), 1 faults, 2 the command line cannot be read or a file not be found.
docs/compose.md of the package explains every code, and how a project becomes one text.`;

/** `pulumi-lyceum bundle`: prints a project as one self-contained text. */
export const bundle: Command = {
  name: "bundle",
  summary: "prints a project of several files as one text",
  usage,
  run(words, surface) {
    const { values, positionals } = readWords({
      args: [...words],
      allowPositionals: true,
      options: {
        file: { type: "string", short: "f", multiple: true, default: [] },
        variable: { type: "string", multiple: true, default: [] },
        "inherit-environment": { type: "string", multiple: true, default: [] },
        profile: { type: "string", multiple: true, default: [] },
        root: { type: "string" },
        "execution-type": { type: "string" },
        diagnostic: { type: "string", multiple: true, default: [] },
      },
    });
    if (positionals.length > 1) throw new UsageError("At most one FILE or FOLDER; name further files with --file");
    const given = [...positionals, ...values.file];
    const paths = given.length === 0 ? ["."] : given;
    assertThere(paths, surface);
    const inherited = values["inherit-environment"].flatMap((name) => {
      const value = surface.variable(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    const variables = new Map([...inherited, ...readPairs("variable", values.variable)]);
    const executionType = values["execution-type"];
    const bundled = bundleProject(
      {
        paths,
        from: surface.folder,
        variables: new Map([...variables].map(([name, text]) => [name, { text, secret: false }])),
        profiles: values.profile,
        diagnostics: readChoices(values.diagnostic),
        ...(values.root === undefined ? {} : { root: values.root }),
        ...(executionType === undefined ? {} : { surroundings: { executionType } }),
      },
      surface.files,
    );
    const { diagnostics, linesOf } = seenFrom(surface.folder, paths[0] ?? ".", bundled);
    const secrets = [...variables.values()];
    if (diagnostics.length > 0) surface.complain(printDiagnostics(diagnostics, { lines: linesOf, secrets }));
    if (bundled.bundle === undefined) return exitCodes.faults;
    // What is said ends with a line break of its own.
    surface.say(bundled.bundle.text.replace(/\n$/, ""));
    return exitCodes.clean;
  },
};

function assertThere(paths: readonly string[], surface: Surface): void {
  for (const path of paths) {
    if (path === "-") throw new UsageError("A project is made of files: the standard input cannot be bundled");
    if (surface.look(path) === "missing") throw new UsageError(`${path} does not exist`);
  }
}
