import { printableKey } from "../../diagnostics/position";
import { misspelling } from "../../yaml/structure";
import type { ValidationCode } from "../catalogue";
import type { ValidationContext, Workload } from "../context";
import { child, children, has, hasVariables, keySpanOf, type Location, select, stringAt, valueSpan } from "../location";
import { didYouMean } from "../remedies";

/** The name of a service that another service needs, and its location. */
export interface Need {
  readonly name: string;
  readonly location: Location;
}

/**
 * Reports names that a service or a job uses but the document does not declare: of services, jobs, networks, configs,
 * secrets and models. Reports services that wait for each other.
 */
export function validateReferences(context: ValidationContext): void {
  const needs = new Map(context.workloads.map((workload) => [workload.name, needsOf(workload)]));
  const [services, jobs] = [context.declared("services"), context.declared("jobs")];
  const all = services && jobs && new Set([...services, ...jobs]);
  for (const { name: own, section, location: workload } of context.workloads) {
    if (section === "jobs" && services?.has(own)) {
      context.addAtKey("LYC2224", workload, "has the name of a service, too");
    }
    for (const { name, location } of needs.get(own) ?? []) {
      const isWrongWay = section === "services" && jobs?.has(name) && services !== undefined && !services.has(name);
      if (isWrongWay) {
        const message = `needs ${printableKey(name)}, which is a job: a service can only wait for services`;
        context.addAt("LYC2202", location, message, { remedy: WAIT_FOR_SERVICES });
      } else if (section === "jobs") refer(context, "LYC2202", "service or job", name, location, all);
      else refer(context, "LYC2202", "service", name, location, services);
    }
  }
  validateCycles(context, needs);

  const declaredNetworks = context.declared("networks");
  const networks = declaredNetworks && new Set([...declaredNetworks, "default"]);
  const models = context.declared("models");
  const byName = new Map(context.services.map(({ name, location }) => [name, location]));
  const files = [
    { key: "configs", kind: "config", code: "LYC2206", declared: context.declared("configs") },
    { key: "secrets", kind: "secret", code: "LYC2207", declared: context.declared("secrets") },
  ] as const;
  for (const { location } of context.workloads) {
    for (const { name, location: at } of namesIn(child(location, "networks"))) {
      refer(context, "LYC2204", "network", name, at, networks);
    }
    for (const { name, location: at } of namesIn(child(location, "models"))) {
      refer(context, "LYC2208", "model", name, at, models);
    }
    validateContexts(context, location, byName, services);
    for (const { key, kind, code, declared } of files) {
      for (const item of [...select(location, `${key}.[]`), ...select(location, `build.${key}.[]`)]) {
        const source = item.node.kind === "mapping" ? child(item, "source") : item;
        const name = stringAt(source);
        if (source !== undefined && name !== undefined) refer(context, code, kind, name, source, declared);
      }
    }
  }
}

/**
 * Checks build contexts of the form `service:NAME`. Such a context is the image that Docker builds for the service
 * NAME, so this service must have a `build`.
 */
function validateContexts(
  context: ValidationContext,
  service: Location,
  byName: ReadonlyMap<string, Location>,
  services: ReadonlySet<string> | undefined,
): void {
  const contexts = child(child(service, "build"), "additional_contexts");
  for (const at of children(contexts)) {
    const text = stringAt(at) ?? "";
    const name = /^(?:[^=]*=)?service:(.*)$/s.exec(text)?.[1];
    if (name === undefined || hasVariables(name)) continue;
    const other = byName.get(name);
    if (other === undefined) refer(context, "LYC2202", "service", name, at, services);
    else if (!has(other, "build")) {
      const explainedBy = misspelling(other.node, ["build"]);
      context.addAt("LYC2221", at, "names a service that is not built", { explainedBy });
    }
  }
}

/** The top-level section that declares the names of each kind. */
const SECTION_OF = {
  service: "services",
  "service or job": "services",
  network: "networks",
  volume: "volumes",
  config: "configs",
  secret: "secrets",
  model: "models",
} as const;

