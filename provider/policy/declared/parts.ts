import { isMap, type Properties } from "../../schema";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import type { PolicyPart } from "..";
import type { CheckedKey } from "../checked-keys";
import { sayDriver, sayNetwork } from "./drivers";
import { isOff, isWrittenOut, NOT_KNOWN, type PartFinding, sayMount, sayNamedVolume, sayPath } from "./mounts";

/** The facts about a Compose service that the check of one of its keys needs. */
interface ServiceFacts {
  /** Whether the provider leaves out the `build` of the Compose service. */
  readonly buildIsLeftOut: boolean;
}

type Check = (value: unknown, service: ServiceFacts) => readonly PartFinding[];

/** Keys of a Compose service that name no image and give a container no access to the machine's Docker. */
const FREE_KEYS = new Set(
  `annotations attach blkio_config cap_drop cgroup cgroup_parent command configs container_name cpu_count cpu_percent
  cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop dns
  dns_opt dns_search domainname entrypoint env_file environment expose external_links extra_hosts gpus group_add
  healthcheck hostname image init isolation label_file labels links mac_address mem_limit mem_reservation
  mem_swappiness memswap_limit networks oom_kill_disable oom_score_adj pids_limit platform ports profiles
  pull_policy pull_refresh_after read_only restart scale secrets shm_size stdin_open
  stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits user uts working_dir`.split(/\s+/),
);

const MACHINE = "gives the container the machine, and so its Docker";
const MAY_REACH = "changes what separates the container from the machine";

const OUTSIDE = "is that of a container outside the run";

/**
 * Capabilities with which a container cannot reach the machine. The first lines contain those that every container has.
 */
const CAPABILITIES = new Set(
  `AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID
  SYS_CHROOT IPC_LOCK IPC_OWNER LEASE NET_ADMIN NET_BROADCAST SYS_NICE SYS_RESOURCE SYS_TIME WAKE_ALARM`.split(/\s+/),
);
/** Devices for computing: GPUs, and the network between GPUs. */
const DEVICES = /^\/dev\/(?:nvidia[\w-]*|dri|kfd|dxg|infiniband)(?:\/[\w/-]*)?$/;
/** A device that the machine declares, such as `nvidia.com/gpu=all`. */
const DECLARED_DEVICE = /^[a-z][\w.-]*\/[a-z][\w-]*=[a-z\d][\w.-]*$/i;
const HOOK_KEYS = new Set(["command", "user", "privileged", "working_dir", "environment"]);

/** The checks of a Compose service's keys. A key in `CHECKED_KEYS` without a check here is always a problem. */
const SERVICE_CHECKS: Readonly<Partial<Record<CheckedKey, Check>>> = {
  build: (value, { buildIsLeftOut }) => when(value !== null && !buildIsLeftOut, "builds an image that no rule sees"),
  provider: () => say("is a program that Docker Compose runs in place of a container"),
  models: () => say("is a model, which Docker pulls like an image"),
  use_api_socket: (value) => when(!isOff(value), "gives the container the socket and the credentials of Docker"),
  extends: (value) =>
    when(typeof value !== "string" && !(isMap(value) && value.file === undefined), "is a file that no rule sees"),
  privileged: (value) => when(!isOff(value), MACHINE),
  pid: (value) => when(!(isWrittenOut(value) && value.startsWith("service:")), MACHINE),
  ipc: ofContainer,
  network_mode: ofContainer,
  // Docker reads a runtime name with a slash as the path of a program.
  runtime: (value) => when(!isWrittenOut(value) || /[/\\]/.test(value), "is a program of the machine"),
  security_opt: (value) =>
    listOf(value).flatMap((option, at) =>
      when(!isWrittenOut(option) || !/^no-new-privileges(?:[:=]\w+)?$/.test(option), MAY_REACH, [at]),
    ),
  userns_mode: () => say(MAY_REACH),
  logging: (value) => sayDriver(value, "logging"),
  cap_add: (value) =>
    listOf(value).flatMap((name, at) => when(!isWrittenOut(name) || !isHarmless(name), MACHINE, [at])),
  devices: (value) =>
    listOf(value).flatMap((device, at) => {
      const source = isMap(device) ? device.source : device;
      return when(!isWrittenOut(source) || !computes(source), MACHINE, [at]);
    }),
  device_cgroup_rules: () => say(MACHINE),
  // The rules about images look for mounts of images in a list only.
  volumes: (value) =>
    isMap(value)
      ? say("is not a list")
      : listOf(value).flatMap((mount, at) => sayMount(mount).map((one) => below([at], one))),
  volumes_from: (value) =>
    listOf(value).flatMap((name, at) =>
      when(!isWrittenOut(name) || name.startsWith("container:"), "mounts what a container outside the run has", [at]),
    ),
  post_start: hooks,
  pre_stop: hooks,
};

