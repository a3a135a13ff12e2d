import { JudgeContext } from "../judge/context";
import { rulesOfExtended } from "../judge/rules";
import { judgeShape } from "../judge/shape";
import type { ComposeNode } from "../model";
import { describe, isOpen } from "../structure";
import type { ProjectFaults } from "./faults";

/**
 * Tells what is wrong with the shape of a project that is not whole yet: Compose judges what it has after each file, so
 * that a fault stays one when a later file takes it back.
 */
export function judgePart(merged: ComposeNode, faults: ProjectFaults): void {
  judgeShape(contextOf(merged, faults), faults.judgedShapes);
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
  const context = contextOf(document, faults);
  for (const rule of rulesOfExtended) rule(context);
}

function contextOf(root: ComposeNode, faults: ProjectFaults): JudgeContext {
  return new JudgeContext({ node: root }, "", faults, {});
}
