/**
 * The exports for writing a rule, which a caller adds to the rules of Compose:
 * `validateCompose(text, { rules: { catalogue, rules } })`. A rule is a function that reads the document in its
 * context, and reports diagnostics with the codes of the catalogue.
 */
export { type CatalogueEntry, error, warning, withCodes } from "./diagnostics/catalogue";
export { isNull } from "./model/model";
export { isTrue } from "./model/typed-texts";
export { readVolume } from "./short-forms/volumes";
export type { Rule, RuleOptions, ValidationContext, Workload } from "./validate/context";
export { child, children, has, hasVariables, type Location, select, stringAt, textAt } from "./validate/location";
export { HOME_REMEDY } from "./validate/remedies";
export { mountsOf } from "./validate/rules/volumes";
