/** The type to which Compose converts a text. */
export type TextKind = "integer" | "number" | "boolean" | "umask" | "duration" | "size" | "command";

/**
 * The rule by which Compose merges two values of a key. For keys without a rule, mappings are merged, lists are
 * appended, and other values are replaced.
 */
export type MergeKind =
  | "keyValues"
  | "list"
  | "replace"
  | "hosts"
  | "names"
  | "dependencies"
  | "build"
  | "logging"
  | "pools";

/**
 * The kind of the items of a list. The kind decides which part of two items Compose compares to find repeated items.
 */
export type ItemKind = "keyValue" | "name" | "scalar" | "config" | "secret" | "envFile" | "port" | "volume" | "device";

/** How Compose treats the value of a key. */
export interface KeyFacts {
  readonly text?: TextKind;
  readonly merge?: MergeKind;
  readonly items?: ItemKind;
  /**
   * The parts of the key's value whose types Compose checks before it merges services. `value`: only the value itself.
   * `items`: only its items. `both`: the value and its items. `all`: the value, its items and its entries.
   */
  readonly typed?: "value" | "items" | "both" | "all";
  /** Whether the value is a number, and Compose refuses a number below 0. */
  readonly unsigned?: true;
}

/** The top-level keys that contain named services and resources. */
export const SECTIONS: readonly string[] = ["services", "jobs", "networks", "volumes", "configs", "secrets", "models"];

/** The sections whose members run containers. */
export const WORKLOAD_SECTIONS = ["services", "jobs"] as const;

/** A section whose members run containers. */
export type WorkloadSection = (typeof WORKLOAD_SECTIONS)[number];

/** Whether the members of a section run containers. */
export function isWorkloadSection(section: unknown): section is WorkloadSection {
  return section === "services" || section === "jobs";
}

type Row = readonly [pattern: string, facts: KeyFacts];

function section(name: string, facts: KeyFacts, keys: string): Row[] {
  return rowsOf(`${name}.*`, facts, keys);
}

/**
 * Makes the rows of keys that services, jobs and init containers have in common. In jobs, Compose does not remove
 * repeated items (`items`), and checks no types before it merges (`typed`). It does not merge init containers, so their
 * rows also have no `merge`.
 */
function service(facts: KeyFacts, keys: string): Row[] {
  const { items: _items, typed: _typed, ...ofJobs } = facts;
  const { merge: _merge, ...ofInit } = ofJobs;
  return [
    ...section("services", facts, keys),
    ...rowsOf("jobs.*", ofJobs, keys),
    ...rowsOf("services.*.pre_start.[]", ofInit, keys),
  ];
}

function rowsOf(parent: string, facts: KeyFacts, keys: string): Row[] {
  if (Object.keys(facts).length === 0) return [];
  return keys.split(/\s+/).map((key) => [`${parent}.${key}`, facts] as const);
}

/**
 * The keys that Compose treats in a special way. In the path of a key, `*` stands for any name, and `[]` for any item.
 * Each key occurs once.
 */
