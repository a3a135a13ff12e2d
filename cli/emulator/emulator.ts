import { join } from "node:path";
import {
  chooseEngine,
  type Emulator,
  type HideSecrets,
  labelOf,
  newKey,
  type RunSeen,
  startEmulator,
} from "../../emulator/src/emulator";
import {
  emulatorsFolder,
  FOLDER_IN_USE,
  removeAbandonedFolders,
  removeFolder,
  temporaryFolder,
} from "../../emulator/src/store/data-folder";
import { ownerText, processesHere } from "../../emulator/src/store/owner";
import { printable } from "../../provider/display/printable";
import { isLoopback } from "../../provider/lyceum/configuration/base-url";
import { type Command, EXIT_CODES, type Surface } from "../command";
import { type Announced, announce, announcementFolder, exportsOf } from "./announced";
import { clean } from "./clean";
import { DETACHED, detach } from "./detach";
import { launchOf, untilEnd } from "./ending";
import type * as HideSecretsModule from "./hide-secrets";
import { printEnvironment, printStatus, stopEmulators, waitForEmulator } from "./manage";
import { EMULATOR_OPTIONS, type EmulatorOptions, readEmulatorOptions } from "./options";

/** Loads the module `hide-secrets` only when the first text needs it, so that the emulator starts faster. */
const hideSecrets: HideSecrets = (text) => (require("./hide-secrets") as typeof HideSecretsModule).hideSecrets(text);

/** The default port. The port is fixed, so that a stack finds the emulator again after a restart. */
const USUAL_PORT = 4010;

/** `pulumi-lyceum emulator`: a server on this machine with the Lyceum API. */
export const emulator: Command = {
  synopsis: "[OPERATION] [options]",
  about: [
    `Starts an emulator of the Lyceum API on this machine, to try a program without an account and without cost. It
    prints what to export, and a line for each step of a run; ^C ends it and what it runs.`,
    `\`emulator stop\` ends an emulator of this user on this machine, \`emulator status\` lists them, and \`emulator clean\` removes what ended ones have left:
    containers, networks and volumes, and the records in their usual folder. Each start with the engine docker removes such containers, networks and volumes too.`,
    `It is a test double: what works here is no proof of what Lyceum does. With Docker the containers are real; without, nothing runs, and
    it says SIMULATED. Ids begin with \`local-\`.`,
  ],
  options: EMULATOR_OPTIONS,
  closing: [
    "Exit code: 0 after success or a signal; 1 if the emulator could not start, no emulator was found, or `clean` could not remove something; 2 if the command line is not valid.",
    "docs/guides/emulator.md of the package shows what it can do.",
  ],
  run(args, surface) {
    const options = readEmulatorOptions(args);
    switch (options.action) {
      case "env":
        return printEnvironment(options, surface);
      case "wait":
        return waitForEmulator(options, surface);
      case "status":
        return printStatus(options, surface);
      case "stop":
        return stopEmulators(options, surface);
      case "clean":
        return clean(surface);
      case "serve":
        return options.detach
          ? detach(args, surface, (ready, log) => printDetached(ready, log, options, surface))
          : serve(options, surface);
    }
  },
};

/**
 * Runs the emulator until a signal comes. The process then ends, even if an engine or a client still holds connections.
 */
async function serve(options: EmulatorOptions, given: Surface): Promise<number> {
  const surface = unlessClosed(given);
  // The emulator's files contain the bodies of starts, with registry passwords. So only their owner may read them.
  process.umask(0o077);
  // Listens before the start, because a signal may come during the start.
  const stopped = untilEnd(launchOf(options.parent, process.env[DETACHED] !== undefined));
  const log = (line: string): void => surface.printError(`emulator: ${line}`);
  try {
    const { emulator, data } = await start(options, surface, log);
    const announced = announcementOf(emulator, data);
    if (options.json) surface.print(jsonOf(announced));
    else printReady(announced, surface);
    // With --json and without --detach, a program starts the emulator for itself, and gets the API key from the output.
    // This emulator is not announced, because other commands must not find it.
    const takeBack = options.json && process.env[DETACHED] === undefined ? () => {} : publish(announced, log);
    await stopped;
    if (!options.json) surface.printError("Stopping: what runs is ended (^C again: at once) …");
    takeBack();
    await emulator.close();
    const problem = options.temporary ? removeFolder(data) : undefined;
    if (problem !== undefined) log(problem);
    process.exit(EXIT_CODES.clean);
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
    process.exit(EXIT_CODES.errors);
  }
}

/** Returns a surface that does not fail if the terminal was closed, because the emulator must still end its runs. */
function unlessClosed(surface: Surface): Surface {
  const ignoring = (write: () => unknown): boolean => {
    try {
      return write() !== false;
    } catch {
      return false;
    }
  };
  return {
    ...surface,
    print: (text) => ignoring(() => surface.print(text)),
    printError: (text) => void ignoring(() => surface.printError(text)),
  };
}

interface Started {
  readonly emulator: Emulator;
  readonly data: string;
}

