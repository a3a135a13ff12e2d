import { nearest } from "../diagnostics/nearest";
import { printableKey } from "../diagnostics/position";
import { WORKLOAD_SECTIONS } from "../model/keys";
import { OPTION_TEXTS } from "../model/option-texts";
import type { ValidationContext } from "../validate/context";
import { needsOf } from "../validate/rules/references";
import type { ProjectDiagnostics } from "./diagnostics";
import { entriesOf, type MappingNode, mappingNode, textOf, valueAt, withEntry, withoutKeys } from "./nodes";
import type { BundleOptions } from "./options";

/**
 * The keys of a service that do not apply to a job. `docker compose run` ignores these keys, or they have no effect on
 * a single container.
 */
const NOT_OF_A_JOB = ["restart", "container_name", "scale"];
/** The keys of `deploy` that do not apply to a job. */
const NOT_OF_A_DEPLOYED_JOB = ["mode", "replicas", "restart_policy"];

type Selection = Pick<BundleOptions, "job" | "withoutJobs">;

/**
 * Removes the keys of the selected service that do not apply to a job. Reports a selected name that is neither a job
 * nor a service, or is both. If no name is selected and jobs are left out, reports a project that has only jobs.
 */
export function withSelectedJob(
  document: MappingNode,
  { job, withoutJobs }: Selection,
  collector: ProjectDiagnostics,
): MappingNode {
  const services = entriesOf(valueAt(document, "services"));
  const jobs = entriesOf(valueAt(document, "jobs"));
  if (job === undefined) {
    if (withoutJobs && services.size === 0 && jobs.size > 0) reportJobsAlone(document, collector);
    return document;
  }
  if (!services.has(job) && !jobs.has(job)) {
    const meant = nearest(job, [...jobs.keys(), ...services.keys()]);
    const hint = meant === undefined ? "" : `; did you mean \`${printableKey(meant)}\`?`;
    collector.add("LYC2514", `\`${printableKey(job)}\` is neither a job nor a service${hint}`, { path: ["job"] });
  }
  // The bundle contains the job as a service, so no other service may have its name.
  if (services.has(job) && jobs.has(job))
    collector.add("LYC2514", `\`${printableKey(job)}\` is both a job and a service`, { path: ["job"] });
  const service = services.get(job);
  if (service?.node.kind !== "mapping") return document;
  const runsOnce = withoutKeys(service.node, NOT_OF_A_JOB);
  const deploy = valueAt(runsOnce, "deploy");
  const node =
    deploy?.kind === "mapping" ? withEntry(runsOnce, "deploy", withoutKeys(deploy, NOT_OF_A_DEPLOYED_JOB)) : runsOnce;
  return withEntry(document, "services", withEntry(valueAt(document, "services") as MappingNode, job, node));
}

const MOST_NAMES = 5;

function reportJobsAlone(document: MappingNode, collector: ProjectDiagnostics): void {
  const jobs = entriesOf(document).get("jobs");
  const names = [...entriesOf(jobs?.node).keys()].map(printableKey);
  const shown = [...names.slice(0, MOST_NAMES), ...(names.length > MOST_NAMES ? ["…"] : [])].join(", ");
  const message = `the project declares no services, and ${names.length === 1 ? "only the job" : "only the jobs"} ${shown}`;
  collector.add("LYC2514", message, { span: jobs?.keySpan, path: ["jobs"], remedy: OPTION_TEXTS.nameJob });
}

/**
 * Keeps only the services and jobs that run. With `job`, keeps the job and everything that the job needs, all as
 * services. With `withoutJobs`, keeps the services. Otherwise, keeps all services and jobs.
 */
export function withoutOthers(
  document: MappingNode,
  { job, withoutJobs }: Selection,
  collector: ProjectDiagnostics,
  contextOf: (document: MappingNode) => ValidationContext,
): MappingNode {
  if (job === undefined) return withoutJobs ? withoutKeys(document, ["jobs"]) : document;
  const byName = new Map(contextOf(document).workloads.map((workload) => [workload.name, workload]));
  // The missing job was already reported.
  if (!byName.has(job)) return document;
  const needed = new Set([job]);
  for (const name of needed) {
    const workload = byName.get(name);
    for (const need of workload === undefined ? [] : needsOf(workload)) needed.add(need.name);
  }
  reportSameContainer(document, job, needed, collector);
  const kept = WORKLOAD_SECTIONS.flatMap((section) =>
    [...entriesOf(valueAt(document, section))]
      .filter(([name]) => needed.has(name))
      .map(([name, entry]) => {
        const { node } = entry;
        return [name, node.kind === "mapping" ? { ...entry, node: withoutKeys(node, ["triggers"]) } : entry] as const;
      }),
  );
  const { span } = valueAt(document, "services") ?? document;
  return withEntry(withoutKeys(document, ["jobs"]), "services", mappingNode(new Map(kept), span));
}

/**
 * Reports a service that the job needs, if its container has the name of the job's container. The caller would take the
 * end of this service for the end of the job.
 */
function reportSameContainer(
  document: MappingNode,
  job: string,
  needed: ReadonlySet<string>,
  collector: ProjectDiagnostics,
): void {
  for (const name of needed) {
    const container = textOf(valueAt(valueAt(valueAt(document, "services"), name), "container_name"));
    if (container !== `${job}-1` && container !== `${job}_1`) continue;
    const message = `the service \`${printableKey(name)}\` has the container_name of the job's container, ${container}`;
    collector.add("LYC2514", message, { path: ["job"], remedy: "Give the service another `container_name`." });
  }
}
