import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ROOT } from "../harness/root";
import { waitUntil } from "../harness/wait";

/** How an emulator of these tests is started; all of it is optional. */
export interface EmulatorSettings {
  /** Where its records are kept; without it they go when it ends. */
  readonly data?: string;
  /** 0, the default, is a free one. */
  readonly port?: number;
}

/** A real emulator in a process of its own, with the simulated engine. */
export interface EmulatorProcess {
  readonly pid: number;
  /** Such as `http://127.0.0.1:4010`. */
  readonly origin: string;
  readonly port: number;
  readonly apiKey: string;
  /** What it has written to standard error. */
  log(): string;
  isAlive(): boolean;
  /** Sends a signal and waits for the end; answers the exit code, null after a kill. */
  end(signal?: "SIGINT" | "SIGTERM" | "SIGKILL"): Promise<number | null>;
  /** One request to the control endpoint; an answer that is no success is thrown. */
  control(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<unknown>;
}

/** The key that all emulators of these tests take. */
export const API_KEY = "lk_robust";
/** Base path of the contract's operations. */
export const BASE_PATH = "/api/v2/external";

/** Starts one, and waits until it says that it is ready. Whoever starts it ends it. */
export async function startEmulatorProcess(settings: EmulatorSettings = {}): Promise<EmulatorProcess> {
  const args = ["--engine", "simulated", "--api-key", API_KEY, "--port", String(settings.port ?? 0)];
  if (settings.data !== undefined) args.push("--data", settings.data);
  const child = spawn(process.execPath, [join(ROOT, "dist", "cli", "main.js"), "emulator", "--json", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    // The last words are what a failing test needs; a fuzzed emulator says much.
    stderr = (stderr + chunk).slice(-100_000);
  });
  const line = await waitUntil("the emulator's ready line", 60, () => {
    if (!isAlive(child)) throw new Error(`The emulator ended with ${child.exitCode}.\n${stdout}${stderr}`);
    return stdout.includes("\n") ? stdout.slice(0, stdout.indexOf("\n")) : undefined;
  }).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  const { control } = JSON.parse(line) as { readonly control: string };
  const { origin, port } = new URL(control);
  return {
    pid: child.pid ?? 0,
    origin,
    port: Number(port),
    apiKey: API_KEY,
    log: () => stderr,
    isAlive: () => isAlive(child),
    async end(signal = "SIGTERM") {
      if (isAlive(child)) {
        const ended = once(child, "exit");
        child.kill(signal);
        const late = setTimeout(() => child.kill("SIGKILL"), 30_000);
        await ended;
        clearTimeout(late);
      }
      return child.exitCode;
    },
    async control(method, path, body) {
      const response = await fetch(control + path, {
        method,
        headers: {
          authorization: `Bearer ${API_KEY}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} /_emulator${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
  };
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
