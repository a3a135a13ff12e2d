import { UsageError } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";

/** The request of an `emulator` command line. A value is undefined if the default of the option applies. */
export type EmulatorOptions = Exclude<ReturnType<typeof readEmulatorOptions>, "env">;

/** The options of `emulator`. */
export const EMULATOR_OPTIONS = {
  port: {
    type: "string",
    value: "N",
    help: "port on 127.0.0.1 (default: 4010, or a free one where that is taken); 0 takes a free one",
  },
  "api-key": { type: "string", value: "lk_…", help: "the key that clients must send (default: a random one)" },
  engine: {
    type: "string",
    value: "NAME",
    help: "docker (real containers) or simulated (nothing runs; `x-lyceum-sim` is a script); default: docker where it works",
  },
  data: {
    type: "string",
    value: "DIR",
    help: "keeps records in this folder, the bodies of starts with their passwords too, so that they outlive a restart (default: a temporary one)",
  },
  json: {
    type: "boolean",
    default: false,
    help: "one JSON object in place of the text when it is ready, for programs; `--env` does not find this one",
  },
  env: {
    type: "boolean",
    default: false,
    help: "starts nothing: prints the lines that point a shell at the emulator that runs here, of several at the one that was started last; without one, lines that let the next command fail",
  },
} as const satisfies OptionTable;

/** Reads the words after `emulator`. The result `env` means: only print the lines for a shell. */
export function readEmulatorOptions(args: readonly string[]) {
  const { values } = readArguments(args, EMULATOR_OPTIONS);
  if (values.env) {
    if (args.length > 1) throw new UsageError("--env stands alone: the emulator that runs has its own options");
    return "env" as const;
  }
  const { port, "api-key": apiKey, data, engine } = values;
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)) {
    throw new UsageError("--port must be a number from 0 to 65535");
  }
  if (apiKey !== undefined && !/^lk_[\x21-\x7e]+$/.test(apiKey)) {
    throw new UsageError("--api-key must begin with lk_ and hold no space");
  }
  if (data === "") throw new UsageError("--data must name a folder");
  if (engine !== undefined && engine !== "docker" && engine !== "simulated") {
    throw new UsageError("--engine must be docker or simulated");
  }
  return { port: port === undefined ? undefined : Number(port), apiKey, engine, data, json: values.json } as const;
}