export const COMPOSE_KEYS: readonly Row[] = [
  ...service(
    { merge: "keyValues", items: "keyValue", typed: "items" },
    "annotations build.args build.labels deploy.labels environment labels sysctls",
  ),
  ...service({ merge: "keyValues", items: "keyValue", typed: "both" }, "build.additional_contexts"),
  ...section("networks", { merge: "keyValues", items: "keyValue" }, "labels"),
  ...section("volumes", { merge: "keyValues" }, "labels"),

  ...service({ merge: "list", items: "name", typed: "items" }, "dns dns_opt dns_search tmpfs"),
  ...service({ merge: "list", items: "envFile", typed: "value" }, "env_file"),
  ...service({ merge: "list" }, "label_file"),
  ...service(
    { items: "name", typed: "items" },
    "build.tags cap_add cap_drop links networks.*.aliases networks.*.link_local_ips profiles",
  ),
  ...service({ items: "scalar" }, "expose"),
  ...service({ items: "config", typed: "items" }, "configs"),
  ...service({ items: "secret", typed: "items" }, "secrets"),
  ...service({ items: "port", typed: "both" }, "ports"),
  ...service({ items: "volume", typed: "items" }, "volumes"),
  ...service({ items: "device", typed: "items" }, "devices"),

  ...service({ merge: "names", typed: "items" }, "models networks"),
  ...service({ merge: "dependencies", typed: "all" }, "depends_on"),
  ...service({ merge: "hosts" }, "extra_hosts build.extra_hosts"),
  ...service({ merge: "build", typed: "value" }, "build"),
  ...service({ merge: "logging" }, "logging"),
  ...service({ merge: "replace" }, "healthcheck.test"),
  ...section("networks", { merge: "pools" }, "ipam.config"),
  ...service({ typed: "both" }, "build.ssh"),
  ...service({ typed: "items" }, "build.secrets"),
  ...service({ typed: "value" }, "extends gpus"),

  ...service({ text: "command", merge: "replace" }, "command entrypoint"),
  ...service({ text: "command" }, "post_start.[].command pre_stop.[].command develop.watch.[].exec.command"),
  ...service({ text: "integer", merge: "replace" }, "ulimits.*"),
  ...service(
    { text: "integer" },
    `cpu_count cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares deploy.replicas deploy.resources.limits.pids
    deploy.resources.reservations.generic_resources.[].discrete_resource_spec.value oom_score_adj pids_limit scale
    ulimits.*.hard ulimits.*.soft`,
  ),
  ...service(
    { text: "integer", unsigned: true },
    `deploy.placement.max_replicas_per_node deploy.restart_policy.max_attempts deploy.rollback_config.parallelism
    deploy.update_config.parallelism healthcheck.retries ports.[].target`,
  ),
  ...service({ unsigned: true }, "blkio_config.weight blkio_config.weight_device.[].weight volumes.[].tmpfs.mode"),
  ...service(
    { text: "number" },
    `cpu_percent cpus deploy.update_config.max_failure_ratio deploy.rollback_config.max_failure_ratio
    deploy.resources.limits.cpus deploy.resources.reservations.cpus`,
  ),
  ...service(
    { text: "boolean" },
    `attach init build.no_cache build.privileged build.pull depends_on.*.required depends_on.*.restart develop.watch.[].exec.privileged
    healthcheck.disable networks.*.use_service_name_alias oom_kill_disable post_start.[].privileged pre_stop.[].privileged privileged read_only
    stdin_open tty volumes.[].bind.create_host_path volumes.[].read_only volumes.[].volume.nocopy`,
  ),
  ...service({ text: "umask" }, "umask"),
  ...section("jobs", { text: "boolean" }, "triggers.manual"),
  ...section("services", { text: "boolean" }, "pre_start.[].per_replica"),
  ...section("networks", { text: "boolean" }, "external internal attachable enable_ipv4 enable_ipv6"),
  ...["volumes", "secrets", "configs"].flatMap((name) => section(name, { text: "boolean" }, "external")),
  ...service(
    { text: "duration" },
    `stop_grace_period healthcheck.interval healthcheck.timeout healthcheck.start_period healthcheck.start_interval
    deploy.update_config.delay deploy.update_config.monitor deploy.rollback_config.delay
    deploy.rollback_config.monitor deploy.restart_policy.delay deploy.restart_policy.window`,
  ),
  ...service(
    { text: "size" },
    `mem_limit mem_reservation mem_swappiness memswap_limit shm_size build.shm_size deploy.resources.limits.memory
    deploy.resources.reservations.memory volumes.[].tmpfs.size blkio_config.device_read_bps.[].rate
    blkio_config.device_read_iops.[].rate blkio_config.device_write_bps.[].rate
    blkio_config.device_write_iops.[].rate`,
  ),
];

/** Returns the patterns of all Compose keys that have a certain fact, such as `merge`, and the value of this fact. */
export function keysWith<Fact extends keyof KeyFacts>(fact: Fact): [pattern: string, NonNullable<KeyFacts[Fact]>][] {
  return COMPOSE_KEYS.flatMap(([pattern, { [fact]: value }]) => (value === undefined ? [] : [[pattern, value]]));
}
