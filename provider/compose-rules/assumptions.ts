import { child, isNull, isTrue, type Location, select, stringAt, textAt } from "../../compose/rule";
import type { RemoteContext, RunContext } from "./context";

const CPU = /^cpu(?:$|[._])/i;

/**
 * Reports features that Lyceum may not have. The diagnostics are only warnings, because Lyceum does not document its
 * features.
 */
export function validateAssumptions(context: RemoteContext, run: RunContext): void {
  for (const service of context.containers) {
    const message = "asks for privileges that Lyceum may not give";
    const privileged = child(service, "privileged");
    if (privileged !== undefined && isTrue(textAt(privileged) ?? "")) context.addAt("LYC2401", privileged, message);
    for (const key of ["cap_add", "security_opt"]) {
      const location = child(service, key);
      if (location?.node.kind !== "sequence" || location.node.items.length === 0) continue;
      context.addAtKey("LYC2401", location, message);
    }
    for (const key of ["network_mode", "pid", "ipc", "uts", "userns_mode", "cgroup"]) {
      const location = child(service, key);
      if (location !== undefined && stringAt(location) === "host") {
        context.addAt("LYC2402", location, "is that of the remote machine, which Lyceum may not share");
      }
    }
    for (const location of select(service, "devices.[]")) {
      // A device of the Container Device Interface (CDI) is requested by name. The name is not a path of the machine.
      if (CDI.test(sourceOf(location))) continue;
      context.addAt("LYC2403", location, "is a device of the remote machine, which may not be there");
    }
    validateGpu(context, service, run);
  }
  for (const section of ["networks", "volumes", "configs", "secrets"]) {
    for (const location of select(context.root, `${section}.*.external`)) {
      if (location.node.kind === "scalar" && !isTrue(String(location.node.value))) continue;
      const message = "must exist before the run, which was not verified";
      context.addAtKey("LYC2405", location, message);
    }
  }
}

/** Matches the name of a device of the Container Device Interface (CDI): VENDOR/CLASS=NAME. */
const CDI = /^[a-z0-9][\w.-]*\/[a-z0-9][\w-]*=\S/i;
const CDI_GPU = /^[^/]*\/gpu=/i;

/** Returns the source of an item in `devices`, in short or long syntax. */
function sourceOf(device: Location): string {
  return stringAt(child(device, "source")) ?? stringAt(device) ?? "";
}

function validateGpu(context: RemoteContext, service: Location, { executionType }: RunContext): void {
  if (executionType === undefined || !CPU.test(executionType)) return;
  for (const location of select(service, "devices.[]")) {
    if (!CDI_GPU.test(sourceOf(location))) continue;
    context.addAt("LYC2406", location, `asks for a GPU, and the run's machine is \`${executionType}\``);
  }
  const devices = select(service, "deploy.resources.reservations.devices");
  for (const location of [...devices, ...select(service, "gpus")]) {
    if (isNull(location.node)) continue;
    const asksForGpu =
      location.step === "gpus" || select(location, "[].capabilities.[]").some((at) => stringAt(at) === "gpu");
    if (asksForGpu)
      context.addAtKey("LYC2406", location, `asks for a GPU, and the run's machine is \`${executionType}\``);
  }
}
