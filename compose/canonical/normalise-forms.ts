import type { ComposePath } from "../diagnostics/position";
import { cleanPath } from "../model/file-paths";
import { escapeDollars, holdsLoneDollar, unescapeDollars } from "../model/interpolation";
import { keysWith, type TextKind, WORKLOAD_SECTIONS } from "../model/keys";
import { type ComposeMapping, type ComposeValue, isMapping, isSequence, mappingFrom } from "../model/model";
import { PatternTable } from "../model/patterns";
import { umaskOf } from "../model/typed-texts";
import { canonicalDuration, readShortPort, readVolume, shortForm, splitWords, writtenOut } from "../short-forms";
import {
  asList,
  asText,
  contextForm,
  dependenciesForm,
  deviceRequestForm,
  type Form,
  fileForm,
  gpusForm,
  keyValueForm,
  pathForm,
  providerOption,
  resourceForm,
  serversForm,
  sizeForm,
  textValues,
  typedForm,
} from "./normalise-values";

/**
 * The largest number of ports in a range that is written as single ports. Never change this number, `NARROW` or
 * `MOST_IN_ALL`, because states record canonical forms. After a change, a run whose document has a port range would
 * start again.
 */
const WIDEST = 100;
/** A range of at most this many ports is always written as single ports. */
const NARROW = 12;
/**
 * In one document, at most this many single ports may replace ranges of more than `NARROW` ports. Long syntax takes a
 * hundred characters for a single port, so more of them would take too long to print.
 */
const MOST_IN_ALL = 500;

/**
 * Returns the largest number of ports in a range that becomes single ports: `WIDEST`, or `NARROW` if the document would
 * then have more than `MOST_IN_ALL` such ports.
 */
function widestPortRange(model: ComposeMapping): number {
  let left = MOST_IN_ALL;
  for (const service of workloadsIn(model)) {
    const ports = isMapping(service) ? service.ports : undefined;
    for (const item of isSequence(ports) ? ports : []) {
      const port = typeof item === "string" && item.includes("-") ? readShortPort(item) : "";
      const count = typeof port === "string" ? 1 : port.count;
      if (count > NARROW && count <= WIDEST) left -= count;
      if (left < 0) return NARROW;
    }
  }
  return WIDEST;
}

/** Returns a list of ports in long syntax. A range of more than `widestRange` ports stays one item in short syntax. */
function portsForm(value: ComposeValue, widestRange: number): ComposeValue {
  if (!isSequence(value)) return value;
  return value.flatMap((item) => {
    if (typeof item !== "string" && typeof item !== "number") return [longForm(item)];
    const port = readShortPort(String(item));
    if (typeof port === "string") return [item];
    return port.count > widestRange
      ? [shortForm(port)]
      : writtenOut(port).map((long) => mappingFrom(Object.entries(long)));
  });
}

function longForm(item: ComposeValue): ComposeValue {
  if (!isMapping(item)) return item;
  const { published } = item;
  const defaults = [["mode", "ingress"] as const, ["protocol", "tcp"] as const];
  const text = typeof published === "number" ? [["published", String(published)] as const] : [];
  return mappingFrom([...defaults, ...Object.entries(item), ...text]);
}

/** Returns the paths of keys in services, in jobs and in init containers. */
const service = (keys: string) =>
  ["services.*", "jobs.*", "services.*.pre_start.[]"].flatMap((part) =>
    keys.split(/\s+/).map((key) => `${part}.${key}`),
  );

function workloadsIn(model: ComposeMapping): readonly ComposeValue[] {
  return WORKLOAD_SECTIONS.flatMap((section) => Object.values(model[section] ?? {}));
}

function rows(form: Form, paths: readonly string[]): (readonly [string, Form])[] {
  return paths.map((path) => [path, form] as const);
}

const FORM_OF_TEXT: Readonly<Record<TextKind, Form>> = {
  integer: typedForm("integer"),
  number: typedForm("number"),
  boolean: typedForm("boolean"),
  umask: (value) => (typeof value === "string" ? (umaskOf(value) ?? value) : value),
  duration: (value) => (typeof value === "string" ? (canonicalDuration(value) ?? value) : value),
  size: sizeForm,
  command: commandForm,
};

