import { isNull } from "../../model";
import { isTrue } from "../../typed-texts";
import type { ValidationContext } from "../context";
import { child, children, has, keySpanOf, type Location, select, stringAt, textAt } from "../location";
import { homeRemedy } from "../remedies";
import { mountsOf } from "./volumes";

/** What needs more than the one text that the service receives: files and folders beside it, and the user's Docker. */
export function validateRemote(context: ValidationContext): void {
  const include = context.section("include");
  if (include !== undefined) {
    context.addAt("LYC2305", include, "names files that the service does not receive", { span: keySpanOf(include) });
  }
  for (const { location: service } of context.services) {
    validateBuild(context, service);
    for (const key of ["env_file", "label_file"]) validateFiles(context, child(service, key));
    const extended = child(child(service, "extends"), "file");
    if (extended !== undefined) context.addAt("LYC2306", extended, "is a file that the service does not receive");
    const credentials = child(child(service, "credential_spec"), "file");
    if (credentials !== undefined) context.addAt("LYC2307", credentials, "is a file that the service does not receive");
    for (const mount of mountsOf(service)) if (!("error" in mount)) validateMount(context, mount);
  }
  for (const section of ["configs", "secrets"]) {
    for (const file of select(context.root, `${section}.*.file`)) {
      context.addAt("LYC2307", file, "is a file that the service does not receive");
    }
    for (const variable of select(context.root, `${section}.*.environment`)) {
      context.addAt("LYC2308", variable, "names a variable that is not set where the run happens");
    }
  }
}

function validateBuild(context: ValidationContext, service: Location): void {
  const build = child(service, "build");
  if (build === undefined || isNull(build.node)) return;
  const code = has(service, "image") ? "LYC2302" : "LYC2301";
  context.addAt(code, build, "cannot happen: the service receives no files", { span: keySpanOf(build) });
}

function validateFiles(context: ValidationContext, location: Location | undefined): void {
  if (location === undefined || isNull(location.node)) return;
  const items = location.node.kind === "sequence" ? children(location) : [location];
  // A file that need not be there is simply not there.
  const needed = items.filter((item) => textAt(child(item, "required")) !== "false");
  if (needed.length === 0) return;
  context.addAt("LYC2304", location, "names files that the service does not receive", { span: keySpanOf(location) });
}

function validateMount(context: ValidationContext, mount: { location: Location; type: string; source: string }): void {
  const { location, type, source } = mount;
  if (type !== "bind" || source === "") return;
  const at = child(location, "source") ?? location;
  if (source.startsWith("~")) {
    const message = "mounts a path of your home folder, which the service does not receive";
    context.addAt("LYC2303", at, message, { remedy: homeRemedy });
    return;
  }
  if (!source.startsWith("/")) {
    context.addAt("LYC2303", at, "mounts a path of this machine, which the service does not receive");
    return;
  }
  const message = /^\/(var\/)?run\/docker\.sock$/.test(source)
    ? "mounts the socket of the remote Docker, which the service may not give (assumed)"
    : "mounts a path of the remote machine, which may not be there (assumed)";
  context.addAt("LYC2404", at, message);
}

const cpu = /^cpu(?:$|[._])/i;

/** What the service may refuse or not have. Nobody outside knows, so these are warnings and say that they are assumed. */
export function validateAssumptions(context: ValidationContext): void {
  for (const { location: service } of context.services) {
    const message = "asks for privileges that the service may not give (assumed)";
    const privileged = child(service, "privileged");
    if (privileged !== undefined && isTrue(textAt(privileged) ?? "")) context.addAt("LYC2401", privileged, message);
    for (const key of ["cap_add", "security_opt"]) {
      const location = child(service, key);
      if (location?.node.kind !== "sequence" || location.node.items.length === 0) continue;
      context.addAt("LYC2401", location, message, { span: keySpanOf(location) });
    }
    for (const key of ["network_mode", "pid", "ipc", "uts", "userns_mode", "cgroup"]) {
      const location = child(service, key);
      if (location !== undefined && stringAt(location) === "host") {
        context.addAt("LYC2402", location, "is that of the remote machine, which the service may not share (assumed)");
      }
    }
    for (const location of select(service, "devices.[]")) {
      context.addAt("LYC2403", location, "is a device of the remote machine, which may not be there (assumed)");
    }
    validateGpu(context, service);
  }
  for (const section of ["networks", "volumes", "configs", "secrets"]) {
    for (const location of select(context.root, `${section}.*.external`)) {
      if (location.node.kind === "scalar" && !isTrue(String(location.node.value))) continue;
      const message = "must exist before the run, which was not verified (assumed)";
      context.addAt("LYC2405", location, message, { span: keySpanOf(location) });
    }
  }
}

function validateGpu(context: ValidationContext, service: Location): void {
  const { executionType } = context.runContext;
  if (executionType === undefined || !cpu.test(executionType)) return;
  const devices = select(service, "deploy.resources.reservations.devices");
  for (const location of [...devices, ...select(service, "gpus")]) {
    if (isNull(location.node)) continue;
    const asksForGpu =
      location.step === "gpus" || select(location, "[].capabilities.[]").some((at) => stringAt(at) === "gpu");
    if (asksForGpu)
      context.addAt("LYC2406", location, `asks for a GPU, and the run's machine is \`${executionType}\``, {
        span: keySpanOf(location),
      });
  }
}
