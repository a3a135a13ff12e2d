import { child, children, has, isNull, type Location, mountsOf, select, stringAt, textAt } from "../../compose/rule";
import { ARGUMENT_TEXTS } from "./catalogue";
import type { RemoteContext, RunContext } from "./context";

const NOT_RECEIVED = "is a file that Lyceum does not receive";

/**
 * Reports files that a Compose text names, and shell variables in its `configs` and `secrets`. This rule is only for a
 * text that Lyceum receives unchanged. For a project, the provider reads the files and variables.
 */
export function validateFiles(context: RemoteContext): void {
  const include = context.section("include");
  if (include !== undefined) context.addAtKey("LYC2305", include, "names files that Lyceum does not receive");
  for (const service of context.containers) {
    for (const key of ["env_file", "label_file"]) validateFilesAt(context, child(service, key));
    const extended = child(child(service, "extends"), "file");
    if (extended !== undefined) context.addAt("LYC2306", extended, NOT_RECEIVED);
    const credentials = child(child(service, "credential_spec"), "file");
    if (credentials !== undefined) context.addAt("LYC2307", credentials, NOT_RECEIVED);
  }
  for (const section of ["configs", "secrets"]) {
    for (const file of select(context.root, `${section}.*.file`)) context.addAt("LYC2307", file, NOT_RECEIVED);
    for (const variable of select(context.root, `${section}.*.environment`)) {
      context.addAt("LYC2308", variable, "names a variable that is not set where the run happens");
    }
  }
}

/**
 * Reports what a Compose service needs from the user's machine: files for its build, folders, and variables of the
 * shell.
 */
export function validateMachine(context: RemoteContext, run: RunContext): void {
  if (!run.givesImages) for (const { name, location } of context.workloads) validateBuild(context, name, location);
  for (const container of context.containers) {
    for (const mount of mountsOf(container)) if (!("error" in mount)) validateMount(context, mount, run);
    validateEnvironment(context, child(container, "environment"), run);
  }
}

function validateBuild(context: RemoteContext, name: string, service: Location): void {
  const build = child(service, "build");
  if (build === undefined || isNull(build.node)) return;
  const message = "cannot happen: Lyceum receives one text, and no files to build from";
  if (has(service, "image")) {
    context.addAtKey("LYC2302", build, message);
    return;
  }
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
  context.addAtKey("LYC2301", build, message, {
    remedy: `Build and push the image, and name it under \`image:\`, or give it to the run: \`images: { ${key}: … }\` (\`--image ${name}=REF\`).`,
  });
}

function validateFilesAt(context: RemoteContext, location: Location | undefined): void {
  if (location === undefined || isNull(location.node)) return;
  const items = location.node.kind === "sequence" ? children(location) : [location];
  // A file with `required: false` may be missing.
  const needed = items.filter((item) => textAt(child(item, "required")) !== "false");
  if (needed.length === 0) return;
  context.addAtKey("LYC2304", location, "names files that Lyceum does not receive");
}

function validateMount(
  context: RemoteContext,
  mount: { location: Location; type: string; source: string },
  { hasBucket }: RunContext,
): void {
  const { location, type, source } = mount;
  if (type !== "bind" || source === "") return;
  const at = child(location, "source") ?? location;
  if (source.startsWith("~")) {
    const message = "mounts a path of your home folder, which Lyceum does not receive";
    context.addAt("LYC2303", at, message, { remedy: ARGUMENT_TEXTS.copyFromHome });
    return;
  }
  if (!source.startsWith("/")) {
    context.addAt("LYC2303", at, "mounts a path of this machine, which Lyceum does not receive");
    return;
  }
  if (hasBucket && /^\/mnt\/s3(?:\/(?!\.\.)|$)/.test(source) && !source.includes("/../")) return;
  const message = /^\/(var\/)?run\/docker\.sock$/.test(source)
    ? "mounts the socket of the remote Docker, which Lyceum may not give"
    : "mounts a path of the remote machine, which may not be there";
  context.addAt("LYC2404", at, message);
}

/** Reports keys of `environment` without a value, because Compose would take their values from the user's shell. */
function validateEnvironment(context: RemoteContext, environment: Location | undefined, run: RunContext): void {
  const isMapping = environment?.node.kind === "mapping";
  for (const location of children(environment)) {
    const name = isMapping ? String(location.step) : stringAt(location);
    const isInherited = isMapping ? isNull(location.node) : name !== undefined && !/[=$]/.test(name);
    if (!isInherited || run.variables?.has(name ?? "")) continue;
    context.addAt("LYC2308", location, "takes its value from the shell, and Lyceum does not have your shell variables");
  }
}
