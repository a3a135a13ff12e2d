import { PassThrough } from "node:stream";

/** Returns a timestamp as the daemon prints it, `millis` after the start of 2026. */
export function daemonTime(millis: number): string {
  return `${new Date(Date.UTC(2026) + millis).toISOString().slice(0, -1)}000000Z`;
}

/** Returns one message of a container's log as the daemon sends it: a header of 8 bytes, the timestamp, the content. */
export function logFrame(content: string | Buffer, millis: number, stream: "stdout" | "stderr" = "stdout"): Buffer {
  const body = Buffer.concat([Buffer.from(`${daemonTime(millis)} `), Buffer.from(content)]);
  const header = Buffer.from([stream === "stdout" ? 1 : 2, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

/** Returns the whole output of an ended container. */
export function endedOutput(...frames: readonly Buffer[]): PassThrough {
  const stream = new PassThrough();
  for (const frame of frames) stream.write(frame);
  stream.end();
  return stream;
}
