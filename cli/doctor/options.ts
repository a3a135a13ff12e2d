import { largestComposeText } from "../../compose";
import { machineName } from "../../provider/schema";
import { type Surface, UsageError } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";

/** What the user asked of `doctor`. */
export type DoctorOptions = ReturnType<typeof readDoctorOptions>;

/** The options of `doctor`. */
export const doctorOptions = {
  json: {
    type: "boolean",
    default: false,
    help: `one JSON object in place of the text, to attach to an issue. It holds no key, no streaming URL, and no name or address of the
      account`,
  },
  probe: {
    type: "boolean",
    default: false,
    help: `also compares the service with what the provider assumes of it. This starts one run of at most 10 s, aborts it, and deletes
      its record; it asks first`,
  },
  yes: { type: "boolean", default: false, help: "with --probe: does not ask" },
  "no-abort": {
    type: "boolean",
    default: false,
    help: "with --probe: lets the run end by itself (2 s) to see its exit code; no abort is tried",
  },
  "execution-type": { type: "string", value: "TYPE", help: "with --probe: the machine (default: cpu)" },
  image: { type: "string", value: "IMAGE", help: "with --probe: an image with `sh` (default: busybox:stable)" },
  "compose-file": {
    type: "string",
    value: "FILE",
    help: "with --probe: another compose text than the built-in one; one service that prints a line",
  },
} as const satisfies OptionTable;

/** Reads the words behind `doctor`. */
export function readDoctorOptions(args: readonly string[], surface: Surface) {
  const { values } = readArguments(args, doctorOptions);
  const { image, "compose-file": composeFile, "execution-type": machine } = values;
  const ofProbe =
    [image, composeFile, machine].some((value) => value !== undefined) || values.yes || values["no-abort"];
  if (ofProbe && !values.probe) {
    throw new UsageError("--yes, --no-abort, --execution-type, --image and --compose-file belong to --probe");
  }
  if (image !== undefined && composeFile !== undefined) throw new UsageError("Either --image or --compose-file");
  const reason = machine === undefined ? undefined : machineName(machine);
  if (reason !== undefined) throw new UsageError(`--execution-type ${reason}`);
  return {
    json: values.json,
    probe: values.probe,
    yes: values.yes,
    image: image ?? "busybox:stable",
    composeFileCode: composeFile === undefined ? undefined : textOf(composeFile, surface),
    machine: machine ?? "cpu",
    endsBy: values["no-abort"] ? ("itself" as const) : ("abort" as const),
  };
}

function textOf(path: string, surface: Surface): string {
  const read = surface.read(path, largestComposeText);
  if (read.kind === "error") throw new UsageError(`${path} ${read.reason}`);
  return Buffer.from(read.bytes).toString("utf8");
}
