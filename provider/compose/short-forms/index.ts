export { canonicalDuration, canonicalSize } from "./amounts";
export { readShortPort, type ShortPort, shortForm, writtenOut } from "./ports";
export { splitWords } from "./shell-words";
export { readVolume } from "./volumes";
