import type { DiagnosticCollector } from "../diagnostic";
import type { ComposeNode } from "../model";
import type { ComposePath } from "../path";
import { PatternTable } from "../patterns";
import { checkServiceType, describe, isOpen } from "../structure";
import { JudgeContext } from "../validate/context";
import { rulesOfParts } from "../validate/rules";
import { judgeShape } from "../validate/shape";
import type { ProjectCode } from "./catalogue";
import type { ProjectFaults } from "./diagnostics";
import { entryOf, mappingNode, valueAt } from "./nodes";

/**
 * Tells what is wrong with the form of a project that is not whole yet: Compose judges what it has after each file, so
 * that a fault stays one when a later file takes it back.
 */
export function judgePart(merged: ComposeNode, faults: ProjectFaults): void {
  const services = valueAt(merged, "services");
  if (services?.kind === "mapping") {
    for (const [name, entry] of services.entries) checkServiceType(name, entry, faults);
  }
  const context = contextOf(merged, faults);
  judgeShape(context, faults.judgedShapes);
  for (const rule of rulesOfParts) rule(context);
}

/** Tells of `services` that are no mapping, which Compose refuses in every file; of a single one, others tell it. */
export function judgeServices(file: ComposeNode, faults: ProjectFaults): void {
  const services = file.kind === "mapping" ? file.entries.get("services") : undefined;
  if (services === undefined || services.node.kind === "mapping" || isOpen(services.node)) return;
  const message = `services must be a mapping, and it is ${describe(services.node)}`;
  faults.add("LYC2103", message, { span: services.keySpan, path: ["services"] });
}

/** Tells what is wrong with a file whose services are extended, as far as Compose reads it as such. */
export function judgeExtended(document: ComposeNode, faults: ProjectFaults): void {
  const typesAlone = onlyWhere(faults, (code, path) => code === "LYC2104" && typed.at(path) === true);
  judgeShape(contextOf(document, typesAlone));
  const context = contextOf(document, faults);
  for (const rule of rulesOfParts) rule(context);
}

/**
 * Where Compose needs one of the types that the schema names, to make the long syntax of a short one or to find items that
 * are there twice. The schema itself is for what an extending service becomes.
 */
const typed = new PatternTable<true>(
  `annotations.[] build build.additional_contexts build.additional_contexts.[] build.args.[] build.labels.[]
  build.secrets.[] build.ssh build.ssh.[] build.tags.[] cap_add.[] cap_drop.[] configs.[] depends_on depends_on.[]
  depends_on.* deploy.labels.[] devices.[] dns.[] dns_opt.[] dns_search.[] env_file environment.[] extends gpus labels.[]
  links.[] models.[] networks.[] networks.*.aliases.[] networks.*.link_local_ips.[] ports ports.[] profiles.[] secrets.[]
  sysctls.[] tmpfs.[] volumes.[]`
    .split(/\s+/)
    .map((path) => [`services.*.${path}`, true] as const),
);

/** Tells what is wrong with the shape of a service's `extends`, and nothing else of the service. */
export function judgeExtends(name: string, extended: ComposeNode, faults: ProjectFaults): void {
  const within = (key: string, node: ComposeNode) => mappingNode(new Map([[key, entryOf(node)]]), extended.span);
  const alone = within("services", within(name, within("extends", extended)));
  judgeShape(
    contextOf(
      alone,
      onlyWhere(faults, (_code, path) => path[2] === "extends"),
    ),
  );
}

/** Passes on the faults that are meant. */
function onlyWhere(
  faults: ProjectFaults,
  isMeant: (code: ProjectCode, path: ComposePath) => boolean,
): DiagnosticCollector<ProjectCode> {
  const collector = Object.create(faults) as DiagnosticCollector<ProjectCode>;
  collector.add = (code, message, details = {}) => {
    if (isMeant(code, details.path ?? [])) faults.add(code, message, details);
  };
  return collector;
}

function contextOf(root: ComposeNode, faults: DiagnosticCollector<ProjectCode>): JudgeContext {
  return new JudgeContext({ node: root }, "", faults, {});
}
