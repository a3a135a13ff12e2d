export { canonicalDuration, canonicalSize } from "./amounts";
export { type LongPort, rangeOf, readPort } from "./ports";
export { type LongVolume, readVolume } from "./volumes";
export { splitWords } from "./words";
