import { type ComposePath, formatPath } from "../../diagnostics/position";
import type { TextKind } from "../../model/keys";
import { PatternTable } from "../../model/patterns";
import { textKindAt } from "../../model/typed-texts";
import type { Schema } from "../../validate/schema";
import { DOCUMENT_SCHEMA, SCHEMA_DEFINITIONS } from "../../validate/schema.generated";

// The text of `../model.generated.ts`: the types of a loaded project. They come from the schema of the Compose
// Specification, so no key can be missing. Two tables add what the schema does not have: a name for each mapping, and
// the one form that each value has after loading.

/** The TypeScript type of the value that Compose makes from a text, by the kind of the text. */
const OF_TEXT: Readonly<Record<TextKind, string>> = {
  integer: "number",
  number: "number",
  size: "number",
  umask: "number",
  boolean: "boolean",
  duration: "string",
  command: "readonly string[]",
};

/** Returns a table row for each key in `keys`. `ModelTypes` also uses the row for jobs and init containers. */
const containers = (keys: string, result: string) =>
  keys.split(/\s+/).map((key) => [`services.*.${key}`, result] as const);

/**
 * The types of loaded values, for keys for which the schema allows more types than a loaded value can have. `object` or
 * `array` selects this type of the schema. Any other text is a type of TypeScript. For a key that is not in the table:
 * if Compose converts its text, the value has the type in `OF_TEXT`, or is an object or null if the schema allows this.
 * Otherwise, the value has any type that the schema allows.
 */
const LOADED = new PatternTable<string>([
  ...containers("ports.[] volumes.[] devices.[] configs.[] secrets.[] build.secrets.[]", "object"),
  ...containers("networks models depends_on build", "object"),
  ...containers(
    `dns dns_search tmpfs env_file label_file gpus healthcheck.test build.no_cache_filter develop.watch.[].ignore
    develop.watch.[].include`,
    "array",
  ),
  ...containers(
    "environment build.args post_start.[].environment pre_stop.[].environment develop.watch.[].exec.environment",
    "Readonly<Record<string, string | null>>",
  ),
  ...containers(
    `annotations build.additional_contexts sysctls build.labels deploy.labels labels volumes.[].volume.labels
    storage_opt deploy.resources.reservations.devices.[].options gpus.[].options`,
    "Readonly<Record<string, string>>",
  ),
  ...["networks", "volumes", "configs", "secrets"].flatMap((section) => [
    [`${section}.*.labels`, "Readonly<Record<string, string>>"] as const,
    [`${section}.*.driver_opts.*`, "string"] as const,
    [`${section}.*.external`, "boolean"] as const,
    [`${section}.*`, "object"] as const,
  ]),
  ...containers("extra_hosts build.extra_hosts provider.options.*", "readonly string[]"),
  ...containers("networks.*.driver_opts.* logging.options.* expose.[] group_add.[] ports.[].published", "string"),
  ...containers("build.provenance build.sbom configs.[].mode secrets.[].mode build.secrets.[].mode", "string"),
  ...containers("networks.*.priority networks.*.gw_priority volumes.[].tmpfs.mode", "number"),
  ...containers("deploy.resources.reservations.devices.[].count gpus.[].count", 'number | "all"'),
  ["jobs.*.triggers.schedule.[]", "object"],
]);

