import fc from "fast-check";
import type { EngineLine } from "../../engine";
import { daemonTime, logFrame } from "../testing/log-frames";
import { frameReader, LineAssembler, terminalReader } from "./output-lines";

const stamp = daemonTime;
const frame = (stream: "stdout" | "stderr", content: string | Buffer, millis = 1) => logFrame(content, millis, stream);

function linesOf(bytes: Buffer, cuts: readonly number[] = [], reader = frameReader): EngineLine[] {
  const lines: EngineLine[] = [];
  const assembler = new LineAssembler("web", (line) => lines.push(line));
  const read = reader((one) => assembler.add(one));
  const locations = [0, ...[...cuts].sort((a, b) => a - b).filter((cut) => cut < bytes.length), bytes.length];
  for (let i = 1; i < locations.length; i++) read(bytes.subarray(locations[i - 1], locations[i]));
  assembler.flush();
  return lines;
}

test("lines of both streams, with the service and the daemon's time", () => {
  const bytes = Buffer.concat([
    frame("stdout", "one\n", 5),
    frame("stderr", "two\r\n", 6),
    frame("stdout", "no end", 7),
  ]);
  expect(linesOf(bytes)).toEqual([
    { service: "web", stream: "stdout", message: "one", timestamp: stamp(5) },
    { service: "web", stream: "stderr", message: "two", timestamp: stamp(6) },
    { service: "web", stream: "stdout", message: "no end", timestamp: stamp(7) },
  ]);
});

test("the same lines, wherever the network cuts the stream", () => {
  const bytes = Buffer.concat([
    frame("stdout", "a ü b\n"),
    frame("stderr", "c\n"),
    frame("stdout", "\n"),
    frame("stdout", "d"),
  ]);
  const whole = linesOf(bytes);
  expect(whole.map((line) => line.message)).toEqual(["a ü b", "c", "", "d"]);
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
      expect(linesOf(bytes, cuts)).toEqual(whole);
    }),
  );
});

test("a long line has parts with timestamps, and parts of the other stream between them", () => {
  const part = "x".repeat(4000);
  const bytes = Buffer.concat([frame("stdout", part, 1), frame("stderr", "err\n", 2), frame("stdout", `${part}\n`, 1)]);
  expect(linesOf(bytes).map((line) => [line.stream, line.message.length])).toEqual([
    ["stderr", 3],
    ["stdout", 8000],
  ]);
});

test("a line that the daemon has cut into many messages is joined, and only its ends are kept", () => {
  const parts = (count: number) => Array.from({ length: count }, () => frame("stdout", "y".repeat(16_000)));
  const lines = (count: number) =>
    linesOf(Buffer.concat([...parts(count), frame("stdout", "END\n"), frame("stdout", "z\n")]));
  expect(lines(4)).toMatchObject([{ message: `${"y".repeat(64_000)}END` }, { message: "z" }]);
  const [long, next] = lines(40);
  expect(long?.message).toMatch(/^y+END$/);
  expect((long?.message.length ?? 0) + (long?.omittedBytes ?? 0)).toBe(640_003);
  expect([(long?.message.length ?? 0) < 300_000, next]).toEqual([true, { ...next, message: "z" }]);
});

test("bytes that are neither text nor frame do no harm", () => {
  expect(linesOf(frame("stdout", Buffer.from([0xff, 0xfe, 10])))[0]?.message).toBe("\ufffd\ufffd");
  expect(() => linesOf(Buffer.from("ffffffffffffffff"))).toThrow("not framed");
});

test("a container with a terminal has no frames", () => {
  const bytes = Buffer.from(`${stamp(1)} one\r\n${stamp(2)} two words\r\n`);
  expect(linesOf(bytes, [7, 40], terminalReader).map((line) => [line.message, line.timestamp])).toEqual([
    ["one", stamp(1)],
    ["two words", stamp(2)],
  ]);
});

test("a long line of a container with a terminal is passed on in parts, with one time", () => {
  const bytes = Buffer.from(`${stamp(1)} ${"x".repeat(3_000_000)} END\r\n${stamp(2)} next\n`);
  const cuts = Array.from({ length: 300 }, (_, at) => at * 10_000);
  const [long, next] = linesOf(bytes, cuts, terminalReader);
  expect(long).toMatchObject({ timestamp: stamp(1), message: expect.stringMatching(/^x+ END$/) });
  expect((long?.message.length ?? 0) + (long?.omittedBytes ?? 0)).toBe(3_000_004 + "\r\n".length - 2);
  expect(next).toMatchObject({ message: "next", timestamp: stamp(2) });
});
