import { formatPath } from "../../diagnostics/position";
import { isNull } from "../../model/model";
import { isTrue } from "../../model/typed-texts";
import { misspelling } from "../../yaml/structure";
import type { ValidationContext } from "../context";
import { child, children, has, hasVariables, type Location, select, stringAt, textAt } from "../location";

/**
 * Reports settings that do not fit together: in one service or job, such as `network_mode` and `networks`, or in two,
 * such as the same `container_name`.
 */
export function validateServices(context: ValidationContext): void {
  const containers = new Map<string, string>();
  for (const { name, location } of context.workloads) {
    validateOne(context, location);
    const container = child(location, "container_name");
    const containerName = stringAt(container);
    if (container === undefined || containerName === undefined || hasVariables(containerName)) continue;
    const replicas = child(location, "scale") ?? child(child(location, "deploy"), "replicas");
    if (replicas !== undefined && Number(textAt(replicas)) > 1) {
      context.addAt("LYC2214", replicas, "cannot be more than 1 together with a `container_name`");
    }
    if (has(location, "profiles")) continue;
    const owner = containers.get(containerName);
    if (owner === undefined) containers.set(containerName, name);
    else context.addAt("LYC2219", container, `is the name of the container of ${formatPath(["services", owner])}`);
  }
  validateHealth(context);
}

function validateOne(context: ValidationContext, service: Location): void {
  const mode = child(service, "network_mode");
  // Empty `networks` count as missing.
  const networks = children(child(service, "networks"));
  // An empty `network_mode` counts as missing.
  if (mode !== undefined && !isNull(mode.node) && stringAt(mode) !== "" && networks.length > 0) {
    context.addAtKey("LYC2209", mode, "excludes `networks`");
  }
  const [first] = select(service, "healthcheck.test.[]");
  const word = stringAt(first);
  if (first !== undefined && word !== undefined && !hasVariables(word) && !/^(CMD|CMD-SHELL|NONE)$/.test(word)) {
    context.addAt("LYC2216", first, "must be CMD, CMD-SHELL or NONE");
  }
  validatePlatforms(context, service);
  for (const pattern of ["gpus.[]", "deploy.resources.reservations.devices.[]"]) {
    for (const device of select(service, pattern)) {
      const ids = child(device, "device_ids");
      if (ids !== undefined && child(device, "count") !== undefined) {
        context.addAtKey("LYC2221", ids, "excludes `count`");
      }
    }
  }
}

/** Reports a service whose `platform` is not in the `platforms` of its build. */
function validatePlatforms(context: ValidationContext, service: Location): void {
  const [platform, platforms] = [child(service, "platform"), child(child(service, "build"), "platforms")];
  const wanted = stringAt(platform);
  const made = [...children(platforms)].map((location) => stringAt(location) ?? "");
  if (platform === undefined || wanted === undefined || made.length === 0 || made.includes(wanted)) return;
  if (![wanted, ...made].some(hasVariables)) context.addAt("LYC2221", platform, "is not among `build.platforms`");
}

/**
 * Reports a dependency with `service_healthy` on a service without a healthcheck. This is only a warning, because the
 * image of the service may have a healthcheck, and images are not read.
 */
function validateHealth(context: ValidationContext): void {
  const byName = new Map(context.services.map(({ name, location }) => [name, location]));
  for (const { location } of context.workloads) {
    for (const condition of select(location, "depends_on.*.condition")) {
      const name = String(condition.parent?.step);
      const needed = byName.get(name);
      if (stringAt(condition) !== "service_healthy" || needed === undefined) continue;
      const check = child(needed, "healthcheck");
      const [first] = select(check, "test.[]");
      const disabled = isTrue(textAt(child(check, "disable")) ?? "") || stringAt(first) === "NONE";
      if (child(check, "test") !== undefined && !disabled) continue;
      const why = disabled ? "has its healthcheck turned off" : "declares no healthcheck";
      const message = `waits for ${formatPath(["services", name])} to be healthy, and that ${why}`;
      const remedy = disabled ? "Turn the healthcheck on, or wait for `service_started`." : undefined;
      const explainedBy =
        check === undefined ? misspelling(needed.node, ["healthcheck"]) : misspelling(check.node, ["test"]);
      context.addAt("LYC2215", condition, message, { remedy, explainedBy });
    }
  }
}
