/**
 * What a follower receives in place of lines that are no longer kept: it reads too slowly, or came too late.
 * @param next index of the line that it should get now
 * @param index index of the oldest line that is still there
 * @returns undefined: it misses nothing.
 */
export function gapMarker(next: number, index: number): string | undefined {
  if (index <= next) return undefined;
  const missing = index - next;
  return `[emulator] ${missing} ${missing === 1 ? "line is" : "lines are"} no longer kept and left out here.`;
}