/** The names of the interfaces. A definition of the schema that is not listed has no interface of its own. */
const NAMES = new PatternTable<string>([
  ["services.*", "Service"],
  ["jobs.*", "Job"],
  ["networks.*", "Network"],
  ["volumes.*", "Volume"],
  ["configs.*", "Config"],
  ["secrets.*", "Secret"],
  ["models.*", "Model"],
  ["networks.*.ipam", "Ipam"],
  ["networks.*.ipam.config.[]", "IpamPool"],
  ["jobs.*.triggers", "Triggers"],
  ["jobs.*.triggers.schedule.[]", "Schedule"],
  ...Object.entries({
    Port: "ports.[]",
    Mount: "volumes.[]",
    BindOptions: "volumes.[].bind",
    VolumeOptions: "volumes.[].volume",
    TmpfsOptions: "volumes.[].tmpfs",
    ImageOptions: "volumes.[].image",
    Device: "devices.[]",
    DeviceRequest: "gpus.[] deploy.resources.reservations.devices.[]",
    FileMount: "configs.[] secrets.[] build.secrets.[]",
    Build: "build",
    BlkioConfig: "blkio_config",
    BlkioRate:
      "blkio_config.device_read_bps.[] blkio_config.device_read_iops.[] blkio_config.device_write_bps.[] blkio_config.device_write_iops.[]",
    BlkioWeight: "blkio_config.weight_device.[]",
    CredentialSpec: "credential_spec",
    EnvFile: "env_file.[]",
    Logging: "logging",
    ServiceModel: "models.*",
    ServiceNetwork: "networks.*",
    Ulimit: "ulimits.* build.ulimits.*",
    Dependency: "depends_on.*",
    Healthcheck: "healthcheck",
    Develop: "develop",
    WatchRule: "develop.watch.[]",
    Hook: "develop.watch.[].exec post_start.[] pre_stop.[]",
    InitContainer: "pre_start.[]",
    Deploy: "deploy",
    UpdateConfig: "deploy.update_config deploy.rollback_config",
    Resources: "deploy.resources",
    ResourceLimits: "deploy.resources.limits",
    ResourceReservations: "deploy.resources.reservations",
    GenericResource: "deploy.resources.reservations.generic_resources.[]",
    DiscreteResource: "deploy.resources.reservations.generic_resources.[].discrete_resource_spec",
    RestartPolicy: "deploy.restart_policy",
    Placement: "deploy.placement",
    PlacementPreference: "deploy.placement.preferences.[]",
    Provider: "provider",
    Extends: "extends",
  }).flatMap(([name, keys]) => containers(keys, name)),
]);

/** Keys that a loaded value always has, although the schema does not require them, by the path of the value. */
const ALWAYS = new PatternTable<readonly string[]>([
  ["services.*.ports.[]", ["target", "mode", "protocol"]],
  ["services.*.volumes.[]", ["target"]],
]);

/** Interfaces for shared keys: the name, the interfaces that share the keys and extend this one, and the TSDoc. */
const SHARED = [
  [
    "Container",
    ["InitContainer", "Job", "Service"],
    "The keys that services, jobs and init containers share in a loaded project.",
  ],
  ["Workload", ["Job", "Service"], "The keys that services and jobs share in a loaded project."],
] as const;

/** The sections of a loaded project. Each is a mapping from names to values. */
const LOADED_SECTIONS = ["services", "jobs", "networks", "volumes", "configs", "secrets", "models"];

/** Returns the text of `model.generated.ts`. */
export function modelTypes(): string {
  const types = new ModelTypes();
  const sections = LOADED_SECTIONS.map(
    (section) => `  readonly ${section}: ${types.of(at(section), [section], true)};\n`,
  );
  const unknown = Object.keys(DOCUMENT_SCHEMA.properties ?? {}).filter(
    (key) => !["version", "name", "include", ...LOADED_SECTIONS].includes(key),
  );
  if (unknown.length > 0) throw new Error(`The schema has new sections: ${unknown}`);
  return `// Made from the schema of compose-go by compose/loading/testing/model-types.ts: \`UPDATE_GOLDEN=1 npm run unit -- compose/loading\`.
import type { ComposeValue } from "../model/model";

/** The sections of a loaded project. A section that no file has is empty. */
export interface ProjectSections {
${sections.join("")}}

${types.interfaces()}`;
}

function at(section: string): Schema {
  return DOCUMENT_SCHEMA.properties?.[section] ?? {};
}

interface Interface {
  /** The paths in a model at which the interface occurs. For an interface of shared keys, its TSDoc. */
  readonly about: Set<string> | string;
  base?: string;
  lines: string[];
}

class ModelTypes {
  private readonly written = new Map<string, Interface>();

  /** Returns the source text of all interfaces of the model, sorted by name. */
  interfaces(): string {
    for (const [name, sharing, doc] of SHARED) this.share(name, sharing, doc);
    return [...this.written]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(
        ([name, { about, base, lines }]) =>
          `${commentOf(about)}\nexport interface ${name}${base === undefined ? "" : ` extends ${base}`} {\n${lines.join("")}}\n`,
      )
      .join("\n");
  }

  /** Moves the keys that several interfaces share into an interface that they extend. */
  private share(name: string, sharing: readonly string[], doc: string): void {
    const all = sharing.flatMap((one) => this.written.get(one) ?? []);
    const lines = (all[0]?.lines ?? []).filter((line) => all.every((one) => one.lines.includes(line)));
    const base = all[0]?.base;
    this.written.set(name, { about: doc, lines, ...(base === undefined ? {} : { base }) });
    for (const one of all) {
      one.lines = one.lines.filter((line) => !lines.includes(line));
      one.base = name;
    }
  }

