import { child, has, hasVariables, type Location, textAt, type Workload } from "../../compose/rule";
import type { RemoteContext, RunContext } from "./context";

/**
 * What happens when the container of a Compose service ends: the service ends, or Docker starts the container again.
 * `unknown`: this depends on a variable without a known value.
 */
type Ending = "ends" | "restarts" | "unknown";

/**
 * Reports a run that probably does not end before its time limit. For example, all of its Compose services start again
 * after they end, or a server goes on after the job.
 */
export function validateEndings(context: RemoteContext, { untilCompleted, job }: RunContext): void {
  const running = context.services.filter(
    ({ location }) => !has(location, "profiles") && !has(location, "provider") && runs(location),
  );
  const first = running[0];
  if (first === undefined || context.declared("services") === undefined) return;
  if (job !== undefined) {
    // The command `check` does not read the Pulumi program, so `untilCompleted` is undefined there, and nothing is
    // reported.
    const others = untilCompleted === false ? running.filter(({ name }) => name !== job) : [];
    for (const service of others) validateServer(context, service, AFTER_A_JOB);
    return;
  }
  const lasting = running.filter(({ location }) => endingOf(location) === "restarts");
  if (lasting.length < running.length) {
    if (untilCompleted) for (const service of running) validateServer(context, service, AFTER_OTHERS);
    return;
  }
  const location = policyOf(first.location) ?? first.location;
  const whose =
    running.length === 1
      ? "the only service is started again when it ends"
      : `each of the ${running.length} services is started again when it ends`;
  context.addAt("LYC2408", location, `means that the run never ends by itself: ${whose}`);
}

interface Report {
  readonly message: string;
  readonly remedy: string;
}

const AFTER_OTHERS: Report = {
  message: "goes on when the other services have ended: the run may only end by its time limit, which is no success",
  remedy:
    'Name the job with `job: "NAME"` (`--job NAME`), so that its end ends the run. Or use a server outside of the run. Nobody outside the service knows whether it ends a run before all of its services have ended.',
};

const AFTER_A_JOB: Report = {
  message:
    "goes on when the job has ended: nobody waits for the job and stops it, so the run goes on until its time limit",
  remedy: 'Set `waitFor: "completed"`, so that the provider stops this service at the end of the job.',
};

/** Matches images of servers. Their containers run until something stops them. */
const SERVERS =
  /^(?:docker\.io\/)?(?:library\/|bitnami\/)?(?:postgres|postgresql|mysql|mariadb|mongo|mongodb|redis|valkey|rabbitmq|memcached|elasticsearch|nginx)(?:[:@]|$)/;

/** Reports a Compose service that does not end although other services end. An example is a database for a job. */
function validateServer(context: RemoteContext, { location }: Workload, { message, remedy }: Report): void {
  const isServer = SERVERS.test(textAt(child(location, "image")) ?? "") && !has(location, "command");
  if (!isServer && endingOf(location) !== "restarts") return;
  context.addAtKey("LYC2408", location, message, { remedy });
}

/** Whether the Compose service has a container. A service that is scaled to zero has no container. */
function runs(service: Location): boolean {
  const replicas = child(service, "scale") ?? child(child(service, "deploy"), "replicas");
  return textAt(replicas) !== "0";
}

/** Returns the restart policy of a Compose service. `deploy.restart_policy` wins over `restart`. */
function policyOf(service: Location): Location | undefined {
  const policy = child(child(service, "deploy"), "restart_policy");
  if (policy === undefined) return child(service, "restart");
  return child(policy, "condition") ?? policy;
}

function endingOf(service: Location): Ending {
  const policy = policyOf(service);
  const word = textAt(policy) ?? "";
  if (hasVariables(word)) return "unknown";
  return /^(?:always|any|unless-stopped)$/.test(word) ? "restarts" : "ends";
}
