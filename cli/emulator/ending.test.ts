import { isSameProcess, isUnderNohup, type Launch, untilEnd, watchedProcesses } from "./ending";

const launch: Launch = { environment: {}, inputFlags: "0100002", parent: undefined, isDetached: false };
const npx = { npm_command: "exec", npm_lifecycle_event: "npx" };

test.each([
  ["a shell", "/bin/bash", "0100002", false],
  ["nohup in bash", "/usr/bin/nohup", "0100002", true],
  ["nohup with a terminal in another shell", "", "0100001", true],
  ["a script without input", "", "0100000", false],
  ["a system without fdinfo", undefined, "", false],
])("%s", (_title, variable, inputFlags, expected) => {
  expect(isUnderNohup({ environment: { _: variable }, inputFlags })).toBe(expected);
});

test.each<[string, Partial<Launch>, readonly number[]]>([
  ["a shell starts it", {}, []],
  ["npx starts it", { environment: npx }, [20, 10]],
  ["npx starts it under nohup", { environment: { ...npx, _: "/usr/bin/nohup" } }, []],
  ["it is detached", { environment: npx, isDetached: true }, []],
  ["another command of npm starts it", { environment: { npm_command: "run-script" } }, []],
  ["--parent names a process", { environment: npx, parent: 30 }, [30]],
  ["--parent names the process of a detached one", { parent: 30, isDetached: true }, [30]],
])("the watched processes, if %s", (_title, more, expected) => {
  expect(watchedProcesses({ ...launch, ...more }, [20, 10])).toEqual(expected);
});

test("the first process of the machine is not watched", () => {
  expect(watchedProcesses({ ...launch, environment: npx }, [20, 1])).toEqual([20]);
});

test.each<[string, string | undefined, string | undefined, boolean]>([
  ["has the same start", "5", "5", true],
  ["has another start", "5", "6", false],
  ["has ended", "5", undefined, false],
  ["had ended already", undefined, "5", false],
  ["does not show its start now", "5", "", true],
  ["did not show its start before", "", "5", true],
])("a watched process that %s", (_title, started, now, expected) => {
  expect(isSameProcess(started, now)).toBe(expected);
});

describe("after the first reason to end, the next SIGINT is not handled, so it ends the process", () => {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const before = signals.map((signal) => process.listeners(signal));
  afterEach(() => {
    for (const [at, signal] of signals.entries()) {
      for (const listener of process.listeners(signal))
        if (!before[at]?.includes(listener)) process.off(signal, listener);
    }
  });

  test.each<[string, Partial<Launch>, (typeof signals)[number] | undefined]>([
    ["SIGINT", {}, "SIGINT"],
    ["SIGTERM", {}, "SIGTERM"],
    ["SIGHUP", {}, "SIGHUP"],
    ["the end of a watched process", { parent: 2 ** 30 }, undefined],
  ])("%s", async (_title, more, signal) => {
    const ended = untilEnd({ ...launch, ...more });
    if (signal !== undefined) {
      expect(process.listeners("SIGINT")).not.toEqual(before[0]);
      process.emit(signal, signal);
    }
    await ended;
    expect(process.listeners("SIGINT")).toEqual(before[0]);
  });
});
