import type { LogLine } from "../port";

/**
 * The line with which `docker compose up` reports the end of a container. A container that starts again has more text
 * at the end of its line.
 */
const ENDED = /^([\w.-]{1,120}[-_]1) exited with code (\d{1,3})$/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: Compose colours the line in a terminal
const COLOUR = /\u001B\[[0-9;]{0,20}m/g;

/** Longer lines are output of services. */
const LONGEST_LINE = 300;

/**
 * Returns the exit code of a Compose service, if the output shows the end of the service's only container. Undefined if
 * the output does not show the end. The first end counts. A line that another service has printed does not count, if the
 * output names services.
 *
 * @param lines output lines of the run, oldest first
 */
export function exitCodeOf(lines: readonly Pick<LogLine, "message" | "service">[], name: string): number | undefined {
  for (const { message, service = name } of lines) {
    if (message.length > LONGEST_LINE || service !== name) continue;
    const [, container, code] = ENDED.exec(message.replace(COLOUR, "").trim()) ?? [];
    if (container === `${name}-1` || container === `${name}_1`) return Number(code);
  }
  return undefined;
}
