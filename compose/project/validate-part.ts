import { keysWith } from "../model/keys";
import type { ComposeNode } from "../model/model";
import { PatternTable } from "../model/patterns";
import { ValidationContext } from "../validate/context";
import { RULES_OF_PARTS } from "../validate/rules";
import { validateShape } from "../validate/shape";
import { checkServiceType } from "../yaml/structure";
import type { ProjectDiagnostics } from "./diagnostics";
import { entriesOf, mappingOf, valueAt } from "./nodes";

/**
 * Validates a part of a project: the files that are merged so far. Compose validates after each file, so an error in
 * this part stays an error even if a later file removes its cause.
 */
export function validatePart(merged: ComposeNode, collector: ProjectDiagnostics): void {
  for (const [name, entry] of entriesOf(valueAt(merged, "services"))) checkServiceType(name, entry, collector);
  const context = new ValidationContext(merged, collector);
  validateShape(context, collector.validatedShapes);
  for (const rule of RULES_OF_PARTS) rule(context);
}

/**
 * Validates a file that other files name in `extends`. Of the types, Compose checks only those in `typed` before it
 * merges the extended service.
 */
export function validateExtended(document: ComposeNode, collector: ProjectDiagnostics): void {
  const typesAlone = collector.where((code, path) => code === "LYC2104" && typed.at(path) === true);
  validateShape(new ValidationContext(document, typesAlone));
  const context = new ValidationContext(document, collector);
  for (const rule of RULES_OF_PARTS) rule(context);
}

const SUFFIXES = { value: [""], items: [".[]"], both: ["", ".[]"], all: ["", ".[]", ".*"] } as const;

/**
 * The values whose types Compose checks before it merges services. The full schema is applied later to the merged
 * service.
 */
const typed = new PatternTable<true>(
  keysWith("typed").flatMap(([pattern, part]) => SUFFIXES[part].map((suffix) => [pattern + suffix, true] as const)),
);

/** Validates only the `extends` of a service. */
export function validateExtends(name: string, extended: ComposeNode, collector: ProjectDiagnostics): void {
  const { span } = extended;
  const alone = mappingOf({ services: mappingOf({ [name]: mappingOf({ extends: extended }, span) }, span) }, span);
  const ofExtends = collector.where((_code, path) => path[2] === "extends");
  validateShape(new ValidationContext(alone, ofExtends));
}
