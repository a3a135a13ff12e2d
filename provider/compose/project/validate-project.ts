import type { DiagnosticCollector } from "../diagnostic";
import type { ComposeNode } from "../model";
import type { ComposePath } from "../path";
import { checkStructure } from "../structure";
import { JudgeContext, type Surroundings } from "../validate/context";
import { rulesOfForm, rulesOfMeaning } from "../validate/rules";
import { judgeShape } from "../validate/shape";
import type { ProjectCode } from "./catalogue";
import type { ProjectFaults } from "./diagnostics";
import { valueAt } from "./nodes";

/** What bundling has done itself, or tells in its own words. */
const settled = new Set<string>(["LYC2304", "LYC2305", "LYC2306", "LYC2307"]);

/**
 * Judges a merged project: the shape of all of it, as Compose does, and what its parts mean to each other of what will
 * run.
 */
export function judgeProject(
  whole: ComposeNode,
  running: ComposeNode,
  faults: ProjectFaults,
  surroundings: Surroundings,
): void {
  const collector = withoutSettled(faults);
  const all = new JudgeContext({ node: whole }, "", collector, surroundings);
  judgeShape(all, faults.judgedShapes);
  for (const rule of rulesOfForm) rule(all);
  if (isIdle(whole, running)) {
    const message = "every service has a profile that is not active";
    const span = whole.kind === "mapping" ? whole.entries.get("services")?.keySpan : undefined;
    const remedy = 'Activate a profile: `profiles: ["…"]`.';
    faults.add("LYC2102", message, { ...(span === undefined ? {} : { span }), path: ["services"], remedy });
    return;
  }
  if (!checkStructure(running, "", collector)) return;
  const context = new JudgeContext({ node: running }, "", collector, surroundings);
  // Most of it is in the whole, too, and was judged there.
  judgeShape(context, faults.judgedShapes);
  for (const rule of rulesOfMeaning) rule(context);
}

/** Whether there are services, and none of them runs. */
function isIdle(whole: ComposeNode, running: ComposeNode): boolean {
  const count = (node: ComposeNode) => {
    const services = valueAt(node, "services");
    return services?.kind === "mapping" ? services.entries.size : 0;
  };
  return count(whole) > 0 && count(running) === 0;
}

/** Passes the faults on that are not settled. */
function withoutSettled(faults: ProjectFaults): DiagnosticCollector<ProjectCode> {
  const collector = Object.create(faults) as DiagnosticCollector<ProjectCode>;
  collector.add = (code, message, details = {}) => {
    if (!settled.has(code) && !isResolvedVariable(code, details.path)) faults.add(code, message, details);
  };
  return collector;
}

/** Variables that configs and secrets name are looked up here, and told where they are not set. */
function isResolvedVariable(code: string, path: ComposePath | undefined): boolean {
  return code === "LYC2308" && (path?.[0] === "configs" || path?.[0] === "secrets");
}
