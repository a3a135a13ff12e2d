export { canonicalDuration, canonicalSize } from "./amounts";
export { readShortPort, type ShortPort, shortForm, writtenOut } from "./ports";
export { readVolume } from "./volumes";
export { splitWords } from "./words";
