import type { View, ViewBuilder } from "./view";

/** Bytes of a text that are written as escapes, one after another: `%C3%A9`, `\xC3\xA9`. */
export class ByteRun {
  private bytes: number[] = [];
  private starts: number[] = [];
  private end = 0;

  constructor(private readonly builder: ViewBuilder) {}

  /** Adds the byte that an escape stands for. */
  add(byte: number, start: number, end: number): void {
    this.bytes.push(byte);
    this.starts.push(start);
    this.end = end;
  }

  /** Adds the characters that the bytes are in UTF-8; a byte that is no UTF-8 is a character by itself. */
  flush(): void {
    const { bytes, starts, builder } = this;
    for (let at = 0; at < bytes.length; ) {
      const length = sequenceLength(bytes, at);
      const start = starts[at] ?? 0;
      const end = starts[at + length] ?? this.end;
      for (const unit of unitsOf(bytes, at, length)) builder.add(unit, start, end);
      at += length;
    }
    if (bytes.length > 0) [this.bytes, this.starts] = [[], []];
  }
}

function sequenceLength(bytes: readonly number[], at: number): number {
  const lead = bytes[at] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  for (let next = 1; next < length; next += 1) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 1;
  return length;
}

function unitsOf(bytes: readonly number[], at: number, length: number): number[] {
  const lead = bytes[at] ?? 0;
  if (length === 1) return [lead];
  let point = lead & (0xff >> (length + 1));
  for (let next = 1; next < length; next += 1) point = (point << 6) | ((bytes[at + next] ?? 0) & 0x3f);
  return unitsOfPoint(point);
}

/** A character as UTF-16 code units. */
export function unitsOfPoint(point: number): number[] {
  if (point < 0x10000) return [point];
  if (point > 0x10ffff) return [0xfffd];
  return [0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff)];
}

/** Value of a hexadecimal digit; -1 for any other character. */
export function hexDigit(unit: number | undefined): number {
  if (unit === undefined) return -1;
  if (unit >= 48 && unit <= 57) return unit - 48;
  const letter = unit | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** The number that up to so many hexadecimal digits write, and how many there were. */
export function hexNumber({ units }: View, at: number, most: number): readonly [value: number, digits: number] {
  let value = 0;
  let digits = 0;
  for (; digits < most; digits += 1) {
    const digit = hexDigit(units[at + digits]);
    if (digit === -1) break;
    value = value * 16 + digit;
  }
  return [value, digits];
}
