import { read } from "..";
import { never, nextCommand, recorded, startProcess } from "../testing/recorded-resource";

// Tests what every host relies on: the types of answers, the reasons, and the process cache of a command.

test("a program may read a run that it does not manage; an unknown run is an error", async () => {
  const { runtime } = await nextCommand();
  const foreign = (id: string) => read(runtime, { state: { id, urn: "", properties: {} }, signal: never });
  expect(await foreign("run-1")).toMatchObject({ executionId: "run-1", status: "running" });
  await expect(foreign("run-9")).rejects.toMatchObject({ code: "LYC3009" });
});
describe("a refresh of many", () => {
  test("reads one list for all, and prints a line for each run whose status has changed", async () => {
    const process = startProcess();
    const first = await recorded(process);
    const states = Array.from({ length: 50 }, (_, index) => ({
      ...first.state,
      urn: `urn:pulumi:dev::shop::x::${index}`,
    }));
    process.service.calls.length = 0;
    process.rows.length = 0;
    const idle = process.newCommand();
    await Promise.all(states.map((state) => read(idle, { state, signal: never })));
    expect([process.service.calls, process.rows]).toEqual([["listActive"], []]);
    for (const run of process.service.runs) process.service.end(run, "failed", 3);
    const runtime = process.newCommand();
    const outputs = await Promise.all(states.slice(0, 2).map((state) => read(runtime, { state, signal: never })));
    expect(outputs.map(({ status }) => status)).toEqual(["failed", "failed"]);
    expect(process.rows).toEqual(
      ["0", "1"].map((name) => `${name} notice: Run run-1: running → failed with exit code 3`),
    );
    expect(process.service.calls.slice(1)).toEqual(["listActive", "record run-1", "record run-1"]);
  });
});
