export { canonicalDuration, canonicalSize, isDuration, isSize } from "./amounts";
export { imageError } from "./images";
export { noTarget, type PortRange, rangeOf, readShortPort, type ShortPort, shortForm, writtenOut } from "./ports";
export { splitWords } from "./shell-words";
export { readVolume } from "./volumes";
