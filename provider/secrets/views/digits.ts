import { hexDigit } from "./bytes";
import { SEAM, type View, ViewBuilder } from "./view";

/** Digits of an encoding that follow each other, but for white space: their values, and their places in the view. */
interface Digits {
  readonly values: Uint8Array;
  readonly places: Int32Array;
}

interface Encoding {
  /** Value of a digit; -1 for a character that is none. */
  readonly digit: (unit: number) => number;
  /** What may stand between digits beside white space. */
  readonly between: (unit: number) => boolean;
  /** So many digits have to stand in front of white space for the run to go on behind it: words of prose are no lines of base64. */
  readonly shortestLine: number;
  readonly bits: 4 | 6;
  /** Shorter runs hold no secret. */
  readonly shortest: number;
}

const base64: Encoding = {
  digit(unit) {
    if (unit >= 65 && unit <= 90) return unit - 65;
    if (unit >= 97 && unit <= 122) return unit - 71;
    if (unit >= 48 && unit <= 57) return unit + 4;
    if (unit === 43 || unit === 45) return 62;
    return unit === 47 || unit === 95 ? 63 : -1;
  },
  between: () => false,
  shortestLine: 8,
  bits: 6,
  shortest: 6,
};

const hexadecimal: Encoding = {
  digit: hexDigit,
  between: (unit) => unit === 58 || unit === 45,
  shortestLine: 1,
  bits: 4,
  shortest: 8,
};

/**
 * The bytes that runs of base64 stand for, in both alphabets and also broken over lines. Nothing marks where in a run
 * the text begins that was encoded, so each of the four possible beginnings is a view.
 */
export function withoutBase64(parent: View): View[] {
  return decoded(parent, base64, [0, 1, 2, 3]);
}

/** The same for hexadecimal digits, also with colons, hyphens or white space between bytes. */
export function withoutHexadecimal(parent: View): View[] {
  return decoded(parent, hexadecimal, [0, 1]);
}

function decoded(parent: View, encoding: Encoding, beginnings: readonly number[]): View[] {
  const runs = runsIn(parent, encoding);
  if (runs.length === 0) return [];
  const total = runs.reduce((sum, { values }) => sum + values.length + 1, 0);
  return beginnings.map((beginning) => {
    const builder = new ViewBuilder(parent, Math.ceil((total * encoding.bits) / 8) + runs.length + 1);
    for (const run of runs) addBytes(builder, run, beginning, encoding.bits);
    return builder.build();
  });
}

function addBytes(builder: ViewBuilder, { values, places }: Digits, beginning: number, bits: number): void {
  let buffer = 0;
  let held = 0;
  let first = beginning;
  for (let at = beginning; at < values.length; at += 1) {
    if (held === 0) first = at;
    buffer = ((buffer << bits) | (values[at] ?? 0)) & 0xffff;
    held += bits;
    if (held < 8) continue;
    held -= 8;
    builder.add((buffer >> held) & 0xff, places[first] ?? 0, (places[at] ?? 0) + 1);
    first = at;
  }
  builder.add(SEAM, places[places.length - 1] ?? 0, (places[places.length - 1] ?? 0) + 1);
}

function runsIn({ units }: View, { digit, between, shortest, shortestLine }: Encoding): Digits[] {
  const runs: Digits[] = [];
  const values = new Uint8Array(units.length);
  const places = new Int32Array(units.length);
  let begin = 0;
  let end = 0;
  let line = 0;
  const close = (): void => {
    if (end - begin >= shortest)
      runs.push({ values: values.subarray(begin, end), places: places.subarray(begin, end) });
    begin = end;
  };
  for (let at = 0; at < units.length; at += 1) {
    const unit = units[at] ?? 0;
    const value = digit(unit);
    if (value >= 0) {
      values[end] = value;
      places[end] = at;
      end += 1;
      line += 1;
    } else if (isSpace(unit)) {
      if (line > 0 && line < shortestLine) close();
      line = 0;
    } else if (!between(unit)) {
      close();
      line = 0;
    }
  }
  close();
  return runs;
}

function isSpace(unit: number): boolean {
  return unit === 32 || unit === 10 || unit === 13 || unit === 9;
}
