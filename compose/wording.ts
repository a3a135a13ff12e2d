/**
 * Helpers for the words of messages, without the YAML reader: the nearest valid name, and characters that no terminal
 * shows.
 */
export { HIDDEN, PIPELINE_COMMAND, withDots, withEscapes } from "./diagnostics/hidden";
export { nearest } from "./diagnostics/nearest";
