import { PassThrough } from "node:stream";
import { ManualClock } from "../../../testing/manual-clock";
import { settle } from "../testing/fake-daemon";
import { type ContainerEvent, eventReader, listen } from "./events";

const event = (Action: string, execution: string | undefined = "local-1") =>
  `${JSON.stringify({ Action, Actor: { ID: "c", Attributes: { "pulumi-lyceum.execution": execution } } })}\n`;

test("events are read wherever the network cuts them, without health checks and other containers", () => {
  const events: ContainerEvent[] = [];
  const read = eventReader((one) => events.push(one));
  const [start, die] = [event("start"), event("die", "local-2")];
  const text = [start, event("exec_start: sh"), event("health_status: healthy"), "garbage\n", die].join("");
  for (let at = 0; at < text.length; at += 7) read(Buffer.from(text.slice(at, at + 7)));
  read(Buffer.from(`${JSON.stringify({ Action: "start", Actor: { Attributes: {} } })}\n`));
  expect(events).toEqual([
    { executionId: "local-1", action: "start" },
    { executionId: "local-2", action: "die" },
  ]);
});

test("a lost connection is opened again, and every run then checks its containers", async () => {
  const clock = new ManualClock(0);
  const streams: (PassThrough | Error)[] = [new PassThrough(), new Error("refused"), new PassThrough()];
  const [first, , third] = streams as [PassThrough, Error, PassThrough];
  const reported: string[] = [];
  const asked: string[] = [];
  const daemon = {
    events: async (label: string, value: string) => {
      asked.push(`${label}=${value}`);
      const next = streams.shift();
      if (next instanceof PassThrough) return next;
      throw next ?? new Error("no more");
    },
  };
  const listening = listen("mark", {
    daemon,
    clock,
    onEvent: ({ action }) => reported.push(action),
    onLost: () => reported.push("lost"),
    onGap: () => reported.push("gap"),
  });
  await settle();
  first.write(event("start"));
  await settle();
  first.end();
  await settle();
  await clock.advance(2_000, settle);
  third.write(event("die"));
  await settle();
  listening.stop();
  await clock.advance(10_000, settle);
  expect(reported).toEqual(["gap", "start", "lost", "gap", "die"]);
  expect(asked).toEqual(Array.from({ length: 3 }, () => "pulumi-lyceum.emulator=mark"));
  expect(third.destroyed).toBe(true);
});
