import type { Answer } from "./docker-compose";

/** What Compose names when it refuses a project: steps such as `services`, `web`, `ports`, and a name. */
export interface NamedPlace {
  readonly steps: readonly string[];
  /** A name that is told beside them, such as that of a network that is not there. */
  readonly name?: string;
}

const sections = "services|networks|volumes|configs|secrets|models|include";

/** How Compose words a place, and the place that is meant. */
const wordings: readonly { readonly form: RegExp; readonly place: (...parts: string[]) => NamedPlace }[] = [
  {
    form: /service "([^"]+)" (?:refers to undefined (?:build )?\w+|depends on undefined service|extends) "?([^\s":]+)/,
    place: (service, name) => ({ steps: stepsOf(`services.${service}`), name: name ?? "" }),
  },
  {
    // Either of the two may be named.
    form: /^services\.([^\s:]+): container name /,
    place: (service) => ({ steps: ["services"], name: service ?? "" }),
  },
  {
    // The service stands where the setting should, and the other way round.
    form: /^services\.(?:scale|deploy\.replicas): can't set container_name and (\S+) as /,
    place: (service) => ({ steps: stepsOf(`services.${service}`) }),
  },
  {
    // A path in the terms of a schema, or one with `[]` for some item.
    form: new RegExp(`(?:^|[\\s'"])((?:${sections})\\.[^\\s'":]+)`),
    place: (path) => ({ steps: stepsOf(path ?? "") }),
  },
  {
    // A path in the terms of Go: services[web].mem_limit
    form: new RegExp(`'((?:${sections})\\[[^']+)'`),
    place: (path) => ({ steps: stepsOf(path ?? "") }),
  },
  { form: /^service "?([^\s"]+)"? /, place: (service) => ({ steps: stepsOf(`services.${service}`) }) },
];

/** The place that a reason of Compose's names, if any. */
export function placeIn(reason: string): NamedPlace | undefined {
  for (const { form, place } of wordings) {
    const [, ...parts] = form.exec(reason) ?? [];
    if (parts.length > 0) return place(...parts);
  }
  return undefined;
}

/**
 * Steps of a path in any of the ways of writing one; an item is `[]`, whichever it is, a key with dots several, and
 * capitals are none: Go has its own. */
export function stepsOf(path: string): string[] {
  const steps = path.toLowerCase().match(/\["(?:[^"\\]|\\.)*"\]|\[[^\]]*\]|[^.[\]]+/g) ?? [];
  return steps.flatMap((step) => {
    const inner = step.replace(/^\[|\]$/g, "");
    return /^\d*$/.test(inner) ? ["[]"] : inner.replace(/^"(.*)"$/, "$1").split(".");
  });
}

/** Whether one of our reasons is about a place: at it, below it, or at what it is a part of within one setting. */
export function tells(reasons: readonly string[], { steps, name }: NamedPlace): boolean {
  return reasons.some((reason) => {
    const path = /^LYC\d+ (.*?): /.exec(reason)?.[1] ?? "";
    const ours = stepsOf(path);
    const shared = Math.min(ours.length, steps.length);
    const one = steps.slice(0, shared).every((step, index) => step === ours[index]);
    return one && shared >= Math.min(3, steps.length) && (name === undefined || reason.includes(name));
  });
}

/**
 * Of a project that both refuse, what Compose names and we do not; `undefined` when there is no such thing. What stands in
 * two places, by an alias or `extends`, we tell where it is written; Compose names either, today this one and tomorrow that.
 */
export function untold(ours: Answer, theirs: Answer, files: Readonly<Record<string, string>>): string | undefined {
  if (ours.accepted || theirs.accepted) return undefined;
  const [reason = ""] = theirs.reasons;
  const place = placeIn(reason);
  if (place === undefined || tells(ours.reasons, place)) return undefined;
  const isShared = Object.values(files).some((text) => /[\s,[]\*\w|\bextends:/.test(text));
  const [section, , ...below] = place.steps;
  const isTold = ours.reasons.some((told) => {
    const [ourSection, name = "", ...key] = stepsOf(/^LYC\d+ (.*?): /.exec(told)?.[1] ?? "");
    // Where Compose names the service alone, it names the key in its words.
    const fits = below.length > 0 || (key.length > 0 && reason.toLowerCase().includes(`'${key.at(-1)}'`));
    return fits && ourSection === section && tells([told], { ...place, steps: [section ?? "", name, ...below] });
  });
  return isShared && isTold ? undefined : reason;
}
