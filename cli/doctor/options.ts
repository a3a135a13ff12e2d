import { type Surface, UsageError } from "../command";
import { readArguments } from "../options";

/** What the user asked of `doctor`. */
export interface DoctorOptions {
  readonly json: boolean;
  readonly probe: boolean;
  readonly yes: boolean;
  readonly image: string;
  readonly composeFileCode?: string | undefined;
  readonly machine: string;
  readonly endsBy: "abort" | "itself";
  /** The file that the report is written to. */
  readonly output?: string | undefined;
}

/** What `--help` prints. */
export const DOCTOR_USAGE = `Usage: pulumi-lyceum doctor [options]

Checks what a program with a ComposeExecution needs: Node and Pulumi, where the API key and the base URL come from (the
key is never shown), whether the service answers, and which of its calls work. It starts nothing and changes nothing.
Each line that is not fine has a line below it with what to do.

      --json                  one JSON object in place of the text
      --probe                 also compares the service with what the provider assumes of it. This starts one run of at
                              most 10 s, aborts it, and deletes its record; it asks first
      --yes                   with --probe: does not ask
      --no-abort              with --probe: lets the run end by itself (2 s) to see its exit code; no abort is tried
      --execution-type TYPE   with --probe: the machine (default: cpu)
      --image IMAGE           with --probe: an image with \`sh\` (default: busybox:stable)
      --compose-file FILE     with --probe: another compose text than the built-in one; one service that prints a line
      --output FILE           writes the report as JSON, to attach to an issue. It holds no key, no streaming URL, and
                              no name or address of the account
      --help                  this text

Exit code: 0 all is fine, 1 something needs attention, 2 the command line cannot be read, 130 stopped by a signal.
docs/guides/doctor.md of the package explains every assumption.`;

const LONGEST_COMPOSE_BYTES = 1024 * 1024;

/** Reads the words behind `doctor`. */
export function readDoctorOptions(args: readonly string[], surface: Surface): DoctorOptions {
  const { values } = readArguments({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      probe: { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
      "no-abort": { type: "boolean", default: false },
      "execution-type": { type: "string" },
      image: { type: "string" },
      "compose-file": { type: "string" },
      output: { type: "string" },
    },
  });
  const { image, "compose-file": composeFile, "execution-type": machine } = values;
  const ofProbe =
    [image, composeFile, machine].some((value) => value !== undefined) || values.yes || values["no-abort"];
  if (ofProbe && !values.probe) {
    throw new UsageError("--yes, --no-abort, --execution-type, --image and --compose-file belong to --probe");
  }
  if (image !== undefined && composeFile !== undefined) throw new UsageError("Either --image or --compose-file");
  if (machine !== undefined && !/^[a-zA-Z0-9_.]+$/.test(machine)) {
    throw new UsageError("--execution-type takes letters, digits, dots and underscores, such as gpu.a100");
  }
  return {
    json: values.json,
    probe: values.probe,
    yes: values.yes,
    image: image ?? "busybox:stable",
    composeFileCode: composeFile === undefined ? undefined : textOf(composeFile, surface),
    machine: machine ?? "cpu",
    endsBy: values["no-abort"] ? "itself" : "abort",
    output: values.output,
  };
}

function textOf(path: string, surface: Surface): string {
  const read = surface.read(path, LONGEST_COMPOSE_BYTES);
  if (read.kind === "error") throw new UsageError(`${path} ${read.reason}`);
  return Buffer.from(read.bytes).toString("utf8");
}
