/**
 * Helpers for the texts of messages that do not need the YAML reader: the nearest valid name, and characters that no
 * terminal shows.
 */
export { HIDDEN, PIPELINE_COMMAND, withDots, withEscapes } from "./diagnostics/hidden";
export { nearest } from "./diagnostics/nearest";
