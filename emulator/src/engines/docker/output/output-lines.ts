import type { EngineLine } from "../../engine";
import { ArrivingLine } from "../../long-line";

/** One message in the log of a container: a line, or a part of a long line. */
export interface LogFrame {
  readonly stream: "stdout" | "stderr";
  /** The time as the daemon prints it. The seconds have nine decimal digits, so sorting the texts sorts the times. */
  readonly timestamp: string;
  /** The text. A line feed is at its end, unless the line continues in the next frame of the stream. */
  readonly content: Buffer;
}

/** The largest accepted frame in bytes. The daemon divides lines into messages of 16 KB, so its frames are smaller. */
const FRAME_LIMIT = 1024 * 1024;

/**
 * The longest part of a line, in bytes, that {@link terminalReader} collects. It then passes the part on, without
 * waiting for the end of the line.
 */
const PART_OF_LINE = 64 * 1024;

/**
 * Returns a function that splits the daemon's multiplexed stream. Each frame has a header of 8 bytes (stream, length),
 * a timestamp and the message.
 */
export function frameReader(onFrame: (frame: LogFrame) => void): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0);
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (pending.length >= 8) {
      const length = pending.readUInt32BE(4);
      if (length > FRAME_LIMIT) throw new Error("the daemon's output is not framed as expected");
      if (pending.length < 8 + length) break;
      onFrame(toFrame(pending[0] === 2 ? "stderr" : "stdout", pending.subarray(8, 8 + length)));
      pending = pending.subarray(8 + length);
    }
  };
}

/** Returns a function that splits the output of a container with `tty` into lines. Such output has no frames. */
export function terminalReader(onFrame: (frame: LogFrame) => void): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0);
  /** The time of the current line, if `onFrame` has already received the beginning of this line. */
  let timestamp: string | undefined;
  const pass = (bytes: Buffer): void => {
    const frame = timestamp === undefined ? toFrame("stdout", bytes) : { timestamp, stream: "stdout" as const };
    onFrame({ content: bytes, ...frame });
    timestamp = bytes.at(-1) === 10 ? undefined : frame.timestamp;
  };
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (let end = pending.indexOf(10); end >= 0; end = pending.indexOf(10)) {
      pass(pending.subarray(0, end + 1));
      pending = pending.subarray(end + 1);
    }
    if (pending.length <= PART_OF_LINE) return;
    pass(pending);
    pending = Buffer.alloc(0);
  };
}

/** Joins messages into lines. */
export class LineAssembler {
  /** The incomplete line of each output stream, with the time of the first message of this line. */
  readonly #open = new Map<LogFrame["stream"], { readonly line: ArrivingLine; readonly timestamp: string }>();

  constructor(
    private readonly service: string,
    private readonly onLine: (line: EngineLine) => void,
  ) {}

  add({ stream, timestamp, content }: LogFrame): void {
    const open = this.#open.get(stream) ?? { line: new ArrivingLine(), timestamp };
    this.#open.set(stream, open);
    open.line.add(content);
    if (content.at(-1) === 10) this.#end(stream);
  }

  /** Ends incomplete lines, because the container has stopped. */
  flush(): void {
    for (const stream of [...this.#open.keys()]) this.#end(stream);
  }

  #end(stream: LogFrame["stream"]): void {
    const open = this.#open.get(stream);
    if (open === undefined) return;
    this.#open.delete(stream);
    const { message, ...more } = open.line.end();
    const text = message.replace(/\r?\n?$/, "");
    this.onLine({ service: this.service, stream, ...more, message: text, timestamp: open.timestamp });
  }
}

function toFrame(stream: LogFrame["stream"], bytes: Buffer): LogFrame {
  const space = bytes.indexOf(32);
  // A message begins with its timestamp. A text without a timestamp is kept unchanged, so that no output is lost.
  const timestamp = space > 0 && space < 40 ? bytes.toString("latin1", 0, space) : "";
  const isTime = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(timestamp);
  return isTime
    ? { stream, timestamp, content: bytes.subarray(space + 1) }
    : { stream, timestamp: new Date(0).toISOString(), content: bytes };
}
