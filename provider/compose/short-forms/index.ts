export { canonicalDuration, canonicalSize } from "./amounts";
export { readPort } from "./ports";
export { readVolume } from "./volumes";
export { splitWords } from "./words";
