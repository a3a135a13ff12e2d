/** What a message is worded with, without the reader of YAML: the nearest right name, and characters that no terminal shows. */
export { HIDDEN, PIPELINE_COMMAND, withDots, withEscapes } from "./diagnostics/hidden";
export { nearest } from "./diagnostics/nearest";
