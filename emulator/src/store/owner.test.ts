import { execFileSync } from "node:child_process";
import { machineOf, type Owner, ownerState, ownerText, parseOwner, processesHere } from "./owner";

const own: Owner = { user: "1000", machine: "m1", boot: "b1", namespace: "4026", pid: 10, started: "500" };

test.each<[string, Partial<Owner>, string | undefined, string]>([
  ["it runs", {}, "500", "alive"],
  ["it has ended", {}, undefined, "ended"],
  ["its id now belongs to another process", {}, "777", "ended"],
  ["the system does not show when it started", {}, "", "alive"],
  ["the system did not show when it started", { started: "" }, "500", "alive"],
  ["the machine was started again", { boot: "b0" }, "500", "ended"],
  ["the machine does not show when it was started", { boot: "unknown" }, "500", "alive"],
  ["the machine does not show when it was started, and it has ended", { boot: "unknown" }, undefined, "ended"],
  ["it is in another container", { namespace: "4027" }, undefined, "foreign"],
  ["it is on another machine", { machine: "m2" }, undefined, "foreign"],
  ["it is on another machine that was started again", { machine: "m2", boot: "b0" }, undefined, "foreign"],
  ["it belongs to another user", { user: "0" }, undefined, "foreign"],
])("a process, if %s", (_title, more, started, state) => {
  expect(ownerState({ ...own, ...more }, { own, startOf: () => started })).toBe(state);
});

test.each<[string, Partial<Owner>, string | undefined, string]>([
  ["of another boot is perhaps on another machine", { boot: "b0" }, undefined, "foreign"],
  ["of an unknown boot is perhaps on another machine", { boot: "unknown" }, undefined, "foreign"],
  ["of the same boot is on this machine", {}, undefined, "ended"],
  ["of the same boot runs", {}, "500", "alive"],
])("without an id of the machine, a process %s", (_title, more, started, state) => {
  const named = { ...own, machine: machineOf("build", "") };
  expect(ownerState({ ...named, ...more }, { own: named, startOf: () => started })).toBe(state);
  expect(parseOwner(ownerText(named))).toEqual(named);
  expect(machineOf("build", "1")).not.toBe(named.machine);
});

test("this process is alive, and a process that has ended is not", () => {
  const here = processesHere();
  expect(ownerState(here.own, here)).toBe("alive");
  const pid = Number(execFileSync("sh", ["-c", "echo $$"], { encoding: "utf8" }));
  expect(ownerState({ ...here.own, pid }, here)).toBe("ended");
  expect(ownerState({ ...here.own, started: "1" }, here)).toBe("ended");
});

test("an owner is read as it was written, and any other text is no owner", () => {
  expect(parseOwner(ownerText(own))).toEqual(own);
  expect(parseOwner(ownerText(processesHere().own))).toEqual(processesHere().own);
  for (const text of ["", "1", "somebody", "a:b:c:d:-1:f", "a:b:c:d:0:f"]) expect(parseOwner(text)).toBeUndefined();
});
