import { isNull } from "../../model/model";
import { isTrue } from "../../model/typed-texts";
import type { ValidationContext } from "../context";
import { child, children, has, type Location, select, stringAt, textAt } from "../location";
import { homeRemedy } from "../remedies";
import { mountsOf } from "./volumes";

/** What needs more than the one text that the service receives: files and folders beside it, and the user's Docker. */
export function validateRemote(context: ValidationContext): void {
  const include = context.section("include");
  if (include !== undefined) {
    context.addAtKey("LYC2305", include, `names files that ${context.remote} does not receive`);
  }
  for (const { name, location: service } of context.services) {
    validateBuild(context, name, service);
    for (const key of ["env_file", "label_file"]) validateFiles(context, child(service, key));
    const extended = child(child(service, "extends"), "file");
    if (extended !== undefined) context.addAt("LYC2306", extended, `is a file that ${context.remote} does not receive`);
    const credentials = child(child(service, "credential_spec"), "file");
    if (credentials !== undefined)
      context.addAt("LYC2307", credentials, `is a file that ${context.remote} does not receive`);
    for (const mount of mountsOf(service)) if (!("error" in mount)) validateMount(context, mount);
  }
  for (const section of ["configs", "secrets"]) {
    for (const file of select(context.root, `${section}.*.file`)) {
      context.addAt("LYC2307", file, `is a file that ${context.remote} does not receive`);
    }
    for (const variable of select(context.root, `${section}.*.environment`)) {
      context.addAt("LYC2308", variable, "names a variable that is not set where the run happens");
    }
  }
}

function validateBuild(context: ValidationContext, name: string, service: Location): void {
  const build = child(service, "build");
  if (build === undefined || isNull(build.node)) return;
  if (context.runContext.givesImages) return;
  const code = has(service, "image") ? "LYC2302" : "LYC2301";
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
  context.addAtKey(code, build, `cannot happen: ${context.remote} receives one text, and no files to build from`, {
    ...(code === "LYC2301"
      ? {
          remedy: `Build and push the image, and name it under \`image:\`, or give it to the run: \`images: { ${key}: … }\` (\`--image ${name}=REF\`).`,
        }
      : {}),
  });
}

function validateFiles(context: ValidationContext, location: Location | undefined): void {
  if (location === undefined || isNull(location.node)) return;
  const items = location.node.kind === "sequence" ? children(location) : [location];
  // A file that need not be there is simply not there.
  const needed = items.filter((item) => textAt(child(item, "required")) !== "false");
  if (needed.length === 0) return;
  context.addAtKey("LYC2304", location, `names files that ${context.remote} does not receive`);
}

function validateMount(context: ValidationContext, mount: { location: Location; type: string; source: string }): void {
  const { location, type, source } = mount;
  if (type !== "bind" || source === "") return;
  const at = child(location, "source") ?? location;
  if (source.startsWith("~")) {
    const message = `mounts a path of your home folder, which ${context.remote} does not receive`;
    context.addAt("LYC2303", at, message, { remedy: homeRemedy });
    return;
  }
  if (!source.startsWith("/")) {
    context.addAt("LYC2303", at, `mounts a path of this machine, which ${context.remote} does not receive`);
    return;
  }
  const message = /^\/(var\/)?run\/docker\.sock$/.test(source)
    ? `mounts the socket of the remote Docker, which ${context.remote} may not give`
    : "mounts a path of the remote machine, which may not be there";
  context.addAt("LYC2404", at, message);
}

const cpu = /^cpu(?:$|[._])/i;

/** What the service may refuse or not have. Nobody outside knows, so these are warnings. */
export function validateAssumptions(context: ValidationContext): void {
  for (const { location: service } of context.services) {
    const message = `asks for privileges that ${context.remote} may not give`;
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
        context.addAt("LYC2402", location, `is that of the remote machine, which ${context.remote} may not share`);
      }
    }
    for (const location of select(service, "devices.[]")) {
      context.addAt("LYC2403", location, "is a device of the remote machine, which may not be there");
    }
    validateGpu(context, service);
  }
  for (const section of ["networks", "volumes", "configs", "secrets"]) {
    for (const location of select(context.root, `${section}.*.external`)) {
      if (location.node.kind === "scalar" && !isTrue(String(location.node.value))) continue;
      const message = "must exist before the run, which was not verified";
      context.addAtKey("LYC2405", location, message);
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
      context.addAtKey("LYC2406", location, `asks for a GPU, and the run's machine is \`${executionType}\``);
  }
}
