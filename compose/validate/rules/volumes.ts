import { printableKey } from "../../diagnostics/position";
import { cleanPath } from "../../model/file-paths";
import { isTrue } from "../../model/typed-texts";
import { readVolume } from "../../short-forms";
import { misspelling } from "../../yaml/structure";
import type { ValidationContext } from "../context";
import { child, children, hasVariables, keySpanOf, type Location, select, stringAt, textAt } from "../location";
import { refer } from "./references";

/** A mount in short or long syntax. */
export interface Mount {
  readonly location: Location;
  readonly type: string;
  readonly source: string;
  readonly target: string;
}

/**
 * Returns the mounts of a service. For short syntax that is not valid, returns the error. Leaves out short syntax with
 * variables.
 */
export function* mountsOf(
  service: Location,
): Generator<Mount | { readonly location: Location; readonly error: string }> {
  for (const location of select(service, "volumes.[]")) {
    const text = stringAt(location);
    if (location.node.kind === "mapping") {
      const part = (key: string) => stringAt(child(location, key)) ?? "";
      yield { location, type: part("type"), source: part("source"), target: part("target") };
    } else if (text !== undefined && !hasVariables(text)) {
      const read = readVolume(text);
      yield typeof read === "string" ? { location, error: read } : { location, ...read };
    }
  }
}

/** Reports volumes that are not declared, and mounts with the target of a tmpfs. */
export function validateVolumes(context: ValidationContext): void {
  const declared = context.declared("volumes");
  for (const { location: service } of context.workloads) {
    const targets = new Set<string>();
    const temporary = child(service, "tmpfs");
    const temporaries = temporary?.node.kind === "sequence" ? select(temporary, "[]") : temporary ? [temporary] : [];
    for (const location of temporaries) {
      const target = stringAt(location)?.split(":")[0];
      if (target === undefined || hasVariables(target)) continue;
      if (targets.has(target)) context.addAt("LYC2220", location, TAKEN_BY_TMPFS);
      targets.add(target);
    }
    for (const mount of mountsOf(service)) {
      if ("error" in mount) continue;
      const { location, type, source, target } = mount;
      if (type === "volume" && source !== "") {
        refer(context, "LYC2205", "volume", source, child(location, "source") ?? location, declared);
      }
      // Two volumes may have the same target, because Compose then uses the last one. But a volume and a tmpfs may not.
      if (targets.has(cleanPath(target))) context.addAt("LYC2220", location, TAKEN_BY_TMPFS);
    }
  }
}

const TAKEN_BY_TMPFS = "mounts at a place that is taken by tmpfs";

/** Checks mounts and devices, and the declarations of volumes, networks, configs and secrets. */
export function validateMounts(context: ValidationContext): void {
  validateShortMounts(context);
  for (const list of ["volumes", "devices"]) validateLongSyntax(context, list, "target");
  for (const section of ["volumes", "networks", "configs", "secrets"]) {
    for (const location of select(context.root, `${section}.*`)) validateExternal(context, location, section);
  }
}

/** Checks mounts in short syntax. */
export function validateShortMounts(context: ValidationContext): void {
  for (const service of context.containers) {
    for (const mount of mountsOf(service)) {
      if ("error" in mount) context.addAt("LYC2222", mount.location, mount.error);
    }
  }
}

/**
 * Reports a config or secret that a service uses in long syntax without `source`. Compose reports this error only for
 * services that run, and so do the rules in `RULES_OF_MEANING`.
 */
export function validateSources(context: ValidationContext): void {
  for (const list of ["configs", "secrets", "build.secrets"]) validateLongSyntax(context, list, "source");
}

/** Reports items in long syntax that do not have the key `key`. */
export function validateLongSyntax(context: ValidationContext, list: string, key: string): void {
  for (const location of context.inWorkloads(`${list}.[]`)) {
    const given = child(location, key);
    if (location.node.kind !== "mapping" || (given !== undefined && textAt(given) !== "")) continue;
    const explainedBy = given === undefined ? misspelling(location.node, [key]) : undefined;
    context.addAt("LYC2106", location, `needs \`${key}\``, { span: explainedBy, explainedBy });
  }
}

function validateExternal(context: ValidationContext, location: Location, section: string): void {
  if (location.node.kind !== "mapping") return;
  const external = child(location, "external")?.node;
  const isExternal = external?.kind === "mapping" || (external?.kind === "scalar" && isTrue(String(external.value)));
  const name = printableKey(String(location.step));
  const [own, other] = [child(location, "name"), child(child(location, "external"), "name")];
  if (own !== undefined && other !== undefined && textAt(own) !== textAt(other)) {
    context.addAt("LYC2221", other, `is another name than \`${section}.${name}.name\``);
  }
  if (isExternal) {
    const surplus = children(location).find(({ step }) => !/^(external$|name$|x-)/.test(String(step)));
    if (section === "volumes" && surplus !== undefined) {
      const message = `the external volume ${name} takes no ${printableKey(String(surplus.step))}`;
      context.add("LYC2217", surplus, message, { span: keySpanOf(surplus) });
    }
    return;
  }
  if (section !== "configs" && section !== "secrets") return;
  const sources = ["file", "environment", ...(section === "configs" ? ["content"] : [])];
  const given = sources.filter((key) => child(location, key) !== undefined);
  // In a secret, Compose takes an empty `file` or `environment` for missing. In a config, it does not.
  const isNone = given.every((key) => section === "secrets" && textAt(child(location, key)) === "");
  // A config with `driver` or `external` needs none of the keys in `sources`.
  const elsewhere = section === "configs" && (child(location, "driver") ?? external) !== undefined;
  if (given.length > 1 || (isNone && !elsewhere)) {
    const word = section.slice(0, -1);
    const message = `the ${word} ${name} needs exactly one of ${sources.join(", ")}`;
    const explainedBy = given.length === 0 ? misspelling(location.node, [...sources, "external"]) : undefined;
    context.add("LYC2218", location, message, { explainedBy });
  }
}
