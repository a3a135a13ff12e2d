import type { DiagnosticCollector } from "../diagnostic";
import { keysWith } from "../keys";
import type { ComposeNode } from "../model";
import type { ComposePath } from "../path";
import { PatternTable } from "../patterns";
import { checkServiceType, describe, isOpen } from "../structure";
import { ValidationContext } from "../validate/context";
import { rulesOfParts } from "../validate/rules";
import { validateShape } from "../validate/shape";
import type { ProjectCode } from "./catalogue";
import type { ProjectDiagnostics } from "./diagnostics";
import { entryOf, mappingNode, valueAt } from "./nodes";

/**
 * Reports what is wrong with the form of a project that is not whole yet: Compose validates what it has after each
 * file, so that a diagnostic stays one when a later file takes it back.
 */
export function validatePart(merged: ComposeNode, collector: ProjectDiagnostics): void {
  const services = valueAt(merged, "services");
  if (services?.kind === "mapping") {
    for (const [name, entry] of services.entries) checkServiceType(name, entry, collector);
  }
  const context = contextOf(merged, collector);
  validateShape(context, collector.validatedShapes);
  for (const rule of rulesOfParts) rule(context);
}

/** Reports `services` that are no mapping, which Compose refuses in every file; of a single one, others report it. */
export function validateServices(file: ComposeNode, collector: ProjectDiagnostics): void {
  const services = file.kind === "mapping" ? file.entries.get("services") : undefined;
  if (services === undefined || services.node.kind === "mapping" || isOpen(services.node)) return;
  const message = `services must be a mapping, and it is ${describe(services.node)}`;
  collector.add("LYC2103", message, { span: services.keySpan, path: ["services"] });
}

/** Reports what is wrong with a file whose services are extended, as far as Compose reads it as such. */
export function validateExtended(document: ComposeNode, collector: ProjectDiagnostics): void {
  const typesAlone = onlyWhere(collector, (code, path) => code === "LYC2104" && typed.at(path) === true);
  validateShape(contextOf(document, typesAlone));
  const context = contextOf(document, collector);
  for (const rule of rulesOfParts) rule(context);
}

const suffixes = { value: [""], items: [".[]"], both: ["", ".[]"], all: ["", ".[]", ".*"] } as const;

/** Where types matter before services are merged. The schema itself is for what an extending service becomes. */
const typed = new PatternTable<true>(
  keysWith("typed").flatMap(([pattern, part]) => suffixes[part].map((suffix) => [pattern + suffix, true] as const)),
);

/** Reports what is wrong with the shape of a service's `extends`, and nothing else of the service. */
export function validateExtends(name: string, extended: ComposeNode, collector: ProjectDiagnostics): void {
  const within = (key: string, node: ComposeNode) => mappingNode(new Map([[key, entryOf(node)]]), extended.span);
  const alone = within("services", within(name, within("extends", extended)));
  validateShape(
    contextOf(
      alone,
      onlyWhere(collector, (_code, path) => path[2] === "extends"),
    ),
  );
}

/** Passes on the diagnostics that are meant. */
function onlyWhere(
  collector: ProjectDiagnostics,
  isMeant: (code: ProjectCode, path: ComposePath) => boolean,
): DiagnosticCollector<ProjectCode> {
  const filtered = Object.create(collector) as DiagnosticCollector<ProjectCode>;
  filtered.add = (code, message, details = {}) => {
    if (isMeant(code, details.path ?? [])) collector.add(code, message, details);
  };
  return filtered;
}

function contextOf(root: ComposeNode, collector: DiagnosticCollector<ProjectCode>): ValidationContext {
  return new ValidationContext({ node: root }, "", collector, {});
}
