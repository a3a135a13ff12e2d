import type { ComposeNode } from "../model";
import type { ComposePath } from "../path";
import { checkStructure } from "../structure";
import { type RunContext, ValidationContext } from "../validate/context";
import { rulesOfForm, rulesOfMeaning } from "../validate/rules";
import { validateShape } from "../validate/shape";
import type { ProjectDiagnostics } from "./diagnostics";
import { entriesOf, valueAt } from "./nodes";

/** What bundling has done itself, or reports in its own words. */
const settled = new Set<string>(["LYC2304", "LYC2305", "LYC2306", "LYC2307"]);

/**
 * Validates a merged project: the shape of all of it, as Compose does, and what its parts mean to each other of what
 * will run.
 */
export function validateProject(
  whole: ComposeNode,
  running: ComposeNode,
  collector: ProjectDiagnostics,
  runContext: RunContext,
): void {
  const filtered = collector.where((code, path) => !settled.has(code) && !isResolvedVariable(code, path));
  const all = new ValidationContext(whole, filtered, runContext);
  validateShape(all, collector.validatedShapes);
  for (const rule of rulesOfForm) rule(all);
  if (isIdle(whole, running)) {
    const message = "every service has a profile that is not active";
    const span = entriesOf(whole).get("services")?.keySpan;
    const remedy = 'Activate a profile: `profiles: ["…"]`.';
    collector.add("LYC2102", message, { span, path: ["services"], remedy });
    return;
  }
  if (!checkStructure(running, "", filtered)) return;
  const context = new ValidationContext(running, filtered, runContext);
  // Most of it is in the whole, too, and was validated there.
  validateShape(context, collector.validatedShapes);
  for (const rule of rulesOfMeaning) rule(context);
}

/** Whether there are services, and none of them runs. */
function isIdle(whole: ComposeNode, running: ComposeNode): boolean {
  const [all, left] = [whole, running].map((document) => entriesOf(valueAt(document, "services")).size);
  return all !== 0 && left === 0;
}

/** Variables that configs and secrets name are looked up here, and reported where they are not set. */
function isResolvedVariable(code: string, [section]: ComposePath): boolean {
  return code === "LYC2308" && (section === "configs" || section === "secrets");
}
