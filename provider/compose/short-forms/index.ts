export { canonicalDuration, canonicalSize, isDuration, isSize } from "./amounts";
export { noTarget, type PortRange, rangeOf, readShortPort, type ShortPort, shortForm, writtenOut } from "./ports";
export { splitWords } from "./shell-words";
export { readVolume } from "./volumes";
