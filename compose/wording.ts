/**
 * Helpers for texts of messages, which do not load the YAML reader: one finds the nearest valid name, others replace
 * characters that no terminal shows.
 */
import { checked } from "./arguments";
import * as hidden from "./diagnostics/hidden";
import * as names from "./diagnostics/nearest";

export { HIDDEN, PIPELINE_COMMAND } from "./diagnostics/hidden";

export const nearest = /* @__PURE__ */ checked("nearest", names.nearest);
export const withDots = /* @__PURE__ */ checked("withDots", hidden.withDots);
export const withEscapes = /* @__PURE__ */ checked("withEscapes", hidden.withEscapes);
