import { isMap, type Json, mapAt } from "./json";

/** Keys of mappings whose own keys the author chooses. */
export const userNamed = new Set([
  "services",
  "jobs",
  "volumes",
  "networks",
  "secrets",
  "configs",
  "services.*.depends_on",
  "jobs.*.depends_on",
]);

const resources = ["networks", "volumes", "configs", "secrets"];

type Mapping = { [key: string]: Json };

/** A copy of a model in which each network, volume, config and secret is changed. */
export function inResources(model: Json, change: (resource: Mapping, key: string) => Json): Json {
  if (!isMap(model)) return model;
  const changed = resources
    .filter((section) => isMap(model[section]))
    .map((section) => [
      section,
      Object.fromEntries(
        Object.entries(mapAt(model, section)).map(([key, found]) => [key, isMap(found) ? change(found, key) : found]),
      ),
    ]);
  return { ...model, ...Object.fromEntries(changed) };
}

/** A copy of a model in which each service and each job is changed. */
export function inServices(model: Json, change: (service: Mapping) => Json): Json {
  if (!isMap(model)) return model;
  const changed = ["services", "jobs"].flatMap((section) => {
    const members = model[section];
    if (!isMap(members)) return [];
    const entries = Object.entries(members).map(([name, found]) => [name, isMap(found) ? change(found) : found]);
    return [[section, Object.fromEntries(entries)] as const];
  });
  return { ...model, ...Object.fromEntries(changed) };
}

/** A mapping without one key. */
export function without(mapping: Mapping, key: string): Mapping {
  return Object.fromEntries(Object.entries(mapping).filter(([name]) => name !== key));
}

/** Whether a mapping or list is empty. */
export function isEmpty(value: Json): boolean {
  return isMap(value) ? Object.keys(value).length === 0 : Array.isArray(value) && value.length === 0;
}

/** Settings that Compose prints even if they are zero, because zero has another meaning than a missing setting. */
const keepsZero = new Set(
  "init attach scale replicas parallelism max_attempts enable_ipv4 enable_ipv6 retries required command entrypoint".split(
    " ",
  ),
);
const keepsZeroDuration = /^(interval|timeout|start_period|start_interval|stop_grace_period|delay|window)$/;
/** Keys of sizes. */
export const isSize = /^(mem_|memswap_|shm_size|memory$|size$|rate$)/;
/** Keys of mappings with the author's own texts. */
const free =
  /^(environment|labels|annotations|options|driver_opts|sysctls|args|storage_opt|additional_contexts|aux_addresses)$/;

/** A mapping without the settings that Compose does not print. */
export function withoutZeros(mapping: Mapping, path: readonly string[]): Mapping {
  const last = path.at(-1) ?? "";
  if (free.test(last) || path.length <= 1 || userNamed.has(last) || resources.includes(last)) return mapping;
  return Object.fromEntries(
    Object.entries(mapping).filter(([key, value]) => {
      if (keepsZero.has(key)) return true;
      if (value === "0s") return keepsZeroDuration.test(key) && !/_config$/.test(last);
      if (value === "0") return !isSize.test(key);
      return !(value === false || value === 0 || value === "" || value === null || isEmpty(value));
    }),
  );
}

/** A service without the dependencies that Compose adds by itself. */
export function withoutImplied(service: Mapping): Mapping {
  const texts = (key: string) => (Array.isArray(service[key]) ? (service[key] as Json[]) : []).map(String);
  const implied = new Set([
    ...texts("links").map((link) => link.split(":")[0]),
    ...texts("volumes_from").map((link) => link.split(":")[0]),
    ...["network_mode", "ipc", "pid", "uts", "cgroup"].map((key) => /^service:(.*)$/.exec(String(service[key]))?.[1]),
  ]);
  return withoutDependencies(service, (name, found) => {
    const { restart: _, ...rest } = isMap(found) ? found : {};
    return implied.has(name) && JSON.stringify(rest) === '{"condition":"service_started"}';
  });
}

/** A service without some of its dependencies. */
export function withoutDependencies(service: Mapping, isOut: (name: string, found: Json) => boolean): Mapping {
  const left = Object.entries(mapAt(service, "depends_on")).filter(([name, found]) => !isOut(name, found));
  return left.length === 0 ? without(service, "depends_on") : { ...service, depends_on: Object.fromEntries(left) };
}

/** Returns the single ports of a range such as `8000-8002:9000-9002/tcp`. Any other value stays unchanged. */
export function portsOfRange(port: Json): Json[] {
  const [, host, from, to, target, , protocol] =
    /^(?:(.+):)?(\d+)-(\d+):(\d+)-(\d+)\/(\w+)$/.exec(typeof port === "string" ? port : "") ?? [];
  if (from === undefined) return [port];
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => ({
    mode: "ingress",
    ...(host === undefined ? {} : { host_ip: host }),
    target: Number(target) + index,
    published: String(Number(from) + index),
    protocol: protocol ?? "tcp",
  }));
}

/** The project name that Compose makes from a text. */
export function projectName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}
