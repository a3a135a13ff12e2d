import { isMap, type Properties } from "../../schema";

/** Keys in which a service or a job names the services and jobs that it needs. */
const NAMING_KEYS = ["depends_on", "links", "volumes_from", "network_mode", "ipc", "pid", "uts", "cgroup"] as const;

/**
 * Returns the part of a model that a policy evaluates. It has everything that the provider sends: the job of the
 * execution, and the jobs that it needs, are services in it. It also has the services that the job does not need,
 * although the provider does not send them. Other jobs are not in it.
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
 * Returns the texts that a service or job has in `NAMING_KEYS`, split at colons. `sentModel` ignores a text that is not
 * the name of a service or job, such as `host` in `network_mode: host`.
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
