import { printableKey } from "../../path";
import type { JudgeCode } from "../catalogue";
import type { JudgeContext, Service } from "../context";
import { child, children, has, keySpanOf, type Place, select, stringAt, valueSpan } from "../location";
import { hasVariables } from "../variables";

/** A service that another one needs, and where it says so. */
interface Need {
  readonly name: string;
  readonly place: Place;
}

/** Whatever a service names must be declared: services, networks, volumes, configs, secrets, models. */
export function judgeReferences(context: JudgeContext): void {
  const needs = new Map(context.services.map((service) => [service.name, needsOf(service)]));
  const services = context.declared("services");
  for (const { name, place } of [...needs.values()].flat()) {
    refer(context, "LYC2202", "service", name, place, services);
  }
  judgeCycles(context, needs);

  const declaredNetworks = context.declared("networks");
  const networks = declaredNetworks && new Set([...declaredNetworks, "default"]);
  const models = context.declared("models");
  const byName = new Map(context.services.map(({ name, place }) => [name, place]));
  const files = [
    { key: "configs", kind: "config", code: "LYC2206", declared: context.declared("configs") },
    { key: "secrets", kind: "secret", code: "LYC2207", declared: context.declared("secrets") },
  ] as const;
  for (const { place } of context.services) {
    for (const { name, place: at } of namesIn(child(place, "networks"))) {
      refer(context, "LYC2204", "network", name, at, networks);
    }
    for (const { name, place: at } of namesIn(child(place, "models"))) {
      refer(context, "LYC2208", "model", name, at, models);
    }
    judgeContexts(context, place, byName);
    for (const { key, kind, code, declared } of files) {
      for (const item of [...select(place, `${key}.[]`), ...select(place, `build.${key}.[]`)]) {
        const source = item.node.kind === "mapping" ? child(item, "source") : item;
        const name = stringAt(source);
        if (source !== undefined && name !== undefined) refer(context, code, kind, name, source, declared);
      }
    }
  }
}

/** A build may take what another service builds. */
function judgeContexts(context: JudgeContext, service: Place, byName: ReadonlyMap<string, Place>): void {
  const contexts = child(child(service, "build"), "additional_contexts");
  for (const at of children(contexts)) {
    const text = stringAt(at) ?? "";
    const name = /^(?:[^=]*=)?service:(.*)$/s.exec(text)?.[1];
    if (name === undefined || hasVariables(name)) continue;
    const other = byName.get(name);
    if (other === undefined) refer(context, "LYC2202", "service", name, at, context.declared("services"));
    else if (!has(other, "build")) context.addAt("LYC2221", at, "names a service that is not built");
  }
}

/** Adds a fault when a name is not declared, and certainly will not be. */
export function refer(
  context: JudgeContext,
  code: JudgeCode,
  kind: string,
  name: string,
  place: Place,
  declared: ReadonlySet<string> | undefined,
): void {
  if (declared === undefined || declared.has(name) || hasVariables(name)) return;
  const meant = context.meant(name, declared);
  context.add(code, place, `the ${kind} ${printableKey(name)} is not defined`, {
    span: place.keySpan !== undefined && place.node.kind !== "scalar" ? place.keySpan : spanOfName(place, name),
    ...(meant === undefined ? {} : { remedy: `Did you mean \`${meant}\`?` }),
  });
}

function spanOfName(place: Place, name: string) {
  return stringAt(place)?.includes(name) ? valueSpan(place) : keySpanOf(place);
}

function namesIn(place: Place | undefined): Need[] {
  if (place?.node.kind === "mapping") return [...children(place)].map((at) => ({ name: String(at.step), place: at }));
  return [...children(place)].flatMap((at) => {
    const name = stringAt(at);
    return name === undefined ? [] : [{ name, place: at }];
  });
}

const namespaces = ["network_mode", "ipc", "pid", "uts", "cgroup"];

/** Said by `depends_on`, and by everything else that makes Compose wait for a service. */
function needsOf({ place }: Service): Need[] {
  const needs = namesIn(child(place, "depends_on"));
  for (const link of select(place, "links.[]")) {
    const name = stringAt(link)?.split(":")[0];
    if (name !== undefined) needs.push({ name, place: link });
  }
  for (const at of namespaces.map((key) => child(place, key))) {
    const name = /^service:(.*)$/s.exec(stringAt(at) ?? "")?.[1];
    if (at !== undefined && name !== undefined) needs.push({ name, place: at });
  }
  for (const at of select(place, "volumes_from.[]")) {
    const text = stringAt(at) ?? "container:";
    if (!text.startsWith("container:")) needs.push({ name: text.split(":")[0] ?? "", place: at });
  }
  return needs;
}

/** Adds one fault for each circle of services that wait for each other. */
function judgeCycles(context: JudgeContext, needs: ReadonlyMap<string, readonly Need[]>): void {
  const done = new Set<string>();
  for (const start of needs.keys()) {
    // A walk with a stack of its own: a chain may be as long as the document.
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
        const span = need.place.node.kind === "scalar" ? valueSpan(need.place) : keySpanOf(need.place);
        context.add("LYC2203", need.place, `these services wait for each other: ${shown}`, { span });
      } else if (needs.has(need.name) && !done.has(need.name)) enter(need.name);
    }
  }
}

const longestShown = 7;

/** A circle that closes with the end of a chain: its first and last names when it is long. */
function namesOf(chain: readonly { readonly name: string }[], from: number, last: string): string {
  const length = chain.length - from + 1;
  const ends = length > longestShown ? [from + 3, chain.length - 2] : [chain.length, chain.length];
  const names = [...chain.slice(from, ends[0]), ...chain.slice(ends[1])].map(({ name }) => printableKey(name));
  if (length > longestShown) names.splice(3, 0, "…");
  return [...names, printableKey(last)].join(" → ");
}
