import { credentialForms, withoutForms } from "../../credential-forms";
import type { RegistryCredentials } from "../../engine";

/** The largest length of one reason for a failed start, in characters. */
const REASON_LIMIT = 1000;
/** The largest number of reasons for one failure. */
const REASONS_LIMIT = 20;

/**
 * Returns why Compose failed: the last lines of its standard error. Leaves out warnings and progress, and removes
 * colors and secrets. If no line is left, the reason is the exit code.
 */
export function composeReasons(
  stderr: string,
  code: number | null,
  redact: (text: string) => string,
): readonly string[] {
  const lines = stderr
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences of colors have control characters
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "")
    .split(/\r?\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^time="[^"]*" level=(warning|info|debug)/.test(line) && !isProgress(line));
  const reasons = withoutEchoes([...new Set(lines.map(messageOf))])
    .slice(-REASONS_LIMIT)
    .map((line) => bounded(redact(line)));
  return reasons.length > 0
    ? reasons
    : [`docker compose ended with ${code === null ? "a signal" : `code ${code}`} and no text.`];
}

/** Removes lines in which Compose repeats an error of the daemon for a service, such as `web Error denied`. */
function withoutEchoes(lines: readonly string[]): readonly string[] {
  const answers = lines.flatMap((line) => /^Error response from daemon: (.+)$/.exec(line)?.[1] ?? []);
  return lines.filter((line) => !answers.some((answer) => line.endsWith(` Error ${answer}`)));
}

/**
 * Returns a function that masks all forms of a credential ({@link credentialForms}). The function also masks user names
 * and passwords in URLs.
 */
export function redactorOf(credentials: RegistryCredentials | undefined) {
  const forms = credentials?.type === "basic" ? credentialForms(credentials) : [];
  return (text: string): string => {
    return withoutForms(text, forms).replace(/(\/\/)[^/\s:@]+:[^/\s@]+@/g, "$1[redacted]@");
  };
}

/** Returns true if a line shows the progress of a pull or a container: `Container x  Started`, `web Pulling`. */
function isProgress(line: string): boolean {
  return (
    /^(Container|Network|Volume|Image) \S+ +(Creating|Created|Starting|Started|Waiting|Healthy|Exited|Running|Recreate|Recreated)$/.test(
      line,
    ) || /^\S+ (Pulling|Pulled|Skipped.*|Interrupted)$/.test(line)
  );
}

/** Returns the message in a log line. Returns any other line unchanged. */
function messageOf(line: string): string {
  const message = /^time="[^"]*" level=\w+ msg="((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
  return message === undefined ? line : message.replace(/\\(["\\])/g, "$1");
}

function bounded(reason: string): string {
  return reason.length <= REASON_LIMIT ? reason : `${reason.slice(0, REASON_LIMIT)}…`;
}
