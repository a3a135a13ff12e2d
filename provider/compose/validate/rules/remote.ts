import type { JudgeContext } from "../context";
import { child, children, has, keySpanOf, type Place, select, stringAt, textAt } from "../location";
import { mountsOf } from "./volumes";

/** What needs more than the one text that the service receives: files and folders beside it, and the user's Docker. */
export function judgeRemote(context: JudgeContext): void {
  const include = context.section("include");
  if (include !== undefined) {
    context.addAt("LYC2305", include, "names files that the service does not receive", { span: keySpanOf(include) });
  }
  for (const { place: service } of context.services) {
    judgeBuild(context, service);
    for (const key of ["env_file", "label_file"]) judgeFiles(context, child(service, key));
    const extended = child(child(service, "extends"), "file");
    if (extended !== undefined) context.addAt("LYC2306", extended, "is a file that the service does not receive");
    const credentials = child(child(service, "credential_spec"), "file");
    if (credentials !== undefined) context.addAt("LYC2307", credentials, "is a file that the service does not receive");
    for (const mount of mountsOf(service)) if (!("fault" in mount)) judgeMount(context, mount);
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

function judgeBuild(context: JudgeContext, service: Place): void {
  const build = child(service, "build");
  if (build === undefined || !has(service, "build")) return;
  const span = keySpanOf(build);
  if (has(service, "image")) context.addAt("LYC2302", build, "cannot happen: the service receives no files", { span });
  else context.addAt("LYC2301", build, "cannot happen: the service receives no files", { span });
}

function judgeFiles(context: JudgeContext, place: Place | undefined): void {
  if (place === undefined || !place.parent || !has(place.parent, String(place.step))) return;
  const items = place.node.kind === "sequence" ? [...children(place)] : [place];
  // A file that need not be there is simply not there.
  const needed = items.filter((item) => textAt(child(item, "required")) !== "false");
  if (needed.length === 0) return;
  context.addAt("LYC2304", place, "names files that the service does not receive", { span: keySpanOf(place) });
}

function judgeMount(context: JudgeContext, mount: { place: Place; type: string; source: string }): void {
  const { place, type, source } = mount;
  if (type !== "bind" || source === "") return;
  const at = child(place, "source") ?? place;
  if (!source.startsWith("/")) {
    context.addAt("LYC2303", at, "mounts a path of this machine, which the service does not receive");
    return;
  }
  const words = /^\/(var\/)?run\/docker\.sock$/.test(source)
    ? "mounts the socket of the remote Docker, which the service may not give (assumed)"
    : "mounts a path of the remote machine, which may not be there (assumed)";
  context.addAt("LYC2404", at, words);
}

const cpu = /^cpu(?:$|[._])/i;

/** What the service may refuse or not have. Nobody outside knows, so these are warnings and say that they are assumed. */
export function judgeAssumptions(context: JudgeContext): void {
  for (const { place: service } of context.services) {
    const privileged = child(service, "privileged");
    if (privileged !== undefined && /^(true|y|yes|on)$/i.test(textAt(privileged) ?? "")) {
      context.addAt("LYC2401", privileged, "asks for privileges that the service may not give (assumed)");
    }
    for (const key of ["cap_add", "security_opt"]) {
      const place = child(service, key);
      if (place === undefined || place.node.kind !== "sequence" || place.node.items.length === 0) continue;
      const words = "asks for privileges that the service may not give (assumed)";
      context.addAt("LYC2401", place, words, { span: keySpanOf(place) });
    }
    for (const key of ["network_mode", "pid", "ipc", "uts", "userns_mode", "cgroup"]) {
      const place = child(service, key);
      if (place !== undefined && stringAt(place) === "host") {
        context.addAt("LYC2402", place, "is that of the remote machine, which the service may not share (assumed)");
      }
    }
    for (const place of select(service, "devices.[]")) {
      context.addAt("LYC2403", place, "is a device of the remote machine, which may not be there (assumed)");
    }
    judgeGpu(context, service);
  }
  for (const section of ["networks", "volumes", "configs", "secrets"]) {
    for (const place of select(context.root, `${section}.*.external`)) {
      if (place.node.kind === "scalar" && !/^(true|y|yes|on)$/i.test(String(place.node.value))) continue;
      const words = "must exist before the run, which was not verified (assumed)";
      context.addAt("LYC2405", place, words, { span: keySpanOf(place) });
    }
  }
}

function judgeGpu(context: JudgeContext, service: Place): void {
  const { executionType } = context.surroundings;
  if (executionType === undefined || !cpu.test(executionType)) return;
  const devices = child(child(child(child(service, "deploy"), "resources"), "reservations"), "devices");
  for (const place of [devices, child(service, "gpus")]) {
    if (place === undefined || !place.parent || !has(place.parent, String(place.step))) continue;
    const asksForGpu =
      place.step === "gpus" || select(place, "[].capabilities.[]").some((at) => stringAt(at) === "gpu");
    if (asksForGpu)
      context.addAt("LYC2406", place, `asks for a GPU, and the run's machine is \`${executionType}\``, {
        span: keySpanOf(place),
      });
  }
}
