import { ByteRun, hexNumber, unitsOfPoint } from "./bytes";
import { type View, ViewBuilder } from "./view";

const BACKSLASH = 92;
const controls: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, b: 8, f: 12, v: 11, a: 7, e: 27 };

/**
 * Without the escapes of a backslash, as JSON, C, a shell's `$'…'` and the texts of many languages write them: `\n`, `\"`,
 * `\u00e9`, `\u{1f600}`, `\xc3\xa9`, `\303\251`.
 */
export function withoutBackslashes(parent: View): View {
  const { units } = parent;
  const builder = new ViewBuilder(parent);
  const bytes = new ByteRun(builder);
  for (let at = 0; at < units.length; ) {
    const unit = units[at] ?? 0;
    if (unit !== BACKSLASH || at + 1 === units.length) {
      bytes.flush();
      builder.add(unit, at, at + 1);
      at += 1;
      continue;
    }
    const letter = String.fromCharCode(units[at + 1] ?? 0);
    const [value, length] = number(parent, at + 1, letter);
    if (length > 0 && letter !== "u" && letter !== "U" && value < 256) bytes.add(value, at, at + 1 + length);
    else {
      bytes.flush();
      const known = length > 0 ? unitsOfPoint(value) : [controls[letter] ?? units[at + 1] ?? 0];
      for (const one of known) builder.add(one, at, at + 1 + Math.max(1, length));
    }
    at += 1 + Math.max(1, length);
  }
  bytes.flush();
  return builder.build();
}

/** The number that an escape holds, and its length without the backslash; 0 when it is none of a number. */
function number(view: View, at: number, letter: string): readonly [value: number, length: number] {
  if (letter === "u" && view.units[at + 1] === 123) {
    const [value, digits] = hexNumber(view, at + 2, 6);
    return digits > 0 && view.units[at + 2 + digits] === 125 ? [value, digits + 3] : [0, 0];
  }
  const most = letter === "u" ? 4 : letter === "U" ? 8 : letter === "x" ? 2 : 0;
  if (most > 0) {
    const [value, digits] = hexNumber(view, at + 1, most);
    return digits === most ? [value, digits + 1] : [0, 0];
  }
  let value = 0;
  let digits = 0;
  for (; digits < 3; digits += 1) {
    const unit = view.units[at + digits] ?? 0;
    if (unit < 48 || unit > 55) break;
    value = value * 8 + unit - 48;
  }
  // `\1` is a group's number more often than a byte.
  return digits >= 2 ? [value, digits] : [0, 0];
}

/** Without percent encoding. @param plus whether a plus sign is a space, as forms write it. */
export function withoutPercents(parent: View, plus: boolean): View {
  const { units } = parent;
  const builder = new ViewBuilder(parent);
  const bytes = new ByteRun(builder);
  for (let at = 0; at < units.length; ) {
    const unit = units[at] ?? 0;
    const [value, digits] = unit === 37 ? hexNumber(parent, at + 1, 2) : [0, 0];
    if (digits === 2) {
      bytes.add(value, at, at + 3);
      at += 3;
      continue;
    }
    bytes.flush();
    builder.add(plus && unit === 43 ? 32 : unit, at, at + 1);
    at += 1;
  }
  bytes.flush();
  return builder.build();
}

const entities: Readonly<Record<string, number>> = { amp: 38, lt: 60, gt: 62, quot: 34, apos: 39, nbsp: 160 };
const longestEntity = 12;

/** Without the entities of HTML and XML, as pages of gateways repeat what they were sent: `&amp;`, `&#39;`, `&#x27;`. */
export function withoutEntities(parent: View): View {
  const { units } = parent;
  const builder = new ViewBuilder(parent);
  for (let at = 0; at < units.length; ) {
    const unit = units[at] ?? 0;
    const [point, length] = unit === 38 ? entity(parent, at + 1) : [0, 0];
    if (length > 0) for (const one of unitsOfPoint(point)) builder.add(one, at, at + 1 + length);
    else builder.add(unit, at, at + 1);
    at += 1 + length;
  }
  return builder.build();
}

function entity({ units }: View, at: number): readonly [point: number, length: number] {
  let name = "";
  for (let next = at; next < at + longestEntity; next += 1) {
    const unit = units[next];
    if (unit === undefined) return [0, 0];
    if (unit === 59) {
      const point = name.startsWith("#") ? numeric(name.slice(1)) : entities[name];
      return point === undefined || Number.isNaN(point) ? [0, 0] : [point, name.length + 1];
    }
    name += String.fromCharCode(unit);
  }
  return [0, 0];
}

function numeric(text: string): number | undefined {
  if (/^[0-9]{1,7}$/.test(text)) return Number(text);
  return /^[xX][0-9a-fA-F]{1,6}$/.test(text) ? Number.parseInt(text.slice(1), 16) : undefined;
}
