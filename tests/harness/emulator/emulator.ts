import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../root";
import { waitUntil } from "../wait";
import { Control } from "./control";

/** What runs the compose texts. */
export type EngineName = "simulated" | "docker";

interface Ready {
  readonly url: string;
  readonly apiKey: string;
  readonly engine: string;
  readonly control: string;
}

/** An emulator of one scenario. */
export interface Emulator {
  readonly pid: number;
  /** What `LYCEUM_BASE_URL` is set to. */
  readonly url: string;
  readonly apiKey: string;
  readonly control: Control;
  /** What it has written to standard error so far. */
  log(): string;
  /** Ends it and waits for that. */
  stop(): Promise<void>;
}

/** Starts the emulator on a free port, and waits until it says that it is ready. */
export async function startEmulator(
  engine: EngineName,
  data: string,
  env: Readonly<Record<string, string>>,
): Promise<Emulator> {
  const main = join(ROOT, "dist", "cli", "main.js");
  const child = spawn(
    process.execPath,
    [main, "emulator", "--json", "--port", "0", "--engine", engine, "--data", data],
    {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  const ready = await waitUntil("the emulator's ready line", 30, () => {
    if (child.exitCode !== null) throw new Error(`The emulator ended with ${child.exitCode}.\n${stdout}${stderr}`);
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
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  if (ended()) return;
  child.kill("SIGTERM");
  await waitUntil("the emulator to end after SIGTERM", 30, ended).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
}
