import type { LogLine } from "../port";
import { timeOfLine } from "./parse-logs";

/**
 * The line with which `docker compose up` reports that a container has ended. If Docker restarts the container, more
 * text follows the exit code. The line then does not match, because the service continues.
 */
const ENDED = /^([\w.-]{1,120}[-_]1) exited with code (\d{1,3})$/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: Compose colours the line in a terminal
const COLOUR = /\u001B\[[0-9;]{0,20}m/g;

/** A line with more characters is output of a service, not a line of Compose. */
const LONGEST_LINE = 300;

/** The end of a service's container, as a line of the output shows it. */
export interface ShownExit {
  readonly exitCode: number;
  /** When the line was printed, in milliseconds since the epoch. Absent if the output has no times. */
  readonly at?: number | undefined;
}

/** Returns the exit code of a Compose service, if the output shows it. */
export function exitCodeOf(lines: readonly LogLine[], name: string): number | undefined {
  return exitOf(lines, name)?.exitCode;
}

/**
 * Returns the end of a Compose service, if the output shows the end of its container `NAME-1` or `NAME_1`. If several
 * lines show an end, the first line counts. A line does not count if the logs show that another service printed it.
 *
 * @param lines output lines of the run, oldest first
 */
export function exitOf(lines: readonly LogLine[], name: string): ShownExit | undefined {
  for (const line of lines) {
    const { message, service = name } = line;
    if (service !== name || !message.includes(" exited with code ")) continue;
    // A message may contain several lines that Compose printed together.
    for (const text of message.split("\n")) {
      const [, container, code] =
        (text.length > LONGEST_LINE ? null : ENDED.exec(text.replace(COLOUR, "").trim())) ?? [];
      const isOfService = container === `${name}-1` || container === `${name}_1`;
      if (isOfService) return { exitCode: Number(code), at: timeOfLine(line) };
    }
  }
  return undefined;
}
