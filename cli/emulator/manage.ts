import { setTimeout as sleep } from "node:timers/promises";
import { KEY_PREFIX } from "../../emulator/src/emulator";
import { printable } from "../../provider/display/printable";
import { readBaseUrl } from "../../provider/lyceum/configuration/base-url";
import { unusableBaseUrl } from "../../provider/lyceum/configuration/configuration-errors";
import { EXIT_CODES, type Surface } from "../command";
import { shownJson } from "../reports/json";
import {
  type Announced,
  allAnnounced,
  announced,
  announcementFolder,
  EXPORTS_WITHOUT_EMULATOR,
  exportsOf,
  isRunning,
  portOf,
} from "./announced";
import type { EmulatorOptions } from "./options";

/** The milliseconds between two checks whether an emulator is ready or has ended. */
const CHECK = 200;
/** The time that a server has for its answer to one check, in milliseconds. */
const ANSWER = 5000;
/** The largest number of checks until an emulator is ready (`ready`), and until an emulator has ended (`ended`). */
const CHECKS = { ready: 300, ended: 600 } as const;

/** `emulator --env`: prints the lines that set the base URL and the API key of a running emulator (`exportsOf`). */
export async function printEnvironment({ port, format, wait }: EmulatorOptions, surface: Surface): Promise<number> {
  const running = wait ? await untilReady(port) : announced(announcementFolder(), port);
  if (running !== undefined) {
    surface.print(exportsOf(running, format).join("\n"));
    return EXIT_CODES.clean;
  }
  const which =
    port === undefined
      ? "that `--env` can find (it does not find one that was started with --json)"
      : `at port ${port}`;
  surface.printError(
    `No emulator of this user is running ${which}. Start one with \`npx pulumi-lyceum emulator\`. The printed lines make LYCEUM_BASE_URL invalid in the shell, so that its next command uses no other account.`,
  );
  surface.print(EXPORTS_WITHOUT_EMULATOR[format].join("\n"));
  return EXIT_CODES.errors;
}

/** `emulator --wait`: waits until an emulator is ready. */
export async function waitForEmulator({ port, url }: EmulatorOptions, surface: Surface): Promise<number> {
  if (url !== undefined) return waitForUrl(url, surface);
  if ((await untilReady(port)) !== undefined) return EXIT_CODES.clean;
  surface.printError(`No emulator was ready after ${(CHECK * CHECKS.ready) / 1000} s.`);
  return EXIT_CODES.errors;
}

/** Waits until the server at a URL answers. Sends no key. */
async function waitForUrl(url: string, surface: Surface): Promise<number> {
  // `readBaseUrl` allows plain http to another machine only for the key of an emulator, and checks only the prefix of
  // the key. This function sends no key, so it passes the prefix alone.
  const read = readBaseUrl(url, KEY_PREFIX);
  if (read.kind === "error") {
    surface.printError(unusableBaseUrl({ kind: "default", name: "--url" }, read).message);
    return EXIT_CODES.usage;
  }
  const isOver = AbortSignal.timeout(CHECK * CHECKS.ready);
  while (!isOver.aborted) {
    const signal = AbortSignal.any([isOver, AbortSignal.timeout(ANSWER)]);
    const answer = await fetch(`${read.baseUrl}/health/ping`, { signal, redirect: "manual" }).catch(() => undefined);
    if (answer?.ok && answer.headers.has("x-lyceum-emulator")) return EXIT_CODES.clean;
    if (answer?.status === 403) {
      const { detail } = (await answer.json().catch(() => ({}))) as { readonly detail?: unknown };
      surface.printError(printable(`${read.baseUrl} answered 403: ${detail}`));
      return EXIT_CODES.errors;
    }
    await sleep(CHECK);
  }
  surface.printError(`No emulator answered at ${read.baseUrl} after ${(CHECK * CHECKS.ready) / 1000} s.`);
  return EXIT_CODES.errors;
}

/** `emulator status`: lists the emulators of this user on this machine. */
export function printStatus({ port, json }: EmulatorOptions, surface: Surface): number {
  const running = allAnnounced(announcementFolder()).filter((one) => port === undefined || portOf(one) === port);
  // `status` never shows the key, because its output is often copied into issues.
  if (json) surface.print(shownJson(running.map(({ apiKey: _key, page: _page, ...shown }) => shown)));
  else if (running.length > 0) surface.print(running.map(described).join("\n"));
  else surface.printError("No emulator of this user is running.");
  return running.length > 0 ? EXIT_CODES.clean : EXIT_CODES.errors;
}

/** `emulator stop`: ends emulators and their runs, and waits until they have ended. */
export async function stopEmulators({ port, all }: EmulatorOptions, surface: Surface): Promise<number> {
  const running = allAnnounced(announcementFolder());
  const chosen = running.filter((one) => port === undefined || portOf(one) === port);
  if (chosen.length === 0) {
    surface.printError(
      port === undefined ? "No emulator of this user is running." : `No emulator is running at port ${port}.`,
    );
    return EXIT_CODES.errors;
  }
  if (chosen.length > 1 && !all) {
    surface.printError(
      `Several emulators are running. Name one with --port, or stop them with --all:\n${chosen.map(described).join("\n")}`,
    );
    return EXIT_CODES.errors;
  }
  const ended = await Promise.all(chosen.map((one) => stop(one, surface)));
  return ended.every(Boolean) ? EXIT_CODES.clean : EXIT_CODES.errors;
}

async function stop(emulator: Announced, surface: Surface): Promise<boolean> {
  process.kill(emulator.pid, "SIGTERM");
  for (let checks = 0; checks < CHECKS.ended; checks++) {
    if (!isRunning(emulator)) {
      surface.print(`Stopped the emulator at port ${portOf(emulator)} (process ${emulator.pid}), and its runs.`);
      return true;
    }
    await sleep(CHECK);
  }
  surface.printError(`The emulator at port ${portOf(emulator)} (process ${emulator.pid}) has not ended yet.`);
  return false;
}

/** Waits until an emulator is ready. Returns undefined after the time limit, or if `isOver` returns true first. */
export async function untilReady(
  port: number | undefined,
  isOver: () => boolean = () => false,
  pid?: number,
): Promise<Announced | undefined> {
  for (let checks = 0; checks < CHECKS.ready && !isOver(); checks++) {
    const found =
      pid === undefined
        ? announced(announcementFolder(), port)
        : allAnnounced(announcementFolder()).find((emulator) => emulator.pid === pid);
    if (found !== undefined) return found;
    await sleep(CHECK);
  }
  return undefined;
}

function described(emulator: Announced): string {
  const { engine, pid, readyAt, data } = emulator;
  return `port ${portOf(emulator)}  ${engine === "docker" ? "docker" : "SIMULATED"}  process ${pid}  since ${new Date(readyAt).toISOString()}  ${data}`;
}
