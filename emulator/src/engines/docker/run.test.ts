import { ManualClock } from "../../clock/manual";
import type { EngineEnd, EngineRun } from "../engine";
import type { ComposeExit } from "./compose";
import { runScope } from "./names";
import { Run } from "./run";
import type { RunFolders } from "./run-folder";
import { exited, FakeDaemon, runningContainer, settle } from "./testing/fake-daemon";
import { endedOutput, logFrame } from "./testing/log-frames";

const RUN: EngineRun = {
  executionId: "local-1",
  composeFileCode: "services: {a: {image: x}}",
  timeoutSeconds: 60,
  gracefulTimeoutSeconds: 3,
};
const a = runningContainer("a");

function setUp(more: Partial<EngineRun> = {}) {
  const clock = new ManualClock(1_000);
  const daemon = new FakeDaemon();
  daemon.images = new Set(["x"]);
  const reported: string[] = [];
  const ends: EngineEnd[] = [];
  const noted: string[] = [];
  const calls: { readonly args: readonly string[]; end(exit: Partial<ComposeExit>): void; killed: boolean }[] = [];
  const folders: RunFolders = {
    create: async () => ({ cwd: "/empty", config: "/config" }),
    writeConfig: async () => {},
    removeConfig: async () => {},
    writeNotes: async ({ up }) => void noted.push(up ? "up" : "not up"),
    allNotes: async () => [],
    remove: async () => void noted.push("removed"),
    removeAll: async () => {},
  };
  const run = new Run(
    { ...RUN, ...more },
    runScope("local-1", "mark"),
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
      machine: { cpus: 2, memoryBytes: 2 * 1024 ** 3 },
      runEnd: "first-failure",
      callCompose: (_cli, { args }) => {
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
        const kill = () => {
          call.killed = true;
          call.end({ code: null });
        };
        return { pid: 1, finished, kill };
      },
    },
  );
  return { run, clock, daemon, reported, ends, calls, noted };
}

/** Answers the normalisation, so that the run goes on. */
async function normalised(calls: ReturnType<typeof setUp>["calls"], service: object = { image: "x" }): Promise<void> {
  await settle();
  calls[0]?.end({ stdout: JSON.stringify({ services: { a: service } }) });
  await settle();
}

test("a run's life, reported in order, with nothing after its end", async () => {
  const { run, clock, daemon, reported, ends, calls, noted } = setUp();
  const over = run.start();
  await normalised(calls, { image: "x", gpus: [{ count: -1 }] });
  expect(calls.map(({ args }) => args[0])).toEqual(["config", "up"]);
  daemon.containersNow = [a];
  run.notice();
  await settle();
  calls[1]?.end({});
  await settle();
  daemon.containersNow = [exited(a, 0)];
  run.notice();
  await settle();
  await clock.advance(1_000, settle);
  await over;
  expect(reported).toEqual(["starting", expect.stringMatching(/^a: \[emulator\] No GPU here/), "running", "ended"]);
  expect(ends).toEqual([{ status: "completed", returnCode: 0, errors: [], dockerErrors: [] }]);
  expect(daemon.asked).toEqual(["sweep local-1"]);
  expect(noted).toEqual(["not up", "not up", "up", "removed"]);
});

test("an abort while compose is at work ends compose, so that it starts nothing further", async () => {
  const { run, clock, daemon, ends, calls } = setUp();
  const over = run.start();
  await normalised(calls);
  daemon.containersNow = [a, { ...runningContainer("b"), state: "created" }];
  run.notice();
  await settle();
  run.abort();
  await settle();
  expect(calls[1]?.killed).toBe(true);
  expect(daemon.asked).toEqual(["stop a 3"]);
  daemon.containersNow = [exited(a, 137)];
  daemon.abandonedRuns = [2];
  await clock.advance(10_000, settle);
  await over;
  expect(ends).toEqual([{ status: "aborted", returnCode: 137, errors: [], dockerErrors: [] }]);
  expect(daemon.asked.filter((request) => request.startsWith("sweep"))).toHaveLength(4);
});

test.each([
  ["before its turn came", 0],
  ["while compose normalises", 1],
])("an abort %s starts nothing at all", async (_name, when) => {
  const { run, clock, ends, calls } = setUp();
  if (when === 0) run.abort();
  const over = run.start();
  await settle();
  if (when === 1) run.abort();
  await settle();
  await clock.advance(5_000, settle);
  await over;
  expect(ends).toEqual([{ status: "aborted", returnCode: null, errors: [], dockerErrors: [] }]);
  expect(calls.map(({ args }) => args[0])).not.toContain("up");
});

test("a second abort does not begin the grace anew", async () => {
  const { run, clock, daemon, calls } = setUp();
  const over = run.start();
  await normalised(calls);
  calls[1]?.end({});
  daemon.containersNow = [a];
  run.notice();
  await settle();
  run.abort();
  await settle();
  await clock.advance(2_000, settle);
  run.abort();
  daemon.containersNow = [a, runningContainer("late")];
  await settle();
  await clock.advance(1_000, settle);
  expect(daemon.asked).toEqual(["stop a 3", "stop late 1"]);
  daemon.containersNow = [];
  await clock.advance(5_000, settle);
  await over;
});

