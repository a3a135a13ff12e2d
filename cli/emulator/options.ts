import { isIP } from "node:net";
import { UsageError } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import type { EnvironmentFormat } from "./announced";

/** The options of `emulator`. */
export const EMULATOR_OPTIONS = {
  port: {
    type: "string",
    value: "N",
    help: "port (default: 4010, or a free one where that is taken); 0 takes a free one. With --env, --wait, stop and status: only the emulator at this port",
  },
  host: {
    type: "string",
    value: "ADDRESS",
    help: "address at which it listens, such as 0.0.0.0 for other containers and machines (default: 127.0.0.1)",
  },
  "allow-host": {
    type: "string",
    multiple: true,
    value: "NAME",
    help: "also answers requests to this host name, such as that of its container; may be repeated",
  },
  "api-key": {
    type: "string",
    value: "lk_local_…",
    help: "the key that clients must send (default: LYCEUM_EMULATOR_API_KEY, or a random one, which the data folder keeps)",
  },
  engine: {
    type: "string",
    value: "NAME",
    help: "docker (real containers) or simulated (nothing runs; `x-lyceum-sim` is a script); default: docker where it works",
  },
  data: {
    type: "string",
    value: "DIR",
    help: "keeps records in this folder, the bodies of starts with their passwords too (default: a folder of this user alone, below ~/.local/state)",
  },
  temporary: { type: "boolean", default: false, help: "begins without records, and keeps none" },
  parent: { type: "string", value: "PID", help: "ends when this process has ended, such as `$$` of a script" },
  detach: {
    type: "boolean",
    default: false,
    help: "returns when the emulator is ready, which then goes on until `emulator stop`",
  },
  json: {
    type: "boolean",
    default: false,
    help: "one JSON object in place of the text when it is ready, for programs; `--env`, `stop` and `status` do not find this one",
  },
  env: {
    type: "boolean",
    default: false,
    help: "starts nothing: prints the lines that point a shell at the emulator that runs here, of several at the one that was started last; without one, lines that let the next command fail",
  },
  format: {
    type: "string",
    value: "NAME",
    help: "of --env: shell (default), or dotenv for the environment file of a pipeline",
  },
  wait: { type: "boolean", default: false, help: "starts nothing: waits up to 60 s until an emulator is ready" },
  url: {
    type: "string",
    value: "URL",
    help: "of --wait: an emulator in another container, such as http://emulator:4010",
  },
  all: { type: "boolean", default: false, help: "of `stop`: every emulator of this user on this machine" },
} as const satisfies OptionTable;

type OptionName = keyof typeof EMULATOR_OPTIONS;

const ACTIONS = {
  serve: ["port", "host", "allow-host", "api-key", "engine", "data", "temporary", "parent", "detach", "json"],
  env: ["env", "port", "format", "wait"],
  wait: ["wait", "port", "url"],
  stop: ["port", "all"],
  status: ["port", "json"],
  clean: [],
} as const satisfies Readonly<Record<string, readonly OptionName[]>>;

type Action = keyof typeof ACTIONS;

/** The request of an `emulator` command line. */
export type EmulatorOptions = ReturnType<typeof readEmulatorOptions>;

/** Reads the command-line arguments after `emulator`. */
export function readEmulatorOptions(args: readonly string[], environment: NodeJS.ProcessEnv = process.env) {
  const { values, positionals } = readArguments(args, EMULATOR_OPTIONS, { allowPositionals: true });
  const action = actionOf(positionals, values);
  for (const [name, value] of Object.entries(values)) {
    if (
      value === undefined ||
      value === false ||
      (Array.isArray(value) && value.length === 0) ||
      isIn(ACTIONS[action], name)
    )
      continue;
    throw new UsageError(
      `--${name} does not go with ${action === "serve" ? "an emulator that starts" : NAMES[action]}`,
    );
  }
  const { port, host, url, data, engine, format = "shell", parent } = values;
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)) {
    throw new UsageError("--port must be a number from 0 to 65535");
  }
  if (host !== undefined && isIP(host) === 0) throw new UsageError("--host must be an address, such as 0.0.0.0");
  const allowedHosts = (values["allow-host"] ?? []).map((name) => name.toLowerCase());
  if (!allowedHosts.every((name) => /^([\w.-]+|\[[0-9a-f:.]+\])$/.test(name)))
    throw new UsageError("--allow-host must be a host name without a port, such as emulator");
  const apiKey = action === "serve" ? keyOf(values["api-key"], environment) : undefined;
  if (url !== undefined && port !== undefined) throw new UsageError("--url and --port exclude each other");
  if (data === "") throw new UsageError("--data must name a folder");
  if (data !== undefined && values.temporary) throw new UsageError("--data and --temporary exclude each other");
  if (engine !== undefined && engine !== "docker" && engine !== "simulated") {
    throw new UsageError("--engine must be docker or simulated");
  }
  if (parent !== undefined && !/^[1-9]\d{0,9}$/.test(parent))
    throw new UsageError("--parent must be the id of a process");
  if (format !== "shell" && format !== "dotenv") throw new UsageError("--format must be shell or dotenv");
  return {
    action,
    port: port === undefined ? undefined : Number(port),
    host,
    allowedHosts,
    apiKey,
    engine,
    data,
    temporary: values.temporary,
    parent: parent === undefined ? undefined : Number(parent),
    detach: values.detach,
    json: values.json,
    format: format satisfies EnvironmentFormat,
    wait: values.wait,
    url,
    all: values.all,
  } as const;
}

/** The variable with the key, for a container that gets variables but no options. */
const KEY_VARIABLE = "LYCEUM_EMULATOR_API_KEY";

/**
 * Returns the key that a person has given. The key must not be that of an account, because clients send it without TLS.
 */
function keyOf(option: string | undefined, environment: NodeJS.ProcessEnv): string | undefined {
  const key = option ?? (environment[KEY_VARIABLE] || undefined);
  if (key === undefined || /^lk_local_[\x21-\x7e]+$/.test(key)) return key;
  throw new UsageError(
    `${option === undefined ? KEY_VARIABLE : "--api-key"} must begin with lk_local_ and hold no space`,
  );
}

const NAMES: Readonly<Record<Action, string>> = {
  serve: "emulator",
  env: "--env",
  wait: "--wait",
  stop: "`emulator stop`",
  status: "`emulator status`",
  clean: "`emulator clean`",
};

function actionOf(
  [word, ...more]: readonly string[],
  { env, wait }: { readonly env: boolean; readonly wait: boolean },
): Action {
  if (word === undefined) return env ? "env" : wait ? "wait" : "serve";
  if (more.length === 0 && (word === "stop" || word === "status" || word === "clean")) return word;
  throw new UsageError(`Unknown word \`${more[0] ?? word}\`: emulator takes stop, status or clean`);
}

function isIn(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
