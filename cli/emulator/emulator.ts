import { randomBytes } from "node:crypto";
import { isatty } from "node:tty";
import { chooseEngine, type Emulator, labelOf, type RunSeen, startEmulator } from "../../emulator/src/emulator";
import { printable } from "../../provider/display/printable";
import { type Command, EXIT_CODES, type Surface } from "../command";
import { announce, announced, announcementFolder, EXPORTS_WITHOUT_EMULATOR, exportsOf } from "./announced";
import { EMULATOR_OPTIONS, type EmulatorOptions, readEmulatorOptions } from "./options";

/** The default port. It is fixed, so that a stack finds the emulator again after a restart. */
const USUAL_PORT = 4010;

/**
 * The signals that end the emulator. SIGHUP means that the terminal was closed. Under `nohup` the emulator has no
 * terminal, so it ignores SIGHUP.
 */
const STOP_SIGNALS = isatty(0) ? (["SIGINT", "SIGTERM", "SIGHUP"] as const) : (["SIGINT", "SIGTERM"] as const);

/** `pulumi-lyceum emulator`: a server on this machine with the Lyceum API. */
export const emulator: Command = {
  synopsis: "[options]",
  about: [
    `Starts a server on this machine that speaks the part of the Lyceum API that the provider uses, to try a program without an account
    and without cost. It prints what to export, and a line for each step of a run; ^C ends it and what it runs.`,
    `It is a test double: what works here is no proof of what Lyceum does. With Docker the containers are real; without, nothing runs, and
    it says SIMULATED. Ids begin with \`local-\`.`,
  ],
  options: EMULATOR_OPTIONS,
  closing: [
    "Exit code: 0 stopped by a signal, 1 it could not start, 2 the command line is not valid.",
    "docs/guides/emulator.md of the package shows what it can do.",
  ],
  run(args, surface) {
    const options = readEmulatorOptions(args);
    return options === "env" ? printEnvironment(surface) : serve(options, surface);
  },
};

function printEnvironment(surface: Surface): number {
  const running = announced(announcementFolder());
  if (running === undefined) {
    surface.printError(
      "No emulator of this user is running that `--env` can find (it does not find one that was started with --json). Start one with `npx pulumi-lyceum emulator`. The printed lines make LYCEUM_BASE_URL invalid in the shell, so that its next command uses no other account.",
    );
    surface.print(EXPORTS_WITHOUT_EMULATOR.join("\n"));
    return EXIT_CODES.errors;
  }
  surface.print(exportsOf(running).join("\n"));
  return EXIT_CODES.clean;
}

/**
 * Runs the emulator until a signal comes. The process then ends, even if an engine or a client still holds connections.
 */
async function serve(options: EmulatorOptions, surface: Surface): Promise<number> {
  // The emulator's files contain the bodies of starts, with registry passwords. So only their owner may read them.
  process.umask(0o077);
  // A signal that comes during the start counts too.
  const stopped = new Promise<void>((resolve) => {
    for (const signal of STOP_SIGNALS) process.once(signal, () => resolve());
  });
  const log = (line: string): void => surface.printError(`emulator: ${line}`);
  try {
    const started = await start(options, surface, log);
    const takeBack = options.json ? printJson(started, surface) : printReady(started, surface, log);
    await stopped;
    if (!options.json) surface.printError("Stopping: what runs is ended (^C again: at once) …");
    takeBack();
    await started.close();
    process.exit(EXIT_CODES.clean);
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
    process.exit(EXIT_CODES.errors);
  }
}

async function start(options: EmulatorOptions, surface: Surface, log: (line: string) => void): Promise<Emulator> {
  const choice = options.engine === undefined ? await chooseEngine() : { engine: options.engine };
  if (choice.engine === "simulated") {
    // Without --json, the message that the emulator is ready already contains this warning.
    if (options.json) log("SIMULATED: no container is started.");
    log("A run follows the `x-lyceum-sim` of its text; one without completes.");
    if ("reason" in choice) log(`Docker is not used: ${choice.reason}`);
  }
  const { apiKey = `lk_local_${randomBytes(16).toString("hex")}` } = options;
  const startAt = (port: number): Promise<Emulator> =>
    startEmulator({
      port,
      apiKey,
      log,
      ...(options.json ? {} : { seen: (run: RunSeen) => surface.print(lineOf(run)) }),
      ...(options.data === undefined ? {} : { dataDirectory: options.data }),
      engine: choice.engine,
    });
  try {
    return await startAt(options.port ?? USUAL_PORT);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EADDRINUSE") throw error;
    if (options.port === undefined) {
      const started = await startAt(0);
      log(
        `Port ${USUAL_PORT} is taken, perhaps by another emulator, so this one uses port ${new URL(started.url).port}.`,
      );
      return started;
    }
    throw new Error(`Port ${options.port} is taken. Choose another with --port, or let --port 0 find a free one.`);
  }
}

function printJson({ url, apiKey, engine, control, page }: Emulator, surface: Surface): () => void {
  surface.print(JSON.stringify({ url, apiKey, engine, simulated: engine === "simulated", control, page }));
  return () => {};
}

function printReady(started: Emulator, surface: Surface, log: (line: string) => void): () => void {
  const { url, apiKey, engine, page } = started;
  surface.print(`The emulator is ready: ${engine === "docker" ? "containers are real" : "SIMULATED, no container runs"}, nothing is billed.

In the shell of your program:

  ${exportsOf({ url, apiKey }).join("\n  ")}

or the same by:  eval "$(npx pulumi-lyceum emulator --env)"
To look at runs:
  ${page}
^C ends it and what it runs.
`);
  try {
    return announce({ url, apiKey, pid: process.pid, readyAt: Date.now() }, announcementFolder());
  } catch (error) {
    log(`\`emulator --env\` will not find this one: ${error instanceof Error ? error.message : String(error)}`);
    return () => {};
  }
}

/**
 * Returns one line about a step of a run. The longest part is last, because a narrow terminal breaks the line there.
 */
export function lineOf({ executionId, fileName, status, returnCode, at }: RunSeen): string {
  const time = new Date(at).toISOString().slice(11, 19);
  const code = returnCode === null ? "" : ` (exit code ${returnCode})`;
  const name = fileName === null ? "(no name)" : labelOf(fileName).replace(/\s+/g, " ");
  return printable(`${time} UTC  ${status}${code}  ${name}  ${executionId}`);
}
