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
  /** The status and the return code of a run that has ended. For another run, the name of its state. */
  expected: string,
];

const TABLE: readonly Row[] = [
  ["nothing yet", [], going, "starting"],
  ["created only, compose at work", [created], going, "starting"],
  ["created only, compose done", [created], done, "failed null"],
  ["nothing at all, compose done", [], done, "failed null"],
  ["compose refused", [], failed, "failed null"],
  ["one could not be started", [running, created], failed, "failed null"],
  ["running", [running], done, "running"],
  ["paused is running", [container("paused")], done, "running"],
  ["restarting is running", [container("restarting", { exitCode: 1 })], done, "running"],
  ["one running, one still to start", [running, created], going, "running"],
  ["one ended well, one running", [exit(0), running], done, "running"],
  ["an init container ended well, the main one waits", [exit(0), created], going, "running"],
  ["all ended well", [exit(0), exit(0)], done, "completed 0"],
  ["all ended well, compose still at work", [exit(0)], going, "running"],
  ["one failed, one running", [exit(3), running], done, "failed 3"],
  ["one failed, another restarts", [exit(3), container("restarting")], done, "failed 3"],
  ["an init container failed, compose at work", [exit(3), created], going, "failed 3"],
  ["an init container failed, compose gave up", [exit(3), created], failed, "failed 3"],
  ["an init container failed, compose gave up, another runs", [exit(3), created, running], failed, "failed 3"],
  ["the earliest failure counts", [exit(0, 2), exit(5, 8), exit(3, 7)], done, "failed 3"],
  ["the earliest exit counts", [exit(5, 8), exit(0, 7)], done, "failed 5"],
  ["removed by somebody", [exit(0), container("gone")], done, "system_failure null"],
  ["being removed after its end", [container("removing", { exitCode: 4, finishedAt: at(3) })], done, "failed 4"],
];

test.each(TABLE)("the state of a run from its containers: %s", (_name, containers, up, expected) => {
  const result = runState(containers, up);
  expect(result.kind === "ended" ? `${result.end.status} ${result.end.returnCode}` : result.kind).toBe(expected);
});

test("an end names the service and the reason", () => {
  expect(runState([exit(3, 9, "worker"), running], done)).toEqual({
    kind: "ended",
    end: { status: "failed", returnCode: 3, errors: ['Service "worker" exited with code 3.'], dockerErrors: [] },
  });
  const killed = container("exited", { exitCode: 137, oomKilled: true, finishedAt: at(2) });
  expect(runState([killed], done)).toMatchObject({
    end: { errors: ['Service "a" was killed: out of memory.'] },
  });
  expect(runState([], failed)).toMatchObject({ end: { errors: [], dockerErrors: ["no such image"] } });
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