test("a timeout stops with the grace", async () => {
  const { run, clock, daemon, ends, calls } = setUp({ timeoutSeconds: 5 });
  const over = run.start();
  await normalised(calls);
  calls[1]?.end({});
  daemon.containersNow = [{ ...a, startedAt: new Date(clock.now()).toISOString() }];
  run.notice();
  await settle();
  await clock.advance(5_000, settle);
  expect(daemon.asked).toEqual(["stop a 3"]);
  daemon.containersNow = [exited(a, 143)];
  await clock.advance(5_000, settle);
  await over;
  const errors = ["The run was ended after its timeout of 5 s."];
  expect(ends).toEqual([{ status: "timeout", returnCode: null, errors, dockerErrors: [] }]);
});

test("closing kills, says so, and cuts a long grace short", async () => {
  const { run, clock, daemon, ends, calls } = setUp({ gracefulTimeoutSeconds: 300 });
  const over = run.start();
  await normalised(calls);
  calls[1]?.end({});
  daemon.containersNow = [a];
  run.notice();
  await settle();
  run.abort();
  await settle();
  run.close();
  await settle();
  expect(daemon.asked).toEqual(["stop a 300", "kill a"]);
  daemon.containersNow = [exited(a, 137)];
  await clock.advance(5_000, settle);
  await over;
  expect(ends).toEqual([{ status: "aborted", returnCode: 137, errors: [], dockerErrors: [] }]);
});

test("what a run that is closed had written is shown before its end", async () => {
  const { run, clock, daemon, reported, calls } = setUp();
  const over = run.start();
  await normalised(calls);
  calls[1]?.end({});
  daemon.containersNow = [a];
  daemon.output = async () => ({ stream: endedOutput(logFrame("hello\n", 1)), tty: false });
  run.notice();
  await settle();
  run.close();
  await settle();
  daemon.containersNow = [exited(a, 137)];
  run.notice();
  await settle();
  await over;
  expect(reported).toEqual(["starting", "running", "a: hello", "ended"]);
  await clock.advance(5_000, settle);
  expect(reported.at(-1)).toBe("ended");
});

test("closing a run that nobody had aborted is the emulator's error", async () => {
  const { run, clock, ends } = setUp();
  const over = run.start();
  await settle();
  run.close();
  await settle();
  await clock.advance(5_000, settle);
  await over;
  expect(ends).toMatchObject([
    { status: "system_failure", errors: ["The emulator was closed while the run was going."] },
  ]);
});

test("what cannot start is failed, with compose's text and without the credential", async () => {
  const { run, clock, ends, calls } = setUp({
    registryCredentials: { type: "basic", username: "me", password: "hunter2" },
  });
  const over = run.start();
  await settle();
  calls[0]?.end({ code: 1, stderr: "no, hunter2\n" });
  await settle();
  await clock.advance(1_000, settle);
  await over;
  expect(ends).toEqual([{ status: "failed", returnCode: null, errors: [], dockerErrors: ["no, [redacted]"] }]);
});

test("an error of the machine ends the run as the machine's error", async () => {
  const { run, clock, daemon, ends, calls } = setUp();
  daemon.hasImage = async () => {
    throw new Error("disk full");
  };
  const over = run.start();
  await normalised(calls);
  await clock.advance(1_000, settle);
  await over;
  expect(ends).toMatchObject([{ status: "system_failure", errors: [expect.stringContaining("disk full")] }]);
});

test.each([
  ["was away and is back", true],
  ["does not answer", false],
])("what could not start because the daemon %s is not the text's error", async (_name, isBack) => {
  const { run, clock, daemon, ends, calls } = setUp();
  daemon.images = new Set();
  const over = run.start();
  await normalised(calls);
  if (isBack) run.daemonLost();
  else daemon.failure = new Error("connect ECONNREFUSED");
  calls[1]?.end({ code: 1, stderr: "Cannot connect to the Docker daemon\n" });
  await settle();
  daemon.failure = undefined;
  await clock.advance(1_000, settle);
  await over;
  expect(ends).toMatchObject([{ status: "system_failure", dockerErrors: ["Cannot connect to the Docker daemon"] }]);
});

test("an abort is not reported as the end before a daemon that is silent has answered and everything is gone", async () => {
  const { run, clock, daemon, ends, calls } = setUp();
  const over = run.start();
  await normalised(calls);
  daemon.containersNow = [a];
  calls.at(-1)?.end({});
  await settle();
  daemon.failure = new Error("the daemon does not answer");
  run.abort();
  await clock.advance(600_000, settle);
  expect(ends).toEqual([]);
  daemon.failure = undefined;
  const { kill } = daemon;
  daemon.kill = async (id) => {
    daemon.containersNow = [exited(a, 137)];
    return kill.call(daemon, id);
  };
  for (let second = 0; second < 60; second++) await clock.advance(1_000, settle);
  expect(ends).toMatchObject([{ status: "aborted", returnCode: 137 }]);
  await over;
  expect(daemon.asked.at(-1)).toBe("sweep local-1");
});
