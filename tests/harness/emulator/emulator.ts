import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { pathOf } from "../../../provider/lyceum/operations";
import { ROOT } from "../root";
import { waitUntil } from "../wait";
import { Control } from "./control";

/** The engine that runs the Compose texts. */
export type EngineName = "simulated" | "docker";

interface Ready {
  readonly url: string;
  readonly apiKey: string;
  readonly engine: string;
  readonly control: string;
}

/** An emulator in a separate process. */
export interface Emulator {
  readonly pid: number;
  /** The URL of the emulator, for `LYCEUM_BASE_URL`. */
  readonly url: string;
  readonly apiKey: string;
  readonly control: Control;
  /** Returns the output of the emulator so far. Of a long output, only the last part is returned. */
  log(): string;
  isAlive(): boolean;
  /**
   * Sends a signal and waits for the end of the emulator. @returns the exit code; null if the signal killed the process
   */
  end(signal: "SIGINT" | "SIGTERM" | "SIGKILL"): Promise<number | null>;
  /** Ends the emulator as a user does. */
  stop(): Promise<void>;
}

/**
 * Starts the emulator, and waits until it is ready.
 * @param more more arguments; without a port, the emulator listens on a free port
 */
export async function startEmulator(
  engine: EngineName,
  data: string,
  env: NodeJS.ProcessEnv,
  more: readonly string[] = ["--port", "0"],
): Promise<Emulator> {
  const main = join(ROOT, "dist", "cli", "main.js");
  const args = ["emulator", "--json", "--engine", engine, "--data", data, ...more];
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr = (stderr + chunk).slice(-MOST_LOG);
  });
  const ready = await waitUntil("the emulator's ready line", () => {
    if (!isAlive(child)) throw new Error(`The emulator ended with ${child.exitCode}.\n${stdout}${stderr}`);
    const line = stdout.split("\n").find((one) => one.startsWith("{"));
    return line === undefined ? undefined : (JSON.parse(line) as Ready);
  }).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  if (ready.engine !== engine) {
    child.kill("SIGKILL");
    throw new Error(`The emulator runs the engine ${ready.engine}, not ${engine}.`);
  }
  return {
    pid: child.pid ?? 0,
    url: ready.url,
    apiKey: ready.apiKey,
    control: new Control(ready.control, ready.apiKey),
    log: () => stdout + stderr,
    isAlive: () => isAlive(child),
    end: (signal) => end(child, signal),
    stop: async () => void (await end(child, "SIGTERM")),
  };
}

/** Starts a run as a client does. @returns its id */
export async function startRun(
  { url, apiKey }: Pick<Emulator, "url" | "apiKey">,
  body: {
    readonly compose_file_code: string;
    readonly file_name?: string | null | undefined;
    readonly timeout?: number;
  },
): Promise<string> {
  const response = await fetch(url + pathOf("startComposeExecution"), {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ execution_type: "cpu", ...body }),
  });
  if (!response.ok) throw new Error(`A start: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { execution_id: string }).execution_id;
}

/** Returns the output of every container of a run, as the API returns the logs in JSON. */
export async function outputOfRun({ url, apiKey }: Pick<Emulator, "url" | "apiKey">, id: string): Promise<string> {
  const response = await fetch(url + pathOf("getExecutionLogs", id), {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  return JSON.stringify(await response.json());
}

/** The largest number of characters of the output that are kept. An emulator under a fuzz test prints a lot. */
const MOST_LOG = 1_000_000;

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (isAlive(child)) child.kill(signal);
  await waitUntil(`the emulator to end after ${signal}`, () => !isAlive(child)).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  return child.exitCode;
}
