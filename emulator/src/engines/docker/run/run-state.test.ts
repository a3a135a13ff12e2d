import type { RunEnd } from "../../engine";
import { type ContainerView, runState, stoppedReturnCode, type UpState } from "./run-state";

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, "0")}.5Z`;
const NEVER = "0001-01-01T00:00:00Z";

function container(state: ContainerView["state"], more: Partial<ContainerView> = {}): ContainerView {
  const started = state === "created" ? NEVER : at(1);
  return {
    id: "c",
    service: "a",
    state,
    exitCode: 0,
    startedAt: started,
    finishedAt: NEVER,
    oomKilled: false,
    ...more,
  };
}
const created = container("created");
const running = container("running");
const exit = (exitCode: number, second = 9, service = "a") =>
  container("exited", { exitCode, finishedAt: at(second), service });

const going: UpState = { kind: "going" };
const done: UpState = { kind: "done" };
const failed: UpState = { kind: "failed", reasons: ["no such image"] };

type Row = readonly [
  name: string,
  containers: readonly ContainerView[],
  up: UpState,
  expected: Readonly<Record<RunEnd, string>>,
];

/** Status and return code of an end, else the state's own word. */
const same = (word: string) => ({ all: word, "first-failure": word, "first-exit": word });

const TABLE: readonly Row[] = [
  ["nothing yet", [], going, same("starting")],
  ["created only, compose at work", [created], going, same("starting")],
  ["created only, compose done", [created], done, same("failed null")],
  ["nothing at all, compose done", [], done, same("failed null")],
  ["compose refused", [], failed, same("failed null")],
  ["one could not be started", [running, created], failed, same("failed null")],
  ["running", [running], done, same("running")],
  ["paused is running", [container("paused")], done, same("running")],
  ["restarting is running", [container("restarting", { exitCode: 1 })], done, same("running")],
  ["one running, one still to start", [running, created], going, same("running")],
  ["one ended well, one running", [exit(0), running], done, { ...same("running"), "first-exit": "completed 0" }],
  [
    "an init container ended well, the main one waits",
    [exit(0), created],
    going,
    { ...same("running"), "first-exit": "completed 0" },
  ],
  ["all ended well", [exit(0), exit(0)], done, same("completed 0")],
  ["all ended well, compose still at work", [exit(0)], going, { ...same("running"), "first-exit": "completed 0" }],
  ["one failed, one running", [exit(3), running], done, { ...same("failed 3"), all: "running" }],
  ["one failed, another restarts", [exit(3), container("restarting")], done, { ...same("failed 3"), all: "running" }],
  ["an init container failed, compose at work", [exit(3), created], going, { ...same("failed 3"), all: "running" }],
  ["an init container failed, compose gave up", [exit(3), created], failed, same("failed 3")],
  [
    "an init container failed, compose gave up, another runs",
    [exit(3), created, running],
    failed,
    { ...same("failed 3"), all: "running" },
  ],
  [
    "the earliest failure counts",
    [exit(0, 2), exit(5, 8), exit(3, 7)],
    done,
    { ...same("failed 3"), "first-exit": "completed 0" },
  ],
  ["the earliest exit counts", [exit(5, 8), exit(0, 7)], done, { ...same("failed 5"), "first-exit": "completed 0" }],
  ["removed by somebody", [exit(0), container("gone")], done, same("system_failure null")],
  ["being removed after its end", [container("removing", { exitCode: 4, finishedAt: at(3) })], done, same("failed 4")],
];

describe.each(["all", "first-failure", "first-exit"] as const)("run ends at %s", (runEnd) => {
  test.each(TABLE)("%s", (_name, containers, up, expected) => {
    const result = runState(containers, up, runEnd);
    expect(result.kind === "ended" ? `${result.end.status} ${result.end.returnCode}` : result.kind).toBe(
      expected[runEnd],
    );
  });
});

test("an end says which service, and why", () => {
  expect(runState([exit(3, 9, "worker"), running], done, "first-failure")).toEqual({
    kind: "ended",
    end: { status: "failed", returnCode: 3, errors: ['Service "worker" exited with code 3.'], dockerErrors: [] },
  });
  const killed = container("exited", { exitCode: 137, oomKilled: true, finishedAt: at(2) });
  expect(runState([killed], done, "all")).toMatchObject({
    end: { errors: ['Service "a" was killed: out of memory.'] },
  });
  expect(runState([], failed, "all")).toMatchObject({ end: { errors: [], dockerErrors: ["no such image"] } });
});

test.each([
  ["nothing started", [created], null],
  ["nothing there", [], null],
  ["all ended well", [exit(0), exit(0)], 0],
  ["killed", [exit(0, 2), exit(137, 3)], 137],
  ["the earliest non-zero code", [exit(143, 8), exit(0, 1), exit(137, 9)], 143],
])("return code of a stopped run: %s", (_name, containers, expected) => {
  expect(stoppedReturnCode(containers)).toBe(expected);
});
