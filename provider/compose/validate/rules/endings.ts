import type { ValidationContext } from "../context";
import { child, has, type Location, textAt } from "../location";
import { hasVariables } from "../variables";

/** What a service does when it ends. `unknown`: a variable decides. */
type Ending = "stays ended" | "starts again" | "unknown";

/**
 * A run is over when its services are. One whose every service is started again whenever it ends is only ever over
 * because its time is.
 */
export function validateEndings(context: ValidationContext): void {
  const running = context.services.filter(
    ({ location }) => !has(location, "profiles") && !has(location, "provider") && runs(location),
  );
  const first = running[0];
  if (first === undefined || context.declared("services") === undefined) return;
  if (running.some(({ location }) => endingOf(location) !== "starts again")) return;
  const location = policyOf(first.location) ?? first.location;
  const whose = running.length === 1 ? "the only service is" : `all ${running.length} services are`;
  context.addAt("LYC2408", location, `means that the run never ends by itself: ${whose} started again (assumed)`);
}

/** The time limit of the run ends it as a failure; a service that is scaled to nothing is none. */
function runs(service: Location): boolean {
  const replicas = child(service, "scale") ?? child(child(service, "deploy"), "replicas");
  return textAt(replicas) !== "0";
}

/** `deploy.restart_policy` wins over `restart`. */
function policyOf(service: Location): Location | undefined {
  const policy = child(child(service, "deploy"), "restart_policy");
  if (policy === undefined) return child(service, "restart");
  return child(policy, "condition") ?? policy;
}

function endingOf(service: Location): Ending {
  const policy = policyOf(service);
  const word = textAt(policy) ?? "";
  if (hasVariables(word)) return "unknown";
  return /^(?:always|any|unless-stopped)$/.test(word) ? "starts again" : "stays ended";
}
