/** The number of bytes at each end of a long line that stay in memory while the line arrives. */
const END_BYTES = 64 * 1024;

/** One line while it arrives in pieces. Only the beginning and the end of a long line stay in memory. */
export class ArrivingLine {
  readonly #head: Buffer[] = [];
  #tail: Buffer[] = [];
  #headBytes = 0;
  #tailBytes = 0;
  #omitted = 0;

  add(bytes: Buffer): void {
    const forHead = bytes.subarray(0, Math.max(0, END_BYTES - this.#headBytes));
    const forTail = bytes.subarray(forHead.length);
    if (forHead.length > 0) this.#head.push(forHead);
    if (forTail.length > 0) this.#tail.push(forTail);
    this.#headBytes += forHead.length;
    this.#tailBytes += forTail.length;
    // The stored end of a long line may grow to twice its limit before it is shortened. If it were shortened after each
    // added piece, each piece would copy the whole end.
    if (this.#tailBytes > 2 * END_BYTES) this.#shorten();
  }

  /**
   * Ends the line. Returns the beginning and the end of the line, and the number of bytes that are missing between
   * them.
   */
  end(): { readonly message: string; readonly omittedBytes?: number } {
    if (this.#omitted === 0) return { message: Buffer.concat([...this.#head, ...this.#tail]).toString("utf8") };
    const message = Buffer.concat(this.#head).toString("utf8") + Buffer.concat(this.#tail).toString("utf8");
    return { message, omittedBytes: this.#omitted };
  }

  #shorten(): void {
    const whole = Buffer.concat(this.#tail);
    this.#omitted += whole.length - END_BYTES;
    this.#tail = [whole.subarray(-END_BYTES)];
    this.#tailBytes = END_BYTES;
  }
}

/** The length limit of a stored line in bytes. Of a longer line, the beginning and the end are stored. */
export const LINE_BYTES = 64 * 1024;
/** A cut of a long line moves to white space if there is some within this many characters. */
const WORD = 1024;
/** The longest text, in characters, that {@link boundedLine} keeps whole at a cut. */
const LONGEST_VALUE = 8 * 1024;

/**
 * Returns a line of at most {@link LINE_BYTES} bytes unchanged. In a longer line, a note replaces the middle.
 *
 * A client masks secrets, but cannot find a part of a secret. So both ends of the middle move to white space nearby,
 * and out of each value and each part of a value (`partsOf`).
 * @param omittedBytes the bytes that are already missing in the middle of the message
 * @param values returns the values that may be secret; called only for a line that is too long
 */
export function boundedLine(message: string, omittedBytes: number, values: () => readonly string[]): string {
  if (omittedBytes === 0 && message.length <= LINE_BYTES / 3) return message;
  const bytes = Buffer.from(message);
  if (omittedBytes === 0 && bytes.length <= LINE_BYTES) return message;
  const half = LINE_BYTES / 2;
  const searched = [...new Set(values().flatMap(partsOf))];
  const head = message.slice(0, movedCut(message, lengthWithin(bytes, half), -1, searched));
  const tail = message.slice(movedCut(message, message.length - lengthFrom(bytes, bytes.length - half), 1, searched));
  const left = bytes.length + omittedBytes - Buffer.byteLength(head) - Buffer.byteLength(tail);
  return `${head}… [emulator] ${left} bytes of this line are left out here …${tail}`;
}

/**
 * Returns the length, in characters, of the text in the first `end` bytes. A character that continues after `end` does
 * not count.
 */
function lengthWithin(bytes: Buffer, end: number): number {
  let cut = end;
  while (cut > 0 && isContinuation(bytes[cut])) cut--;
  return bytes.toString("utf8", 0, cut).length;
}

function lengthFrom(bytes: Buffer, start: number): number {
  let cut = start;
  while (isContinuation(bytes[cut])) cut++;
  return bytes.toString("utf8", cut).length;
}

/** Whether a byte of UTF-8 continues a character. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}

/**
 * Moves the position of a cut to the left (-1) or to the right (1). The cut moves to white space nearby, and then to
 * the edge of each value that it would cut.
 */
function movedCut(text: string, cut: number, direction: -1 | 1, values: readonly string[]): number {
  const near = direction === -1 ? text.slice(Math.max(0, cut - WORD), cut) : text.slice(cut, cut + WORD);
  const space = direction === -1 ? near.search(/\s\S*$/) - near.length : near.search(/\s/);
  let at = /\s/.test(near) ? cut + space : cut;
  for (let before = -1; before !== at; ) {
    before = at;
    for (const value of values) {
      const start = text.slice(0, at + value.length - 1).indexOf(value, Math.max(0, at - value.length + 1));
      if (start >= 0 && start < at) at = direction === -1 ? start : start + value.length;
    }
  }
  return at;
}

/**
 * Characters between the parts of a value such as a URL. A part of at least `SHORTEST_PART` characters may be a
 * password.
 */
const SEPARATORS = /[\s:/@?&=,;"']+/;
const SHORTEST_PART = 8;

/**
 * Returns a value and the parts of it that a program may print alone: each line, the text after `=` in a line, and each
 * part of at least `SHORTEST_PART` characters, such as the password in a URL. Leaves out very short and very long
 * texts.
 */
function partsOf(value: string): readonly string[] {
  const lines = value.split("\n").flatMap((line) => [line, line.slice(line.indexOf("=") + 1)]);
  const parts = value.split(SEPARATORS).filter((part) => part.length >= SHORTEST_PART);
  return [...lines, value, ...parts].filter((part) => part.length > 3 && part.length <= LONGEST_VALUE);
}
