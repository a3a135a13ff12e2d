/**
 * The entry point for writing a rule. A caller adds its rules to the rules of Compose:
 * `validateCompose(text, { rules: { catalogue, rules } })`. A rule is a function that reads the document in a context,
 * and reports diagnostics with codes of the catalogue.
 */
import { checked } from "./arguments";
import * as catalogue from "./diagnostics/catalogue";
import * as model from "./model/model";
import * as typedTexts from "./model/typed-texts";
import * as shortVolumes from "./short-forms/volumes";
import * as location from "./validate/location";
import * as volumes from "./validate/rules/volumes";

export type { CatalogueEntry } from "./diagnostics/catalogue";
export type { Rule, RuleOptions, ValidationContext, Workload } from "./validate/context";
export type { Location } from "./validate/location";

export const child = /* @__PURE__ */ checked("child", location.child);
export const children = /* @__PURE__ */ checked("children", location.children);
export const error = /* @__PURE__ */ checked("error", catalogue.error);
export const has = /* @__PURE__ */ checked("has", location.has);
export const hasVariables = /* @__PURE__ */ checked("hasVariables", location.hasVariables);
export const isNull = /* @__PURE__ */ checked("isNull", model.isNull);
export const isTrue = /* @__PURE__ */ checked("isTrue", typedTexts.isTrue);
export const mountsOf = /* @__PURE__ */ checked("mountsOf", volumes.mountsOf);
export const readVolume = /* @__PURE__ */ checked("readVolume", shortVolumes.readVolume);
export const select = /* @__PURE__ */ checked("select", location.select);
export const stringAt = /* @__PURE__ */ checked("stringAt", location.stringAt);
export const textAt = /* @__PURE__ */ checked("textAt", location.textAt);
export const warning = /* @__PURE__ */ checked("warning", catalogue.warning);
export const withCodes = /* @__PURE__ */ checked("withCodes", catalogue.withCodes);
