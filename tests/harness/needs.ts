import { spawnSync } from "node:child_process";

/**
 * Declares a test that is skipped if the machine lacks something. The name of a skipped test shows what is missing. In
 * CI, a skipped test fails.
 */
export function testUnless(
  missing: string | undefined,
  title: string,
  act: () => void | Promise<void>,
  milliseconds?: number,
  concurrently = false,
): void {
  if (missing === undefined) (concurrently ? test.concurrent : test)(title, async () => act(), milliseconds);
  else test.skip(`${title} (left out: ${missing})`, () => undefined);
}

/** Returns why a command cannot be run. Undefined if it can be run. */
export function whyNotInstalled(name: string, command: string, ...args: readonly string[]): string | undefined {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0 ? undefined : `${name} is not installed`;
}

/** Returns why nothing can be built with Go. Undefined if Go works. */
export const whyNoGo = (): string | undefined => whyNotInstalled("Go", "go", "version");

/** Why no container can be run. Undefined if containers work. */
export const NO_DOCKER = process.env.LYCEUM_TEST_DOCKER === "1" ? undefined : "LYCEUM_TEST_DOCKER is not 1";
