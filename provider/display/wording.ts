/**
 * What the exit codes mean that no program chooses itself: those of shells and container engines.
 *
 * 128 and the number of a signal is a process that the signal ended.
 */
const MEANINGS: Readonly<Record<number, string>> = {
  126: "its command cannot be run: it is no program, or may not be run",
  127: "its command is not in the image",
  137: "killed: often out of memory, or the grace period ended",
  139: "it crashed: it used memory that is not its own, SIGSEGV",
  143: "ended by SIGTERM: something stopped it",
};

/** An exit code with what it means, for a person: `137 (killed: often out of memory, or the grace period ended)`. */
export function explainedCode(code: number): string {
  return `${code}${meaningOfCode(code)}`;
}

/** What stands behind an exit code in a sentence that names it: ` (killed: …)`, or nothing. */
export function meaningOfCode(code: number | undefined): string {
  const meaning = code === undefined ? undefined : MEANINGS[code];
  return meaning === undefined ? "" : ` (${meaning})`;
}

/** A duration with at most two units: `45s`, `1m10s`, `5m`, `1h2m`; one below a second is no `0s` that never was: `0.3s`. */
export function shortDuration(seconds: number): string {
  if (seconds > 0 && seconds < 1) return `${Math.max(0.1, Math.floor(seconds * 10) / 10)}s`;
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours > 0) return minutes === 0 ? `${hours}h` : `${hours}h${minutes}m`;
  if (minutes > 0) return rest === 0 ? `${minutes}m` : `${minutes}m${rest}s`;
  return `${rest}s`;
}

/** A message as a sentence: it begins with a capital letter, unless with a name such as `services.web`, and ends. */
export function sentence(text: string): string {
  const start = text.replace(/^[a-z]+(?=\s)/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return /[.?!]$/.test(start) ? start : `${start}.`;
}
