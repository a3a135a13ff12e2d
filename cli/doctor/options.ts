import { machineName } from "../../provider/schema";
import { UsageError } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";

/** The request of a `doctor` command line. */
export type DoctorOptions = ReturnType<typeof readDoctorOptions>;

/** The options of `doctor`. */
export const DOCTOR_OPTIONS = {
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
  "execution-type": { type: "string", value: "TYPE", help: "with --probe: the machine (default: cpu)" },
} as const satisfies OptionTable;

/** Reads the command-line arguments after `doctor`. */
export function readDoctorOptions(args: readonly string[]) {
  const { values } = readArguments(args, DOCTOR_OPTIONS);
  const { json, probe, yes, "execution-type": machine } = values;
  if ((machine !== undefined || yes) && !probe) throw new UsageError("--yes and --execution-type belong to --probe");
  const reason = machine === undefined ? undefined : machineName(machine);
  if (reason !== undefined) throw new UsageError(`--execution-type ${reason}`);
  return { json, probe, yes, machine: machine ?? "cpu" };
}
