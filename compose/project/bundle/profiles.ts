import { onlyNear } from "../../diagnostics/nearest";
import { printableKey } from "../../diagnostics/position";
import { WORKLOAD_SECTIONS } from "../../model/keys";
import type { ComposeNode } from "../../model/model";
import type { ProjectDiagnostics } from "../diagnostics";
import {
  entriesOf,
  itemsOf,
  type MappingNode,
  mapValues,
  textOf,
  unlessEmpty,
  valueAt,
  withEntry,
  withoutKeys,
} from "../nodes";

/**
 * Keeps the services and jobs of the requested profiles, and services and jobs without profiles. `*` requests all
 * profiles. Removes the key `profiles` from them, because no profile is requested when the bundle runs. Removes
 * optional dependencies on removed services.
 */
export function withProfiles(document: MappingNode, wanted: readonly string[]): MappingNode {
  const all = WORKLOAD_SECTIONS.flatMap((section) => [...entriesOf(valueAt(document, section))]);
  const enabled = new Set(all.filter(([, { node }]) => isWanted(node, wanted)).map(([name]) => name));
  const disabled = new Set(all.map(([name]) => name).filter((name) => !enabled.has(name)));
  let result = document;
  for (const section of WORKLOAD_SECTIONS) {
    const workloads = valueAt(document, section);
    if (workloads?.kind !== "mapping") continue;
    const left = mapValues(workloads, (workload) => {
      if (!isWanted(workload, wanted)) return undefined;
      return workload.kind === "mapping" ? withoutOptional(withoutKeys(workload, ["profiles"]), disabled) : workload;
    });
    result = withEntry(result, section, left);
  }
  return result;
}

/** Returns the profiles of a job, which are enabled together with the job. */
export function profilesOf(document: MappingNode, job: string | undefined): string[] {
  if (job === undefined) return [];
  const workloads = WORKLOAD_SECTIONS.map((section) => valueAt(valueAt(document, section), job));
  return workloads.flatMap((workload) => itemsOf(valueAt(workload, "profiles"))).flatMap((item) => textOf(item) ?? []);
}

function isWanted(service: ComposeNode, wanted: readonly string[]): boolean {
  const profiles = valueAt(service, "profiles");
  if (profiles?.kind !== "sequence" || profiles.items.length === 0) return true;
  // If no profile is requested, Compose requests the profile with an empty name.
  const asked = wanted.length === 0 ? [""] : wanted;
  return profiles.items.some((item) => asked.includes("*") || asked.includes(textOf(item) ?? "*"));
}

function withoutOptional(service: MappingNode, disabled: ReadonlySet<string>): MappingNode {
  const dependencies = valueAt(service, "depends_on");
  if (dependencies?.kind !== "mapping") return service;
  const left = mapValues(dependencies, (dependency, name) => {
    const required = valueAt(dependency, "required");
    const optional = required?.kind === "scalar" && required.value === false;
    return optional && disabled.has(name) ? undefined : dependency;
  });
  return withEntry(service, "depends_on", unlessEmpty(left));
}

/**
 * Reports a requested profile that does not exist, if its name differs by one typing error from a profile of the
 * project. Other unknown names are not reported, because Compose accepts them.
 */
export function reportUnknownProfiles(
  document: MappingNode,
  requested: readonly string[],
  collector: ProjectDiagnostics,
): void {
  if (requested.length === 0) return;
  const workloads = WORKLOAD_SECTIONS.flatMap((section) => [...entriesOf(valueAt(document, section)).values()]);
  const declared = new Set(
    workloads.flatMap(({ node }) => itemsOf(valueAt(node, "profiles"))).flatMap((item) => textOf(item) ?? []),
  );
  requested.forEach((name, index) => {
    if (declared.has(name)) return;
    const meant = onlyNear(name, declared, { most: 1 });
    if (meant === undefined) return;
    const message = `no service has the profile \`${printableKey(name)}\`; did you mean \`${printableKey(meant)}\`?`;
    collector.add("LYC2316", message, { path: ["profiles", index] });
  });
}
