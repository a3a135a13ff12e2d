import { randomBytes } from "node:crypto";
import { chooseEngine, createDockerEngine } from "./choose-engine";
import { type CommandLine, readCommandLine, usage } from "./command-line";
import { type Emulator, startEmulator } from "./emulator";
import { printable } from "./printable";

/** Exit code of a command line that cannot be read. */
const usageError = 2;

async function main(): Promise<void> {
  // Whatever is written holds the bodies of starts, registry passwords included.
  process.umask(0o077);
  const read = readCommandLine(process.argv.slice(2));
  if (read.kind === "help") {
    process.stdout.write(usage);
    return;
  }
  if (read.kind === "wrong") {
    process.stderr.write(`emulator: ${printable(read.reason)} (--help lists the options)\n`);
    process.exitCode = usageError;
    return;
  }
  // A signal that comes while it starts counts too.
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  const emulator = await start(read.options);
  process.stdout.write(`${JSON.stringify(readyLine(emulator))}\n`);
  await stopped;
  await emulator.close();
}

function readyLine(emulator: Emulator) {
  const { url, apiKey, engine, control, page } = emulator;
  return { url, apiKey, engine, simulated: engine === "simulated", control, page };
}

async function start(options: CommandLine): Promise<Emulator> {
  const choice = options.engine === undefined ? await chooseEngine() : { engine: options.engine };
  const why = "reason" in choice ? ` (${choice.reason})` : "";
  if (choice.engine === "simulated") {
    const otherwise = options.simulate === "success" ? "completes" : "ends failed";
    log(`SIMULATED: no container is started, each run follows its x-lyceum-sim, and one without ${otherwise}${why}`);
  }
  return startEmulator({
    port: options.port,
    apiKey: options.apiKey ?? `lk_local_${randomBytes(16).toString("hex")}`,
    clock: options.clock,
    runEnd: options.runEnd,
    simulate: options.simulate,
    log,
    ...(options.dataDirectory === undefined ? {} : { dataDirectory: options.dataDirectory }),
    ...(choice.engine === "docker"
      ? { createEngine: (given) => createDockerEngine({ ...given, runEnd: options.runEnd, log }) }
      : {}),
  });
}

function log(line: string): void {
  process.stderr.write(`emulator: ${printable(line)}\n`);
}

function explained(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (code === "EADDRINUSE") return "the port is taken; choose another with --port, or let --port 0 find a free one";
  return typeof message === "string" ? message : String(error);
}

// Whoever started it may be gone before it; a log line that nobody can read is no reason to stop.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

main()
  .catch((error: unknown) => {
    log(explained(error));
    process.exitCode = 1;
  })
  // What an engine or a client left open must not keep a stopped emulator alive.
  .finally(() => process.exit());
