import { ManualClock } from "../../../testing/manual-clock";
import type { EngineEnd, EngineRun } from "../../engine";
import type { ComposeExit } from "../daemon/compose";
import type { ContainerView } from "../daemon/run-state";
import { runScope } from "../names";
import { Run } from "../run/run";
import type { RunFolders } from "../run/run-folder";
import { FakeDaemon, runningContainer, settle } from "./fake-daemon";

/** A run of one service. */
export const RUN: EngineRun = {
  executionId: "local-1",
  composeFileCode: "services: {a: {image: x}}",
  timeoutSeconds: 60,
  gracefulTimeoutSeconds: 3,
};
/** The container of the run. */
export const a = runningContainer("a");

/** Returns a run with a daemon and a Compose program that the test controls. */
export function setUp(more: Partial<EngineRun> = {}) {
  const clock = new ManualClock(1_000);
  const daemon = new FakeDaemon();
  daemon.images = new Set(["x"]);
  const reported: string[] = [];
  const ends: EngineEnd[] = [];
  const noted: string[] = [];
  const calls: { readonly args: readonly string[]; end(exit: Partial<ComposeExit>): void; killed: boolean }[] = [];
  const folders: RunFolders = {
    create: async () => ({ cwd: "/empty", config: "/config" }),
    projects: async () => [],
    remove: async () => void noted.push("removed"),
    removeAll: async () => {},
  };
  const run = new Run(
    { ...RUN, ...more },
    runScope("local-1", "mark", "me"),
    {
      status: (status) => reported.push(status),
      line: ({ service, message }) => reported.push(`${service}: ${message}`),
      ended: (end) => {
        reported.push("ended");
        ends.push(end);
      },
    },
    {
      daemon,
      cli: { plugin: "/compose", socket: "/socket" },
      folders,
      clock,
      log: () => {},
      cpus: 2,
      callCompose: (_cli, { args, signal }) => {
        let end = (_exit: ComposeExit) => {};
        const finished = new Promise<ComposeExit>((resolve) => {
          end = resolve;
        });
        const call = {
          args,
          killed: false,
          end: (exit: Partial<ComposeExit>) => end({ code: 0, stdout: "", stderr: "", ...exit }),
        };
        calls.push(call);
        signal.addEventListener("abort", () => {
          call.killed = true;
          call.end({ code: null });
        });
        return finished;
      },
    },
  );
  return { run, clock, daemon, reported, ends, calls, noted };
}

/** Answers the call that normalizes the model, so that the run continues. */
export async function answerNormalization(
  calls: ReturnType<typeof setUp>["calls"],
  service: object = { image: "x" },
): Promise<void> {
  await settle();
  calls[0]?.end({ stdout: JSON.stringify({ services: { a: service } }) });
  await settle();
}

/**
 * Returns a run that is running, after Compose has finished. `end` gives the daemon new containers, and waits until the
 * run has ended.
 */
export async function runningRun(more: Partial<EngineRun> = {}) {
  const made = setUp(more);
  const { run, calls, daemon, clock } = made;
  const over = run.start();
  await answerNormalization(calls);
  calls[1]?.end({});
  daemon.containersNow = [a];
  run.notice();
  await settle();
  const end = async (...containers: readonly ContainerView[]): Promise<void> => {
    daemon.containersNow = containers;
    await clock.advance(10_000, settle);
    await over;
  };
  return { ...made, end };
}