  /** Returns the type of a loaded value. */
  of(written: Schema, path: ComposePath, isNamed = false): string {
    const schema = resolved(written);
    const ofService = ["services", "*", ...path.slice(path[2] === "pre_start" && path.length > 4 ? 4 : 2)];
    const own = path.length > 2 && (path[0] === "services" || path[0] === "jobs") ? ofService : path;
    const loaded = LOADED.at(own) ?? LOADED.at(path);
    const kind = textKindAt(own) ?? textKindAt(path);
    const variants = schema.oneOf?.map(resolved) ?? [schema];
    const types = variants.flatMap((variant) => variant.type ?? []);
    if (kind !== undefined && loaded === undefined) {
      const other = types.includes("object") ? [this.variant(find(variants, "object"), path, own)] : [];
      return [OF_TEXT[kind], ...other, ...(types.includes("null") ? ["null"] : [])].join(" | ");
    }
    if (loaded === "object" || loaded === "array") return this.variant(find(variants, loaded), path, own);
    if (loaded !== undefined) return loaded;
    const all = new Set(variants.flatMap((variant) => this.variant(variant, path, own, isNamed)));
    return [...all].join(" | ");
  }

  private variant(schema: Schema, path: ComposePath, own: ComposePath, isNamed = false): string {
    const { enum: words, type = [], items, properties, patternProperties = {} } = schema;
    if (words !== undefined) return words.map((word) => JSON.stringify(word)).join(" | ");
    const types = typeof type === "string" ? [type] : type;
    return types
      .map((one) => {
        if (one === "integer") return "number";
        if (one === "array") return arrayOf(this.of(items ?? {}, [...path, 0]));
        if (one !== "object") return one;
        if (properties !== undefined) return this.named(schema, path, own);
        const [value = {}] = Object.entries(patternProperties).flatMap(([key, of]) => (key === "^x-" ? [] : [of]));
        const below = this.of(value, [...path, "*"]);
        return `Readonly<Record<string, ${isNamed ? below.replace(" | null", "") : below}>>`;
      })
      .join(" | ");
  }

  private named(schema: Schema, path: ComposePath, own: ComposePath): string {
    const name = NAMES.at(own) ?? NAMES.at(path);
    if (name === undefined) throw new Error(`Give the mapping ${formatPath(path)} a name in NAMES.`);
    const where = own
      .map((step) => (step === 0 ? "[]" : `.${step}`))
      .join("")
      .slice(1);
    const known = this.written.get(name)?.about;
    if (known instanceof Set) {
      known.add(where);
      return name;
    }
    const made: Interface = { about: new Set([where]), lines: [] };
    this.written.set(name, made);
    const keys = Object.entries(schema.properties ?? {}).map(([key, value]) => {
      const optional = [...(schema.required ?? []), ...(ALWAYS.at(own) ?? [])].includes(key) ? "" : "?";
      return `  readonly ${key}${optional}: ${this.of(value, [...path, key])};\n`;
    });
    const hasExtensions = schema.patternProperties?.["^x-"] !== undefined;
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how TypeScript writes the type
    const extensions = hasExtensions ? "  readonly [extension: `x-${string}`]: ComposeValue;\n" : "";
    made.lines = [...keys, extensions];
    return name;
  }
}

function commentOf(about: Set<string> | string): string {
  if (typeof about === "string") return `/** ${about} */`;
  const paths = [...about].sort().map((path) => `\`${path}\``);
  if (paths.length === 1) return `/** The value of ${paths[0]} in a loaded project. */`;
  return `/**\n * The value at each of these paths in a loaded project:\n${paths.map((path) => ` * * ${path}\n`).join("")} */`;
}

function find(variants: readonly Schema[], type: "object" | "array"): Schema {
  const found = variants.find((variant) => [variant.type].flat().includes(type));
  if (found === undefined) throw new Error(`No variant of type ${type}: ${JSON.stringify(variants).slice(0, 200)}`);
  return { ...found, type };
}

function arrayOf(type: string): string {
  return `readonly ${/[ |]/.test(type) && !type.startsWith("Readonly<") ? `(${type})` : type}[]`;
}

function resolved(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : resolved(SCHEMA_DEFINITIONS[schema.$ref] ?? {});
}
