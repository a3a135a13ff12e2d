/**
 * Meanings of the exit codes that shells and container engines set. Most programs do not use these codes themselves.
 *
 * If a signal ended the process, the code is 128 plus the number of the signal.
 */
const MEANINGS: Readonly<Record<number, string>> = {
  126: "its command cannot be run: it is no program, or may not be run",
  127: "its command is not in the image",
  137: "killed: often out of memory, or the grace period ended",
  139: "it crashed: it used memory that is not its own, SIGSEGV",
  143: "ended by SIGTERM: something stopped it",
};

/** Returns an exit code with its meaning: `137 (killed: often out of memory, or the grace period ended)`. */
export function explainedCode(code: number): string {
  return `${code}${meaningOfCode(code)}`;
}

/**
 * Returns the meaning of an exit code in brackets, with a space in front: ` (killed: …)`. Empty for a code without a
 * known meaning.
 */
export function meaningOfCode(code: number | undefined): string {
  const meaning = code === undefined ? undefined : MEANINGS[code];
  return meaning === undefined ? "" : ` (${meaning})`;
}

/**
 * Returns a duration with at most two units: `45s`, `1m10s`, `5m`, `1h2m`. A duration below one second has a fraction:
 * `0.3s`.
 */
export function shortDuration(seconds: number): string {
  if (seconds > 0 && seconds < 1) return `${Math.max(0.1, Math.floor(seconds * 10) / 10)}s`;
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours > 0) return minutes === 0 ? `${hours}h` : `${hours}h${minutes}m`;
  if (minutes > 0) return rest === 0 ? `${minutes}m` : `${minutes}m${rest}s`;
  return `${rest}s`;
}

/**
 * Makes a message a sentence, with a capital letter at the start and a full stop at the end. A first word that has
 * other characters than letters, such as `services.web`, stays unchanged.
 */
export function sentence(text: string): string {
  const start = text.replace(/^[a-z]+(?=\s)/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return /[.?!]$/.test(start) ? start : `${start}.`;
}

/** The line in reports and in the output of commands if the runs had no containers. */
export const SIMULATED = "SIMULATED: the answers are from an emulator that runs no containers.";
