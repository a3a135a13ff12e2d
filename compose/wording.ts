/**
 * The entry point with helpers for messages: they suggest a similar name, or replace characters that terminals do not
 * show. These helpers do not load the YAML reader.
 */
import { checked } from "./arguments";
import * as hidden from "./diagnostics/hidden";
import * as names from "./diagnostics/nearest";

export { HIDDEN, PIPELINE_COMMAND } from "./diagnostics/hidden";

export const nearest = /* @__PURE__ */ checked("nearest", names.nearest);
export const withDots = /* @__PURE__ */ checked("withDots", hidden.withDots);
export const withEscapes = /* @__PURE__ */ checked("withEscapes", hidden.withEscapes);