/** Reports a name that is not in `declared`. Reports nothing if `declared` is undefined. */
export function refer(
  context: ValidationContext,
  code: ValidationCode,
  kind: keyof typeof SECTION_OF,
  name: string,
  location: Location,
  declared: ReadonlySet<string> | undefined,
): void {
  if (declared === undefined || declared.has(name) || hasVariables(name)) return;
  const meant = context.meant(code, name, declared);
  const span = stringAt(location)?.includes(name) ? valueSpan(location) : keySpanOf(location);
  const explainedBy = context.misspeltSection(SECTION_OF[kind]);
  const message = `the ${kind} ${printableKey(name)} is not defined`;
  context.add(code, location, message, { span, ...didYouMean(meant), explainedBy });
}

function namesIn(location: Location | undefined): Need[] {
  if (location?.node.kind === "mapping")
    return children(location).map((at) => ({ name: String(at.step), location: at }));
  return children(location).flatMap((at) => {
    const name = stringAt(at);
    return name === undefined ? [] : [{ name, location: at }];
  });
}

const WAIT_FOR_SERVICES = "Make the service a job, or wait for a service.";

const NAMESPACES = ["network_mode", "ipc", "pid", "uts", "cgroup"];

/** Returns the services for which a service waits. `depends_on` and some other keys make Compose wait. */
export function needsOf({ location }: Workload): Need[] {
  const needs = namesIn(child(location, "depends_on"));
  for (const link of select(location, "links.[]")) {
    const name = stringAt(link)?.split(":")[0];
    if (name !== undefined) needs.push({ name, location: link });
  }
  for (const at of NAMESPACES.map((key) => child(location, key))) {
    const name = /^service:(.*)$/s.exec(stringAt(at) ?? "")?.[1];
    if (at !== undefined && name !== undefined) needs.push({ name, location: at });
  }
  for (const at of select(location, "volumes_from.[]")) {
    const text = stringAt(at) ?? "container:";
    if (!text.startsWith("container:")) needs.push({ name: text.split(":")[0] ?? "", location: at });
  }
  return needs;
}

/** Reports each cycle of services that wait for each other. */
function validateCycles(context: ValidationContext, needs: ReadonlyMap<string, readonly Need[]>): void {
  const done = new Set<string>();
  for (const start of needs.keys()) {
    // A loop replaces recursion, because a chain of services may be as long as the document.
    const chain: { readonly name: string; next: number }[] = [];
    const open = new Map<string, number>();
    const enter = (name: string) => {
      open.set(name, chain.length);
      chain.push({ name, next: 0 });
    };
    if (!done.has(start)) enter(start);
    for (let at = chain.at(-1); at !== undefined; at = chain.at(-1)) {
      const need = needs.get(at.name)?.[at.next];
      at.next += 1;
      if (need === undefined) {
        chain.pop();
        open.delete(at.name);
        done.add(at.name);
      } else if (open.has(need.name)) {
        const shown = namesOf(chain, open.get(need.name) ?? 0, need.name);
        context.add("LYC2203", need.location, `these services wait for each other: ${shown}`);
      } else if (needs.has(need.name) && !done.has(need.name)) enter(need.name);
    }
  }
}

const LONGEST_SHOWN = 7;

/**
 * Returns the names in a cycle as text. The cycle starts at the index `from` of the chain. The text of a long cycle has
 * only the first and the last names.
 */
function namesOf(chain: readonly { readonly name: string }[], from: number, last: string): string {
  const length = chain.length - from + 1;
  const ends = length > LONGEST_SHOWN ? [from + 3, chain.length - 2] : [chain.length, chain.length];
  const names = [...chain.slice(from, ends[0]), ...chain.slice(ends[1])].map(({ name }) => printableKey(name));
  if (length > LONGEST_SHOWN) names.splice(3, 0, "…");
  return [...names, printableKey(last)].join(" → ");
}
