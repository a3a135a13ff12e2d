import { ManualClock } from "../../../testing/manual-clock";
import type { UpState } from "../run/run-state";
import { Wake } from "../run/wake";
import { watchRun } from "../run/watch";
import { FakeDaemon, runningContainer } from "./fake-daemon";

/** A run of one service. */
export const RUN = { executionId: "local-1", composeFileCode: "", timeoutSeconds: 60, gracefulTimeoutSeconds: 3 };
/** Its container. */
export const a = runningContainer("a");

/** A run that is watched, with its daemon and its clock. */
export function setUp(started = 1_000) {
  const clock = new ManualClock(started);
  const daemon = new FakeDaemon();
  const wake = new Wake(clock);
  const state: { up: UpState; stop: boolean; lost: boolean } = { up: { kind: "going" }, stop: false, lost: false };
  const reported: string[] = [];
  const outcome = watchRun(RUN, {
    daemon,
    clock,
    wake,
    log: (message) => reported.push(message),
    up: () => state.up,
    stopAsked: () => state.stop,
    daemonLost: () => state.lost,
    onRunning: () => reported.push("running"),
    onContainers: () => {},
  });
  return { clock, daemon, wake, state, reported, outcome };
}