async function start(options: EmulatorOptions, surface: Surface, log: (line: string) => void): Promise<Started> {
  const choice = options.engine === undefined ? await chooseEngine() : { engine: options.engine };
  if (choice.engine === "simulated") {
    // Without --json, another line already says so: the message about the start of the emulator.
    if (options.json) log("SIMULATED: no container is started.");
    log(
      "A run does what the `x-lyceum-sim` of its Compose text says. A run without `x-lyceum-sim` completes after 1 s.",
    );
    if ("reason" in choice) log(`Docker is not used: ${choice.reason}`);
  }
  if (
    options.host !== undefined &&
    !isLoopback(`http://${options.host.includes(":") ? `[${options.host}]` : options.host}`)
  )
    log(`Every program that reaches ${options.host} and knows the API key can use it. There is no TLS.`);
  const startAt = (port: number, apiKey = options.apiKey): Promise<Started> =>
    inDataFolder(options, log, async (data) => ({
      data,
      emulator: await startEmulator({
        port,
        ...(options.host !== undefined && { host: options.host }),
        allowedHosts: options.allowedHosts,
        ...(apiKey !== undefined && { apiKey }),
        log,
        ...(options.json ? {} : { seen: (run: RunSeen) => surface.print(lineOf(run, hideSecrets)) }),
        dataDirectory: data,
        // The process of an emulator in another container cannot be checked. Without `--data`, a folder that such an
        // emulator has locked counts as in use, because `inDataFolder` can try another folder.
        foreignLock: options.data === undefined ? "in-use" : "by-pid",
        engine: choice.engine,
        hideSecrets,
      }),
    }));
  try {
    return await startAt(options.port ?? USUAL_PORT);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EADDRINUSE") throw error;
    if (options.port === undefined) {
      // Another program uses the usual port. Programs that were set up for an earlier emulator with this data folder
      // send its key to that port, so the other program may know the key. So this emulator gets a new key, unless the
      // user has set one.
      const started = await startAt(0, options.apiKey ?? newKey());
      const { port } = new URL(started.emulator.url);
      log(`Port ${USUAL_PORT} is taken, perhaps by another emulator, so this one uses port ${port}.`);
      return started;
    }
    throw new Error(`Port ${options.port} is taken. Choose another with --port, or let --port 0 find a free one.`);
  }
}

/**
 * Starts an emulator in the folder of `--data`, or with `--temporary` in a temporary folder. Without these options,
 * uses the first numbered folder of the user that no other emulator uses.
 */
async function inDataFolder<T>(
  { data, temporary }: EmulatorOptions,
  log: (line: string) => void,
  startIn: (data: string) => Promise<T>,
): Promise<T> {
  if (data !== undefined) return startIn(data);
  const folder = emulatorsFolder();
  removeAbandonedFolders(folder).forEach(log);
  if (temporary) return startIn(temporaryFolder(folder));
  for (let number = 1; ; number++) {
    try {
      return await startIn(join(folder, String(number)));
    } catch (error) {
      if ((error as { code?: unknown }).code !== FOLDER_IN_USE) throw error;
    }
  }
}

function announcementOf(emulator: Emulator, data: string): Announced {
  const { url, apiKey, engine, control, page } = emulator;
  const { own } = processesHere();
  const process_ = { pid: own.pid, owner: ownerText(own), readyAt: Date.now() };
  const log = process.env[DETACHED];
  return { url, apiKey, engine, control, page, ...process_, data, ...(log !== undefined && { log }) };
}

function publish(emulator: Announced, log: (line: string) => void): () => void {
  try {
    return announce(emulator, announcementFolder());
  } catch (error) {
    log(`\`emulator --env\` will not find this one: ${error instanceof Error ? error.message : String(error)}`);
    return () => {};
  }
}

function jsonOf({ url, apiKey, engine, control, page, pid, data }: Announced): string {
  return JSON.stringify({ url, apiKey, engine, simulated: engine === "simulated", control, page, pid, data });
}

function printDetached(ready: Announced, log: string, { json }: EmulatorOptions, surface: Surface): void {
  if (json) surface.print(jsonOf(ready));
  else
    surface.print(
      `${readyText(ready)}\n\`npx pulumi-lyceum emulator stop\` ends it and what it runs. Its output: ${log}`,
    );
}

function printReady(ready: Announced, surface: Surface): void {
  surface.print(`${readyText(ready)}\n^C ends it and what it runs.\n`);
}

function readyText(ready: Announced): string {
  return `The emulator is ready: ${ready.engine === "docker" ? "containers are real" : "SIMULATED, no container runs"}, nothing is billed.

In the shell of your program:

  ${exportsOf(ready).join("\n  ")}

or the same by:  eval "$(npx pulumi-lyceum emulator --env)"
To look at runs:
  ${ready.page}`;
}

/** Returns one line about a step of a run. The id is last, because it is long. */
export function lineOf({ executionId, fileName, status, returnCode, at }: RunSeen, hide: HideSecrets): string {
  const time = new Date(at).toISOString().slice(11, 19);
  const code = returnCode === null ? "" : ` (exit code ${returnCode})`;
  const name = fileName === null ? "(no name)" : hide(labelOf(fileName)).text.replace(/\s+/g, " ");
  return printable(`${time} UTC  ${status}${code}  ${name}  ${executionId}`);
}
