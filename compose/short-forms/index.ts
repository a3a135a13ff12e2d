export { isAddress } from "./addresses";
export { canonicalDuration, canonicalSize, isDuration, isSize, negativeSize } from "./amounts";
export { imageError } from "./images";
export { meantDuration, meantPort, meantSize } from "./meant";
export {
  NO_TARGET,
  type PortRange,
  rangeOf,
  readShortPort,
  shortForm,
  writtenOut,
} from "./ports";
export { splitWords } from "./shell-words";
export { readVolume } from "./volumes";
