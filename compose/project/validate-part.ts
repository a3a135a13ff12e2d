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
 * Reports what is wrong with the form of a project that is not whole yet: Compose validates what it has after each
 * file, so that a diagnostic stays one when a later file takes it back.
 */
export function validatePart(merged: ComposeNode, collector: ProjectDiagnostics): void {
  for (const [name, entry] of entriesOf(valueAt(merged, "services"))) checkServiceType(name, entry, collector);
  const context = new ValidationContext(merged, collector);
  validateShape(context, collector.validatedShapes);
  for (const rule of RULES_OF_PARTS) rule(context);
}

/** Reports what is wrong with a file whose services are extended, as far as Compose reads it as such. */
export function validateExtended(document: ComposeNode, collector: ProjectDiagnostics): void {
  const typesAlone = collector.where((code, path) => code === "LYC2104" && typed.at(path) === true);
  validateShape(new ValidationContext(document, typesAlone));
  const context = new ValidationContext(document, collector);
  for (const rule of RULES_OF_PARTS) rule(context);
}

const SUFFIXES = { value: [""], items: [".[]"], both: ["", ".[]"], all: ["", ".[]", ".*"] } as const;

/** Where types matter before services are merged. The schema itself is for what an extending service becomes. */
const typed = new PatternTable<true>(
  keysWith("typed").flatMap(([pattern, part]) => SUFFIXES[part].map((suffix) => [pattern + suffix, true] as const)),
);

/** Reports what is wrong with the shape of a service's `extends`, and nothing else of the service. */
export function validateExtends(name: string, extended: ComposeNode, collector: ProjectDiagnostics): void {
  const { span } = extended;
  const alone = mappingOf({ services: mappingOf({ [name]: mappingOf({ extends: extended }, span) }, span) }, span);
  const ofExtends = collector.where((_code, path) => path[2] === "extends");
  validateShape(new ValidationContext(alone, ofExtends));
}
