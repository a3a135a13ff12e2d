import { isMap, type Properties } from "../../schema";

/** Keys in which a service or a job names the services and jobs that it needs. */
const NAMING_KEYS = ["depends_on", "links", "volumes_from", "network_mode", "ipc", "pid", "uts", "cgroup"] as const;

/**
 * Returns the model that a policy evaluates. The job of the execution, and the jobs that it needs, become services.
 * Other jobs are left out. All services stay, including those that the provider does not send because the job does not
 * need them.
 */
export function sentModel(model: Properties, job: unknown): Properties {
  const { jobs, ...others } = model;
  if (!isMap(jobs)) return model;
  if (typeof job !== "string") return others;
  const services = isMap(model.services) ? model.services : {};
  const all = { ...services, ...jobs };
  const needed = new Set([job]);
  for (const name of needed) for (const need of namesIn(ownValue(all, name))) needed.add(need);
  const asServices = [...needed].flatMap((name) => {
    const { triggers: _, ...workload } = asMap(ownValue(jobs, name));
    return Object.hasOwn(jobs, name) ? [[name, workload] as const] : [];
  });
  return { ...others, services: { ...services, ...Object.fromEntries(asServices) } };
}

/**
 * Returns the values of `NAMING_KEYS` in a service or job, split at colons, as in `network_mode: service:db`.
 * `sentModel` ignores a text that is not the name of a service or job.
 */
function namesIn(workload: unknown): readonly string[] {
  const definition = asMap(workload);
  return NAMING_KEYS.flatMap((key) => textsOf(definition[key])).flatMap((text) => text.split(":"));
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isMap(value) ? Object.keys(value) : [];
}

function ownValue(values: Properties, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

const asMap = (value: unknown): Properties => (isMap(value) ? value : {});
