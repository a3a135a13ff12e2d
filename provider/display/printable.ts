import { pipelineCommand } from "../../compose/diagnostics/hidden";

/**
 * A text as it may be shown on a terminal or in the log of a pipeline, whoever wrote it: without escape sequences, with a dot for
 * every other control or invisible character and for half of a surrogate pair, and with no line that a pipeline would take for a command.
 * Tabs and line breaks stay.
 */
export function printable(text: string): string {
  return withoutControls(text)
    .replace(/^([^\S\n\r\u2028\u2029]*:):/gm, "$1 :")
    .replace(pipelineCommand, "# ");
}

const suspicious = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u;

function withoutControls(text: string): string {
  if (!suspicious.test(text)) return text;
  const units = Array.from({ length: text.length }, (_none, at) => text.charCodeAt(at));
  let result = "";
  for (let at = 0; at < units.length; ) {
    const length = controlLength(units, at);
    // A whole sequence changes nothing but looks; a single character may stand where somebody has to see it.
    if (length === 0) result += text.charAt(at);
    else if (length === 1) result += "·";
    at += Math.max(1, length);
  }
  return result.replace(/\p{Surrogate}/gu, "·");
}

/** Length of what a terminal acts on and does not show at an offset: an escape sequence, a control or an invisible character; else 0. */
function controlLength(units: ArrayLike<number>, at: number): number {
  const unit = units[at] ?? 0;
  if (unit === 9 || unit === 10 || (unit >= 32 && unit < 127)) return 0;
  if (unit === ESCAPE) return escapeLength(units, at);
  if (unit === CSI) return 1 + sequenceLength(units, at + 1);
  if (unit < 160) return 1;
  return isInvisible(unit) ? 1 : 0;
}

const ESCAPE = 27;
/** Also written as one character, of C1. */
const CSI = 0x9b;
/** A sequence that never ends hides no more than so many characters. */
const longest = 1000;

function escapeLength(units: ArrayLike<number>, at: number): number {
  const kind = units[at + 1] ?? 0;
  if (kind === 91) return 2 + sequenceLength(units, at + 2);
  if ([93, 80, 88, 94, 95].includes(kind)) return stringLength(units, at);
  // Two or three characters: `ESC c`, `ESC ( B`.
  let end = at + 1;
  while ((units[end] ?? 0) >= 32 && (units[end] ?? 0) <= 47 && end < at + 4) end += 1;
  return (units[end] ?? 0) >= 48 && (units[end] ?? 0) <= 126 ? end + 1 - at : 1;
}

/** Parameters and the letter that ends them: `31m`. What is cut off in the middle ends where it stops being one. */
function sequenceLength(units: ArrayLike<number>, from: number): number {
  let end = from;
  while (end < units.length && end - from < longest && (units[end] ?? 0) >= 32 && (units[end] ?? 0) <= 63) end += 1;
  return (units[end] ?? 0) >= 64 && (units[end] ?? 0) <= 126 ? end + 1 - from : end - from;
}

/** A title, a link's address: up to BEL or `ESC \`. Without an end only the beginning goes. */
function stringLength(units: ArrayLike<number>, at: number): number {
  for (let end = at + 2; end < units.length && end - at < longest; end += 1) {
    if (units[end] === 7) return end + 1 - at;
    if (units[end] === ESCAPE) return units[end + 1] === 92 ? end + 2 - at : end - at;
  }
  return 2;
}

/** Changes the direction or the look of what follows, or takes no room: bidi marks, zero-width spaces, line separators. */
function isInvisible(unit: number): boolean {
  return (
    unit === 0xad ||
    unit === 0x61c ||
    unit === 0x180e ||
    unit === 0x200b ||
    (unit >= 0x200e && unit <= 0x200f) ||
    (unit >= 0x2028 && unit <= 0x202e) ||
    (unit >= 0x2060 && unit <= 0x206f) ||
    unit === 0xfeff ||
    (unit >= 0xfff9 && unit <= 0xfffb)
  );
}
