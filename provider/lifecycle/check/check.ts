import { printable } from "../../display/printable";
import type { Runtime } from "../process/engine";
import { withResourceErrors } from "../process/resource-error";
import { NO_INPUTS, type ResourceInputs } from "../run/inputs";
import { type CheckResult, checkInputs } from "./check-inputs";

/** The request of a check. */
export interface CheckRequest {
  /**
   * The inputs of the last command. Absent if the engine is about to create the resource, as a new one or as a
   * replacement.
   */
  readonly oldInputs?: ResourceInputs | undefined;
  readonly news: ResourceInputs;
}

/** The answer to a host. It has no warnings, because check has already shown them on the resource's row. */
export type CheckAnswer = Omit<CheckResult, "warnings">;

/**
 * Checks the inputs of a resource. Sends no request. Shows each warning once in a command, on the resource's row.
 *
 * @throws {ResourceError}
 */
export async function check(runtime: Runtime, { oldInputs, news }: CheckRequest): Promise<CheckAnswer> {
  return withResourceErrors(async () => {
    const { processCache, engine, projects } = runtime;
    const { urn } = news;
    if (urn !== "") {
      processCache.refreshing(urn, false);
      if (oldInputs !== undefined) processCache.rememberOldInputs(urn, oldInputs);
      if (oldInputs !== undefined && oldInputs.urn !== "") processCache.renamed(oldInputs.urn, urn);
    }
    const result = checkInputs(oldInputs ?? NO_INPUTS, news, projects);
    const { inputs } = result;
    // The engine calls check several times in a command, so each warning is shown only the first time.
    const unreported = result.warnings.filter((warning) => processCache.firstTime(`${urn} ${warning}`));
    for (const warning of unreported) engine.report.warning(urn, warning);
    const unusable = runtime.unusable?.();
    // Without old inputs, the engine is about to create the resource, as a new one or as a replacement.
    const isNew = urn !== "" && oldInputs === undefined;
    const missing = isNew && unusable === undefined ? runtime.missing?.() : undefined;
    const isFirst = missing !== undefined && processCache.firstTime(missing);
    // The message concerns every run. So it has no URN, and the engine shows it on the stack's row.
    if (isFirst) engine.report.warning("", missing);
    if (unreported.length > 0 || isFirst) await engine.flush();
    if (isNew) processCache.planCreate(urn, inputs);
    const all = unusable === undefined ? result.failures : [{ property: "", reason: unusable }, ...result.failures];
    const failures = all.map(({ property, reason }) => ({ property: printable(property), reason: printable(reason) }));
    return { inputs, failures };
  });
}
