import { EventEmitter, getEventListeners } from "node:events";
import { fakeSurface } from "../../testing/surface";
import { readRequest } from "../options";
import { type EngineOptions, runEngine } from "../stack/session";
import { listenToStop, relay } from "./stop";

const request = readRequest(["apply", "--stack", "dev"], fakeSurface({}));
const asProcess = (emitter: EventEmitter) => emitter as unknown as NodeJS.Process;

test("each signal is an event, until the listener is removed", () => {
  const emitter = new EventEmitter();
  const stop = listenToStop(asProcess(emitter));
  const heard: string[] = [];
  stop.signal.addEventListener("abort", () => heard.push("abort"));
  emitter.emit("SIGTERM");
  emitter.emit("SIGINT");
  stop.dispose();
  expect([heard.length, stop.signal.aborted, emitter.eventNames()]).toEqual([2, true, []]);
});

test("signals before the CLI starts reach the CLI once the Automation API listens", () => {
  const from = new AbortController();
  const { signal, dispose } = relay(from.signal);
  from.abort();
  const heard: string[] = [];
  signal.addEventListener("abort", () => heard.push("a function"));
  signal.addEventListener("abort", { handleEvent: () => heard.push("an object") });
  expect(heard).toEqual(["a function", "an object"]);
  from.signal.dispatchEvent(new Event("abort"));
  expect(heard).toHaveLength(4);
  dispose();
  from.signal.dispatchEvent(new Event("abort"));
  expect(heard).toHaveLength(4);
});

test("after a signal, no command of the engine starts", async () => {
  const stop = new AbortController();
  const surface = fakeSurface({});
  let begun = 0;
  const run = () =>
    runEngine({ surface, request, stop: { signal: stop.signal, dispose: () => undefined } }, async () => {
      begun += 1;
    });
  expect((await run()).kind).toBe("succeeded");
  stop.abort();
  expect((await run()).kind).toBe("stopped");
  expect(begun).toBe(1);
});

test("a signal while a command prepares its start reaches it, and no command leaves a listener", async () => {
  const stop = new AbortController();
  const surface = fakeSurface({});
  const heard: string[] = [];
  const listen = async ({ signal }: EngineOptions) => signal.addEventListener("abort", () => heard.push("SIGINT"));
  const run = (command: (options: EngineOptions) => Promise<unknown>) =>
    runEngine({ surface, request, stop: { signal: stop.signal, dispose: () => undefined } }, command);
  for (let tries = 0; tries < 20; tries += 1) await run(listen);
  expect(getEventListeners(stop.signal, "abort")).toEqual([]);
  await run(async (options) => {
    stop.abort();
    await listen(options);
  });
  expect(heard).toEqual(["SIGINT"]);
});
