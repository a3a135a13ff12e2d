import type { ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { readyLine } from "./ready-line";

function setUp() {
  const [stdout, stderr, kill] = [new PassThrough(), new PassThrough(), jest.fn()];
  const child = Object.assign(new EventEmitter(), { stdout, stderr, kill });
  return { child, stdout, stderr, kill, ready: readyLine(child as unknown as ChildProcess) };
}

test("the first line of an emulator may arrive in pieces", async () => {
  const { stdout, ready, kill } = setUp();
  stdout.write('{"url":');
  stdout.write('"u"}\nmore');
  expect(await ready).toEqual({ url: "u" });
  expect(kill).not.toHaveBeenCalled();
});

test("an emulator that prints another line is killed", async () => {
  const { stdout, ready, kill } = setUp();
  stdout.write("Debugger listening\n");
  await expect(ready).rejects.toThrow("The emulator printed a line that is not JSON: Debugger listening.");
  expect(kill).toHaveBeenCalledWith("SIGKILL");
});

test("an emulator that ends or cannot be started is an error", async () => {
  const [ended, failed] = [setUp(), setUp()];
  ended.child.emit("exit", 1);
  await expect(ended.ready).rejects.toThrow("The emulator ended with 1.");
  failed.child.emit("error", new Error("ENOENT"));
  await expect(failed.ready).rejects.toThrow("ENOENT");
});

test("an emulator that is not ready in time is killed", async () => {
  jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick"] });
  const { ready, kill } = setUp();
  jest.advanceTimersByTime(120_000);
  await expect(ready).rejects.toThrow("The emulator was not ready after 120 s.");
  expect(kill).toHaveBeenCalledWith("SIGKILL");
  jest.useRealTimers();
});
