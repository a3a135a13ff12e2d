import { isMap, type Properties } from "../../schema";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import type { PolicyPart } from "..";
import type { CheckedKey } from "../checked-keys";
import { sayDeploy, sayDevices, sayGpus } from "./devices";
import { sayNetwork } from "./drivers";
import {
  eachItem,
  eachOf,
  isEmpty,
  isOff,
  isWrittenOut,
  keysOf,
  NOT_KNOWN,
  type PartFinding,
  say,
  when,
} from "./findings";
import { sayAnnotations, sayContent, sayCredentials, sayFiles, sayLogging, sayRuntime } from "./host-settings";
import { sayMount, sayNamedVolume } from "./mounts";

/** The facts about a Compose document that the checks of its keys need. */
export interface DocumentFacts {
  /**
   * Whether the provider rewrites the Compose text. If true, the provider itself reads the files that the text names.
   */
  readonly isResolved: boolean;
  /** Whether the provider leaves out the `build` of a Compose service. */
  readonly buildIsLeftOut: (service: string) => boolean;
  /** Returns true if the argument `variables` of the execution has a variable. */
  readonly isGiven: (variable: string) => boolean;
}

/** The facts about a Compose service that the checks of its keys need. */
interface ServiceFacts extends Pick<DocumentFacts, "isResolved" | "isGiven"> {
  readonly buildIsLeftOut: boolean;
}

type Check = (value: unknown, service: ServiceFacts) => readonly PartFinding[];

/**
 * Keys of a Compose service that need no check in this file: `image`, which the rules about images check, and keys that
 * give a container no access to the machine's Docker.
 */
const FREE_KEYS = new Set(
  `attach blkio_config cap_drop command configs container_name cpu_count cpu_percent cpu_period cpu_quota
  cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset depends_on develop dns dns_opt dns_search domainname entrypoint
  environment expose external_links extra_hosts group_add healthcheck hostname image init isolation labels links
  mac_address mem_limit mem_reservation mem_swappiness memswap_limit networks oom_kill_disable oom_score_adj pids_limit
  platform ports profiles pull_policy pull_refresh_after read_only restart scale secrets shm_size stdin_open
  stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits user uts working_dir`.split(/\s+/),
);

const MACHINE = "gives the container the machine, and so its Docker";
const MAY_REACH = "changes what separates the container from the machine";

const OUTSIDE = "is that of a container outside the run";

/**
 * Linux capabilities that give a container no access to the machine's Docker. The names up to `SYS_CHROOT` are the
 * default capabilities of a container.
 */
const CAPABILITIES = new Set(
  `AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID
  SYS_CHROOT IPC_LOCK IPC_OWNER LEASE NET_ADMIN NET_BROADCAST SYS_NICE SYS_RESOURCE SYS_TIME WAKE_ALARM`.split(/\s+/),
);
/** The checks of a Compose service's keys. A key that is neither here nor in `FREE_KEYS` is always a problem. */
const SERVICE_CHECKS: Readonly<Partial<Record<CheckedKey, Check>>> = {
  build: (value, { buildIsLeftOut }) => when(value !== null && !buildIsLeftOut, "builds an image that no rule sees"),
  provider: () => say("is a program that Docker Compose runs in place of a container"),
  models: (value) => when(!isEmpty(value), "is a model, which Docker pulls like an image"),
  use_api_socket: (value) => when(!isOff(value), "gives the container the socket and the credentials of Docker"),
  extends: (value) =>
    when(typeof value !== "string" && !(isMap(value) && value.file === undefined), "is a file that no rule sees"),
  privileged: (value) => when(!isOff(value), MACHINE),
  pid: (value) => when(!(isWrittenOut(value) && value.startsWith("service:")), MACHINE),
  ipc: ofContainer,
  network_mode: ofContainer,
  runtime: sayRuntime,
  security_opt: (value) =>
    eachItem(value, (option) =>
      when(!isWrittenOut(option) || !/^no-new-privileges(?:[:=]\w+)?$/.test(option), MAY_REACH),
    ),
  userns_mode: () => say(MAY_REACH),
  cgroup: (value) => when(value !== null && value !== "private", MAY_REACH),
  cgroup_parent: (value) => when(value !== null && value !== "", MAY_REACH),
  annotations: sayAnnotations,
  logging: sayLogging,
  cap_add: (value) => eachItem(value, (name) => when(!isWrittenOut(name) || !isHarmless(name), MACHINE)),
  devices: sayDevices,
  gpus: sayGpus,
  deploy: sayDeploy,
  device_cgroup_rules: (value) => when(!isEmpty(value), MACHINE),
  credential_spec: sayCredentials,
  env_file: (value, { isResolved }) => (isResolved ? [] : sayFiles(value)),
  label_file: (value, { isResolved }) => (isResolved ? [] : sayFiles(value)),
  // The rules about images can check the mounts of a service only if `volumes` is a list. So a map is a violation.
  volumes: (value) => (isMap(value) ? say("is not a list") : eachItem(value, sayMount)),
  volumes_from: (value) =>
    eachItem(value, (name) =>
      when(!isWrittenOut(name) || name.startsWith("container:"), "mounts what a container outside the run has"),
    ),
  post_start: hooks,
  pre_stop: hooks,
  pre_start: (value) => when(!isEmpty(value), "starts containers whose images no rule sees"),
};