/** The keys whose value is a list of KEY=VALUE or a mapping of texts. For each: what a KEY without a VALUE gets. */
const keyValues = new PatternTable<"" | null>([
  ...service(
    `environment build.args post_start.[].environment pre_stop.[].environment
    develop.watch.[].exec.environment`,
  ).map((path) => [path, null] as const),
  ...[
    ...service("annotations build.additional_contexts sysctls"),
    ...service("build.labels deploy.labels labels volumes.[].volume.labels"),
    ...["networks", "volumes", "configs", "secrets"].map((section) => `${section}.*.labels`),
  ].map((path) => [path, ""] as const),
]);

/**
 * For keys in which different values mean the same: the functions that convert these values to one form. Each pattern
 * matches the path of a value before the conversion.
 */
const forms = new PatternTable<(value: ComposeValue, widestRange: number) => ComposeValue>([
  ...service("ports").map((path) => [path, portsForm] as const),
  ...rows(listOf(volumeForm), service("volumes")),
  ...rows(listOf(deviceForm), service("devices")),
  ...rows(listOf(mountForm("/")), service("configs build.secrets")),
  ...rows(listOf(mountForm("/run/secrets/")), service("secrets")),
  ...rows((value) => (typeof value === "string" ? ["CMD-SHELL", value] : value), service("healthcheck.test")),
  ...rows(named, service("networks models")),
  ...rows(dependenciesForm, service("depends_on")),
  ...rows(buildForm, service("build")),
  ...rows(
    asList,
    service(
      `dns_search tmpfs env_file label_file build.no_cache_filter build.tags build.cache_from build.cache_to develop.watch.[].ignore
      develop.watch.[].include`,
    ),
  ),
  ...rows(serversForm, service("dns")),
  ...rows(listOf(asText), service("expose group_add")),
  ...rows(hostsForm, service("extra_hosts build.extra_hosts")),
  ...rows(textValues, [
    ...service("logging.options networks.*.driver_opts storage_opt"),
    ...["networks", "volumes", "secrets"].map((section) => `${section}.*.driver_opts`),
  ]),
  ...rows(
    (value) => (typeof value === "string" ? mappingFrom([["cron", value]]) : value),
    ["jobs.*.triggers.schedule.[]"],
  ),
  ...rows(gpusForm, service("gpus")),
  ...rows(listOf(deviceRequestForm), service("deploy.resources.reservations.devices")),
  ...rows(fileForm, [...service("develop.watch.[].path"), "configs.*.file", "secrets.*.file"]),
  ...rows((value) => (typeof value === "boolean" ? String(value) : value), service("build.provenance build.sbom")),
  ...rows(typedForm("integer"), service("networks.*.priority networks.*.gw_priority volumes.[].tmpfs.mode")),
  ...rows(contextForm, service("build.context build.additional_contexts.*")),
  ...rows(providerOption, service("provider.options.*")),
  ...rows((value) => (value === "if_not_present" ? "missing" : value), service("pull_policy")),
  ...keysWith("text").map(([path, kind]) => [path, FORM_OF_TEXT[kind]] as const),
  ...rows(resourceForm, ["configs.*", "secrets.*"]),
  // A network or volume without settings is written as an empty value or as an empty mapping. Both mean the same.
  ...rows((value) => (value === null ? mappingFrom([]) : resourceForm(value)), ["networks.*", "volumes.*"]),
]);

/**
 * Converts values to the form that Compose gives them, for example short syntax to long syntax. Changes a value only if
 * both forms certainly mean the same. If different values looked equal, a necessary run would not start. If equal
 * values looked different, an unnecessary run would start.
 */
export function withCanonicalForms(model: ComposeMapping): ComposeMapping {
  return walk(without(model, "version"), [], widestPortRange(model)) as ComposeMapping;
}

function walk(written: ComposeValue, path: ComposePath, widestRange: number): ComposeValue {
  const withoutValue = keyValues.at(path);
  const value = withoutValue === undefined ? written : keyValueForm(written, withoutValue);
  const below = isSequence(value)
    ? value.map((item, index) => walk(item, [...path, index], widestRange))
    : isMapping(value)
      ? mappingFrom(
          Object.entries(value).map(([key, found]) => [key, walk(found, [...path, key], widestRange)] as const),
        )
      : value;
  const form = forms.at(path);
  return form === undefined ? below : form(below, widestRange);
}

function listOf(form: Form): Form {
  return (value) => (isSequence(value) ? value.map(form) : value);
}

const PROPAGATIONS = ["rprivate", "private", "rshared", "shared", "rslave", "slave"];

