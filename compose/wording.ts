/**
 * Helpers for texts of messages, which do not load the YAML reader: one finds the nearest valid name, others replace
 * characters that no terminal shows.
 */
export { HIDDEN, PIPELINE_COMMAND, withDots, withEscapes } from "./diagnostics/hidden";
export { nearest } from "./diagnostics/nearest";