/** The checks of the document's top-level keys. */
const TOP_CHECKS: Readonly<Partial<Record<CheckedKey, Check>>> = {
  include: (value) => when(!isEmpty(value), "names files that no rule sees"),
  models: (value) => when(!isEmpty(value), "is a model, which Docker pulls like an image"),
  volumes: (value) => eachOf(value, sayNamedVolume),
  networks: (value) => eachOf(value, sayNetwork),
  configs: (value, { isGiven }) => eachOf(value, (one) => sayContent(one, isGiven)),
  secrets: (value, { isGiven }) => eachOf(value, (one) => sayContent(one, isGiven)),
};
const FREE_TOP_KEYS = new Set(["version", "name", "services"]);

/**
 * Returns the parts of a document that may run an image that no rule checks. An example is a mount of Docker's socket.
 * An unknown key counts as such a part, unless it is an extension (`x-…`).
 */
export function partsIn(model: Properties, facts: DocumentFacts): readonly PolicyPart[] {
  const services = isMap(model.services) ? model.services : {};
  const own = Object.entries(services).flatMap(([service, definition]) =>
    isMap(definition)
      ? Object.entries(definition).flatMap(([key, value]) =>
          partsOf(key, value, FREE_KEYS, ownEntry(SERVICE_CHECKS, key), {
            ...facts,
            buildIsLeftOut: facts.buildIsLeftOut(service),
          }).map((part) => ({
            ...part,
            message: `${part.key} of service ${service} ${part.message}`,
            path: ["services", service, ...part.path],
          })),
        )
      : [],
  );
  const top = Object.entries(model).flatMap(([key, value]) =>
    partsOf(key, value, FREE_TOP_KEYS, ownEntry(TOP_CHECKS, key), { ...facts, buildIsLeftOut: false }).map((part) => ({
      ...part,
      message: `${part.key} of the document ${part.message}`,
    })),
  );
  return [...top, ...own];
}

/** The own property with this key. Undefined for an inherited property such as `constructor`. */
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

function hooks(value: unknown): readonly PartFinding[] {
  return eachItem(value, (hook) =>
    isMap(hook)
      ? keysOf(hook, {
          command: undefined,
          environment: undefined,
          privileged: (one) => when(!isOff(one), `is privileged, which ${MACHINE}`),
          user: undefined,
          working_dir: undefined,
        })
      : say("is not written out"),
  );
}

function ofContainer(value: unknown): readonly PartFinding[] {
  return when(value !== null && (!isWrittenOut(value) || /^\s*container:/i.test(value)), OUTSIDE);
}

function isHarmless(capability: string): boolean {
  return CAPABILITIES.has(capability.toUpperCase().replace(/^CAP_/, ""));
}
