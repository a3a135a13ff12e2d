import { parseArgs } from "node:util";
import type { RunEnd, Simulate } from "./engines/simulated/run";

/** The command line, read. */
export interface CommandLine {
  /** 0: a free one. */
  readonly port: number;
  /** Absent: a random one is made. */
  readonly apiKey?: string;
  /** Absent: docker where it works, else simulated. */
  readonly engine?: "docker" | "simulated";
  readonly dataDirectory?: string;
  readonly runEnd: RunEnd;
  readonly simulate: Simulate;
  readonly clock: "real" | "manual";
}

/** A command line as asked for, or what is wrong with it in one line. */
export type ReadCommandLine =
  | { readonly kind: "run"; readonly options: CommandLine }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly reason: string };

/** What `--help` prints. */
export const usage = `Usage: npm run emulator -- [options]

A server on this machine that speaks the Lyceum execution API. Once it is ready it prints one JSON line with its URL and key,
and the link to its page for a browser.

  --port N            port on 127.0.0.1; 0, the default, takes a free one
  --api-key lk_...    the key that clients must send; default: a random one
  --engine NAME       docker (real containers) or simulated (x-lyceum-sim); default: docker where it works
  --data DIR          keep records here, so that they outlive a restart; default: a temporary folder
  --run-end WHEN      when a run of several services ends: first-failure (default), all, first-exit
  --simulate WHAT     a run without x-lyceum-sim: nothing (default), it ends failed; or success; simulated engine only
  --clock NAME        real (default), or manual: driven by POST /_emulator/clock/advance; simulated engine only
  --help              this text
`;

/** Reads the arguments behind the command's name. */
export function readCommandLine(args: readonly string[]): ReadCommandLine {
  let values: Readonly<Record<string, string | boolean | undefined>>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        "api-key": { type: "string" },
        engine: { type: "string" },
        data: { type: "string" },
        "run-end": { type: "string" },
        simulate: { type: "string" },
        clock: { type: "string" },
        help: { type: "boolean" },
      },
    }));
  } catch (error) {
    return wrong((error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "");
  }
  if (values.help === true) return { kind: "help" };

  const { port = "0", "api-key": apiKey, engine, data } = values;
  const { "run-end": runEnd = "first-failure", simulate = "nothing", clock = "real" } = values;
  if (!/^\d{1,5}$/.test(String(port)) || Number(port) > 65_535) {
    return wrong(`--port must be a number from 0 to 65535, not "${port}"`);
  }
  if (apiKey !== undefined && !/^lk_[\x21-\x7e]+$/.test(String(apiKey))) {
    return wrong("--api-key must begin with lk_ and hold no space");
  }
  if (engine !== undefined && engine !== "docker" && engine !== "simulated") {
    return wrong(`--engine must be docker or simulated, not "${engine}"`);
  }
  if (data === "") return wrong("--data must name a folder");
  if (runEnd !== "all" && runEnd !== "first-failure" && runEnd !== "first-exit") {
    return wrong(`--run-end must be all, first-failure or first-exit, not "${runEnd}"`);
  }
  if (simulate !== "nothing" && simulate !== "success") {
    return wrong(`--simulate must be nothing or success, not "${simulate}"`);
  }
  if (values.simulate !== undefined && engine === "docker") {
    return wrong("--simulate needs --engine simulated: the docker engine runs real containers");
  }
  if (clock !== "real" && clock !== "manual") return wrong(`--clock must be real or manual, not "${clock}"`);
  if (clock === "manual" && engine === "docker") {
    return wrong("--clock manual needs --engine simulated: containers run by the machine's own clock");
  }
  return {
    kind: "run",
    options: {
      port: Number(port),
      ...(apiKey === undefined ? {} : { apiKey: String(apiKey) }),
      ...engineOf(engine, clock),
      ...(data === undefined ? {} : { dataDirectory: String(data) }),
      runEnd,
      simulate,
      clock,
    },
  };
}

/** A manual clock can only mean the simulated engine. */
function engineOf(engine: CommandLine["engine"], clock: CommandLine["clock"]): Pick<CommandLine, "engine"> {
  if (clock === "manual") return { engine: "simulated" };
  return engine === undefined ? {} : { engine };
}

function wrong(reason: string): ReadCommandLine {
  return { kind: "wrong", reason };
}
