import { type EngineEnd, endOf } from "../../engine";
import { instantMillis } from "./instants";

/** One container of a run, as the daemon describes it. */
export interface ContainerView {
  readonly id: string;
  readonly service: string;
  /**
   * The daemon's word for the state, or `gone` if the daemon no longer knows the container. `restarting`: the container
   * has ended and will start again.
   */
  readonly state: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead" | "gone";
  readonly exitCode: number;
  /** The daemon's time of the start. Absent or in the year 1 if the container never started. */
  readonly startedAt?: string | undefined;
  readonly finishedAt?: string | undefined;
  readonly oomKilled: boolean;
}

/**
 * The progress of `docker compose up --detach`. `going`: Compose is starting containers. `done`: Compose has started
 * all containers. `failed`: Compose could not start all containers.
 */
export type UpState =
  | { readonly kind: "going" }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly reasons: readonly string[] };

/** The state of a run on the daemon. `end` describes how the run ended. */
export type RunState =
  | { readonly kind: "starting" }
  | { readonly kind: "running" }
  | { readonly kind: "ended"; readonly end: EngineEnd };

/**
 * Decides whether a run has ended, and how. If `up` is `done`, only the containers show whether services failed: the
 * exit code of Compose is 0 even if services failed.
 *
 * A container in `exited` has ended for good: a container that the daemon will restart is in `restarting`. A container
 * in `created` can start only while `up` is `going`, because only Compose starts it.
 */
export function runState(containers: readonly ContainerView[], up: UpState): RunState {
  if (containers.some((container) => container.state === "gone")) {
    return ended("system_failure", { errors: ["A container of the run was removed by somebody else."] });
  }
  const exits = inOrderOfEnd(containers.filter(hasEnded));
  const failure = exits.find((container) => container.exitCode !== 0);
  const alive = containers.some(isAlive);

  // If a service fails while another service waits for it, Compose fails too. The containers show the better reason.
  if (failure !== undefined) return endedBy(failure);
  if (up.kind === "failed") return ended("failed", { dockerErrors: up.reasons });
  if (alive) return { kind: "running" };
  if (up.kind === "going") return { kind: exits.length > 0 ? "running" : "starting" };
  if (exits.length > 0) return ended("completed", { returnCode: 0 });
  return ended("failed", { dockerErrors: ["The compose text starts no container."] });
}

/**
 * Returns the exit code of a stopped run: the exit code of the first container that failed, or 0 if no container
 * failed. Null if no container had started.
 */
export function stoppedReturnCode(containers: readonly ContainerView[]): number | null {
  const exits = inOrderOfEnd(containers.filter((container) => hasStarted([container])));
  return exits.find((container) => container.exitCode !== 0)?.exitCode ?? (exits.length > 0 ? 0 : null);
}

/** Returns whether any container of the run has ever started. */
export function hasStarted(containers: readonly ContainerView[]): boolean {
  return containers.some(({ startedAt }) => instantMillis(startedAt) !== undefined);
}

/** Returns whether the container is running, or will run again by itself. */
export function isAlive(container: ContainerView): boolean {
  return container.state === "running" || container.state === "paused" || container.state === "restarting";
}

/**
 * Returns whether the container has started, and has ended for good. A container that could not start stays `created`,
 * and the output of Compose has the reason.
 */
export function hasEnded(container: ContainerView): boolean {
  const over = container.state === "exited" || container.state === "dead" || container.state === "removing";
  return over && hasStarted([container]);
}

function inOrderOfEnd(containers: readonly ContainerView[]): readonly ContainerView[] {
  const endOf = ({ finishedAt }: ContainerView) => instantMillis(finishedAt) ?? 0;
  return [...containers].sort((a, b) => endOf(a) - endOf(b));
}

function endedBy(container: ContainerView): RunState {
  const why = container.oomKilled ? "was killed: out of memory" : `exited with code ${container.exitCode}`;
  return ended("failed", { returnCode: container.exitCode, errors: [`Service "${container.service}" ${why}.`] });
}

function ended(...end: Parameters<typeof endOf>): RunState {
  return { kind: "ended", end: endOf(...end) };
}
