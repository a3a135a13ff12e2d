export { canonicalDuration, canonicalSize } from "./amounts";
export { mostWrittenOut, readShortPort, shortForm, writtenOut } from "./ports";
export { readVolume } from "./volumes";
export { splitWords } from "./words";