function volumeForm(item: ComposeValue): ComposeValue {
  if (isMapping(item)) {
    const bare = isMapping(item.volume) && Object.keys(item.volume).length === 0 ? without(item, "volume") : item;
    const { type, source } = bare;
    if (type !== "bind" || typeof source !== "string" || holdsLoneDollar(source)) return bare;
    return mappingFrom([...Object.entries(bare), ["source", pathForm(source)] as const]);
  }
  const read = typeof item === "string" && !holdsLoneDollar(item) ? readVolume(item) : "";
  if (typeof read === "string") return item;
  const { type, source, target, options } = read;
  const entries: [string, ComposeValue][] = [["type", type]];
  if (source !== "") entries.push(["source", type === "bind" ? pathForm(source) : source]);
  entries.push(["target", cleanPath(target)]);
  if (options.filter((option) => option === "ro" || option === "rw").at(-1) === "ro") entries.push(["read_only", true]);
  const propagation = options.filter((option) => PROPAGATIONS.includes(option)).at(-1);
  const selinux = options.filter((option) => option === "z" || option === "Z").at(-1);
  const bind: [string, ComposeValue][] = type === "bind" ? [["create_host_path", true]] : [];
  if (propagation !== undefined) bind.push(["propagation", propagation]);
  if (selinux !== undefined) bind.push(["selinux", selinux]);
  if (bind.length > 0) entries.push(["bind", mappingFrom(bind)]);
  if (options.includes("nocopy")) entries.push(["volume", mappingFrom([["nocopy", true]])]);
  return mappingFrom(entries);
}

function deviceForm(item: ComposeValue): ComposeValue {
  if (typeof item !== "string" || holdsLoneDollar(item)) return item;
  const [source = "", target, permissions = "rwm", ...rest] = item.split(":");
  if (rest.length > 0) return item;
  return mappingFrom([
    ["source", source],
    ["target", target || source],
    ["permissions", permissions],
  ]);
}

function mountForm(folder: "/" | "/run/secrets/"): Form {
  return (item) => {
    const long = typeof item === "string" ? mappingFrom([["source", item]]) : item;
    if (!isMapping(long)) return item;
    const { source, target, mode } = long;
    const entries = Object.entries(long);
    if (folder !== "/" && target === undefined && typeof source === "string") entries.push(["target", folder + source]);
    // The mode `0440` is a number, and `"0440"` is a text. For Compose, both mean the same.
    const octal = typeof mode === "string" && /^[0-7]+$/.test(mode) ? Number.parseInt(mode, 8) : mode;
    if (typeof octal === "number") entries.push(["mode", `0${octal.toString(8)}`]);
    return mappingFrom(entries);
  };
}

function commandForm(value: ComposeValue): ComposeValue {
  if (typeof value !== "string" || holdsLoneDollar(value)) return value;
  // Compose replaces `$$` by a single `$` before it splits the command into words.
  const words = splitWords(unescapeDollars(value));
  return words === undefined ? value : words.map(escapeDollars);
}

function named(value: ComposeValue): ComposeValue {
  if (!isSequence(value) || !value.every((item) => typeof item === "string" && !holdsLoneDollar(item))) return value;
  return mappingFrom(value.map((name) => [String(name), null] as const));
}

function hostsForm(value: ComposeValue): ComposeValue {
  const items: string[] = [];
  const add = (host: string, address: string) => items.push(`${host}=${address.replace(/^\[(.+)\]$/, "$1")}`);
  if (isMapping(value)) {
    for (const [host, found] of Object.entries(value)) {
      for (const address of isSequence(found) ? found : [found ?? ""]) {
        if (typeof address === "object") return value;
        add(host, String(address));
      }
    }
  } else if (isSequence(value)) {
    for (const item of value) {
      const [, host = "", addresses] = /^([^=:]*)[=:](.*)$/s.exec(typeof item === "string" ? item : "") ?? [];
      const [, before, behind] = /^([^=]*)=(.*)$/s.exec(typeof item === "string" ? item : "") ?? [];
      if (addresses === undefined) return value;
      for (const address of (behind ?? addresses).split(",")) add(before ?? host, address);
    }
  } else return value;
  return items.sort();
}

function buildForm(value: ComposeValue): ComposeValue {
  return typeof value === "string" ? mappingFrom([["context", contextForm(value)]]) : value;
}

function without(mapping: ComposeMapping, key: string): ComposeMapping {
  return mappingFrom(Object.entries(mapping).filter(([name]) => name !== key));
}
