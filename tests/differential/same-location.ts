import type { Answer } from "./docker-compose";

/** The location in an error of Compose: steps such as `services`, `web`, `ports`, and a name. */
export interface NamedLocation {
  readonly steps: readonly string[];
  /** A name that the error also reports, such as the name of a missing network. */
  readonly name?: string;
}

const sections = "services|jobs|networks|volumes|configs|secrets|models|include";

/** How Compose writes a location, and the location that each wording means. */
const wordings: readonly { readonly form: RegExp; readonly location: (...parts: string[]) => NamedLocation }[] = [
  {
    form: /service "([^"]+)" (?:refers to undefined (?:build )?\w+|depends on undefined service|extends) "?([^\s":]+)/,
    location: (service, name) => ({ steps: stepsOf(`services.${service}`), name: name ?? "" }),
  },
  {
    // Compose names one or the other.
    form: /^services\.([^\s:]+): container name /,
    location: (service) => ({ steps: ["services"], name: service ?? "" }),
  },
  {
    // Compose names a service in place of a setting, or a setting in place of a service.
    form: /^services\.(?:scale|deploy\.replicas): can't set container_name and (\S+) as /,
    location: (service) => ({ steps: stepsOf(`services.${service}`) }),
  },
  {
    // The path comes from a schema, or has `[]` for an item. A name may contain a space.
    form: new RegExp(`(?:^|[\\s'"])((?:${sections})\\.(?:[^\\s'":]| (?=[^\\s'":]+\\.))+)`),
    location: (path) => ({ steps: stepsOf(path ?? "") }),
  },
  {
    // The path is in Go's notation: services[web].mem_limit
    form: new RegExp(`'((?:${sections})\\[[^']+)'`),
    location: (path) => ({ steps: stepsOf(path ?? "") }),
  },
  { form: /^service "?([^\s"]+)"? /, location: (service) => ({ steps: stepsOf(`services.${service}`) }) },
];

/** The location in an error of Compose, if it has one. */
export function locationIn(reason: string): NamedLocation | undefined {
  for (const { form, location } of wordings) {
    const [, ...parts] = form.exec(reason) ?? [];
    if (parts.length > 0) return location(...parts);
  }
  return undefined;
}

/**
 * Returns the steps of a path in any spelling. Every item is `[]`, and a key with dots is several steps. All letters
 * are lower case, because Go uses other names. Spaces at the ends of a key do not count, because the reason has no such
 * spaces.
 */
export function stepsOf(path: string): string[] {
  const steps = path.toLowerCase().match(/\["(?:[^"\\]|\\.)*"\]|\[[^\]]*\]|[^.[\]]+/g) ?? [];
  return steps.flatMap((step) => {
    const inner = step.replace(/^\[|\]$/g, "");
    return /^\d*$/.test(inner)
      ? ["[]"]
      : inner
          .replace(/^"(.*)"$/, "$1")
          .split(".")
          .map((part) => part.trim());
  });
}

/** Returns true if one of this package's errors names a location, a part of it, or the setting to which it belongs. */
export function reports(reasons: readonly string[], { steps, name }: NamedLocation): boolean {
  return reasons.some((reason) => {
    const path = /^LYC\d+ (.*?): /.exec(reason)?.[1] ?? "";
    const ours = stepsOf(path);
    const shared = Math.min(ours.length, steps.length);
    const one = steps.slice(0, shared).every((step, index) => step === ours[index]);
    return one && shared >= Math.min(3, steps.length) && (name === undefined || reason.includes(name));
  });
}

/**
 * If both sides refuse a project, returns the location that Compose names and this package does not name. Undefined if
 * this package names the location. An alias or `extends` puts a value at two locations. This package names the location
 * in the text, but Compose may name the other location.
 */
export function unreported(ours: Answer, theirs: Answer, files: Readonly<Record<string, string>>): string | undefined {
  if (ours.accepted || theirs.accepted) return undefined;
  const [reason = ""] = theirs.reasons;
  const location = locationIn(reason);
  if (location === undefined || reports(ours.reasons, location)) return undefined;
  const isShared = Object.values(files).some((text) => /[\s,[]\*\w|\bextends:/.test(text));
  const [section, , ...below] = location.steps;
  const isReported = ours.reasons.some((reported) => {
    const [ourSection, name = "", ...key] = stepsOf(/^LYC\d+ (.*?): /.exec(reported)?.[1] ?? "");
    // If Compose names only the service as location, its message names the key.
    const names = location.name !== undefined && reported.includes(location.name);
    const fits = below.length > 0 || names || (key.length > 0 && reason.toLowerCase().includes(`'${key.at(-1)}'`));
    return (
      fits && ourSection === section && reports([reported], { ...location, steps: [section ?? "", name, ...below] })
    );
  });
  return isShared && isReported ? undefined : reason;
}