/** The checks of the document's top-level keys. */
const TOP_CHECKS: Readonly<Partial<Record<CheckedKey, (value: unknown) => readonly PartFinding[]>>> = {
  include: () => say("names files that no rule sees"),
  models: () => say("is a model, which Docker pulls like an image"),
  volumes: (value) => eachOf(value, sayNamedVolume),
  networks: (value) => eachOf(value, sayNetwork),
  configs: (value) => eachOf(value, fileOf),
  secrets: (value) => eachOf(value, fileOf),
};
const FREE_TOP_KEYS = new Set(["version", "name", "services"]);

/**
 * Returns the parts of a document that may make the run use an image which no rule about images checks. A key that is
 * in neither table of checks is such a part, except an extension (`x-…`).
 *
 * @param the facts of the service with this name
 */
export function partsIn(model: Properties, facts: (service: string) => ServiceFacts): readonly PolicyPart[] {
  const services = isMap(model.services) ? model.services : {};
  const own = Object.entries(services).flatMap(([service, definition]) =>
    isMap(definition)
      ? Object.entries(definition).flatMap(([key, value]) =>
          partsOf(key, value, FREE_KEYS, ownEntry(SERVICE_CHECKS, key), facts(service)).map((part) => ({
            ...part,
            message: `${part.key} of service ${service} ${part.message}`,
            path: ["services", service, ...part.path],
          })),
        )
      : [],
  );
  const top = Object.entries(model).flatMap(([key, value]) =>
    partsOf(key, value, FREE_TOP_KEYS, ownEntry(TOP_CHECKS, key), { buildIsLeftOut: false }).map((part) => ({
      ...part,
      message: `${part.key} of the document ${part.message}`,
    })),
  );
  return [...top, ...own];
}

/** The value of a key in a table. Undefined for a property that every object has, such as `constructor`. */
function ownEntry<Value>(table: Readonly<Partial<Record<CheckedKey, Value>>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key as CheckedKey] : undefined;
}

function partsOf(
  key: string,
  value: unknown,
  free: ReadonlySet<string>,
  check: Check | undefined,
  facts: ServiceFacts,
): readonly PolicyPart[] {
  if (key.startsWith("x-") || (free.has(key) && check === undefined)) return [];
  const found = findingsOf(value, check, facts);
  const name = /^\w{1,40}$/.test(key) ? key : "a key";
  return found.map(({ words, path, isUnknown = false }) => ({
    key: name,
    message: words,
    path: [key, ...path],
    isUnknown,
  }));
}

function findingsOf(value: unknown, check: Check | undefined, facts: ServiceFacts): readonly PartFinding[] {
  if (check === undefined) return say("is not a key that the rules about images know");
  return value === UNKNOWN_TEXT ? NOT_KNOWN : check(value, facts);
}

/** Docker reads any other name as a path, and a path without a slash at its start from the root of the machine. */
function computes(device: string): boolean {
  return device.startsWith("/") ? DEVICES.test(device.split(":")[0] ?? "") : DECLARED_DEVICE.test(device);
}

function hooks(value: unknown): readonly PartFinding[] {
  return listOf(value).flatMap((hook, at) => {
    if (!isMap(hook)) return say("is not written out", [at]);
    const strange = Object.keys(hook).find((key) => !HOOK_KEYS.has(key) && !key.startsWith("x-"));
    if (strange !== undefined) return say("has a key that the rules about images do not know", [at]);
    return when(!isOff(hook.privileged), `is privileged, which ${MACHINE}`, [at, "privileged"]);
  });
}

/** Checks the file of a config or of a secret, because this file is mounted from the machine. */
function fileOf(definition: unknown): readonly PartFinding[] {
  if (!isMap(definition)) return [];
  const drivers = sayDriver(definition, "content");
  return definition.file === undefined
    ? drivers
    : [...drivers, ...sayPath(definition.file).map((one) => below(["file"], one))];
}

function ofContainer(value: unknown): readonly PartFinding[] {
  return when(value !== null && (!isWrittenOut(value) || /^\s*container:/i.test(value)), OUTSIDE);
}

function isHarmless(capability: string): boolean {
  return CAPABILITIES.has(capability.toUpperCase().replace(/^CAP_/, ""));
}

function eachOf(section: unknown, check: (definition: unknown) => readonly PartFinding[]): readonly PartFinding[] {
  if (section === null) return [];
  if (!isMap(section)) return say("is not written out");
  return Object.entries(section).flatMap(([name, definition]) => check(definition).map((one) => below([name], one)));
}

/** Returns the items of a list. A value that is not a list becomes the only item. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === null ? [] : [value];
}

function below(path: readonly (string | number)[], one: PartFinding): PartFinding {
  return { ...one, path: [...path, ...one.path] };
}

function say(words: string, path: readonly (string | number)[] = []): readonly PartFinding[] {
  return [{ words, path }];
}

function when(isFound: boolean, words: string, path: readonly (string | number)[] = []): readonly PartFinding[] {
  return isFound ? say(words, path) : [];
}
