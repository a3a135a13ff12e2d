import { isMap } from "../../schema";
import { eachItem, isWrittenOut, keysOf, type PartFinding, say, when } from "./findings";

const MACHINE = "gives the container the machine, and so its Docker";

/** Paths of devices for computing: GPUs, and the network between GPUs. */
const PATHS = /^\/dev\/(?:nvidia[\w-]*|dri|kfd|dxg|infiniband)(?:\/[\w/-]*)?$/;
/** The CDI name of a device of a GPU vendor, such as `nvidia.com/gpu=all`. */
const DECLARED = /^(?:amd|intel|nvidia)\.com\/[a-z][\w-]*=[a-z\d][\w.:-]*$/i;
/** An id of a GPU in `device_ids`: a number, or an identifier of the vendor, such as `GPU-…`. */
const IDENTIFIER = /^(?:\d+(?::\d+)?|(?:MIG-)?GPU-[\w-]+(?:\/\d+\/\d+)?|MIG-[\w-]+)$/;

/** Drivers of Docker that give GPUs to a container. `cdi` gives the devices whose CDI names are in `device_ids`. */
const DRIVERS: readonly unknown[] = [undefined, null, "", "amd", "cdi", "nvidia"];
/** Capabilities with which a service requests GPUs. */
const CAPABILITIES: ReadonlySet<unknown> = new Set(
  "amd compat32 compute display gpu graphics ngx nvidia tpu utility video".split(" "),
);

/** Returns findings if a device of a Compose service is not for computing. */
export function sayDevices(value: unknown): readonly PartFinding[] {
  return eachItem(value, (device) => {
    const source = isMap(device) ? device.source : device;
    return when(!isWrittenOut(source) || !computes(source), MACHINE);
  });
}

/**
 * Returns true if a device is for computing: a GPU, or the network between GPUs. `device` is a path, such as
 * `/dev/nvidia0`, or a CDI name, such as `nvidia.com/gpu=all`. Docker reads any other text as a path from the root
 * folder of the machine, so such a text could name any device.
 */
function computes(device: string): boolean {
  return device.startsWith("/") ? PATHS.test(device.split(":")[0] ?? "") : DECLARED.test(device);
}

/** Returns findings if the key `gpus` of a Compose service may give its container devices other than GPUs. */
export function sayGpus(value: unknown): readonly PartFinding[] {
  const isCount = typeof value === "number" || (typeof value === "string" && /^(?:all|-?\d+)$/.test(value));
  return isCount ? [] : eachItem(value, sayRequest);
}

/** Returns findings if a request for devices may give a container devices other than GPUs. */
function sayRequest(request: unknown): readonly PartFinding[] {
  if (!isMap(request)) return say("is not written out");
  return keysOf(request, {
    count: undefined,
    driver: (driver) => when(!DRIVERS.includes(driver), "has a driver for devices other than GPUs"),
    capabilities: (names) =>
      eachItem(names, (name) => when(!CAPABILITIES.has(name), "asks for devices other than GPUs")),
    device_ids: (ids) =>
      eachItem(ids, (id) =>
        when(!isWrittenOut(String(id)) || !(IDENTIFIER.test(String(id)) || DECLARED.test(String(id))), MACHINE),
      ),
    options: (options) => when(!isEmpty(options), "has options of a driver that the rules about images do not know"),
  });
}

function isEmpty(value: unknown): boolean {
  return value === null || (isMap(value) && Object.keys(value).length === 0);
}

const AMOUNTS = { cpus: undefined, memory: undefined, pids: undefined };

/** Returns findings if the key `deploy` gives a container devices other than GPUs, or has an unknown key. */
export function sayDeploy(value: unknown): readonly PartFinding[] {
  return keysOf(value, {
    endpoint_mode: undefined,
    labels: undefined,
    mode: undefined,
    placement: undefined,
    replicas: undefined,
    restart_policy: undefined,
    rollback_config: undefined,
    update_config: undefined,
    resources: (resources) =>
      keysOf(resources, {
        limits: (limits) => keysOf(limits, AMOUNTS),
        reservations: (reserved) =>
          keysOf(reserved, {
            ...AMOUNTS,
            generic_resources: undefined,
            devices: (requests) => eachItem(requests, sayRequest),
          }),
      }),
  });
}
