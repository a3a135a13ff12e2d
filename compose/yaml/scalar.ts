/** The value of a scalar without quotes, and its type. */
export interface ResolvedScalar {
  readonly kind: "null" | "boolean" | "integer" | "float" | "string";
  readonly value: string | number | boolean | null;
}

const LITERALS = new Map<string, ResolvedScalar>([
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, { kind: "null", value: null }] as const),
  ...["true", "True", "TRUE"].map((word) => [word, { kind: "boolean", value: true }] as const),
  ...["false", "False", "FALSE"].map((word) => [word, { kind: "boolean", value: false }] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, { kind: "float", value: "NaN" }] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((w) => [w, { kind: "float", value: "+Inf" }] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, { kind: "float", value: "-Inf" }] as const),
]);

const DECIMAL = /^[-+]?(?:0|[1-9][0-9]*)$/;
const PREFIXED = /^([-+]?)0(?:x([0-9a-f]+)|o?([0-7]+)|b([01]+))$/i;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:e[-+]?[0-9]+)?$/i;
/** The longest text that is read as a number, in characters. Calculating the value of a longer text would be slow. */
const LONGEST_NUMBER = 400;

/**
 * Returns the value of a scalar without quotes, as Compose's own YAML reader reads it: `0440` and `0o440` are octal,
 * `1_000` is a thousand, and `yes`, `no`, `on`, `off` and dates are strings. A reader with the rules of YAML 1.2 would
 * read `0440` as 440, and so would see no change from one to the other.
 */
export function resolvePlainScalar(source: string): ResolvedScalar {
  const word = LITERALS.get(source);
  if (word !== undefined) return word;
  if (!/^[-+.0-9]/.test(source) || source.length > LONGEST_NUMBER) return { kind: "string", value: source };
  // A number with a leading dot may not contain underscores: `._1` is a string.
  const digits = source.startsWith(".") ? source : source.replaceAll("_", "");
  const integer = integerOf(digits);
  if (integer !== undefined && integer >= -(2n ** 63n) && integer < 2n ** 64n) {
    return { kind: "integer", value: exact(integer) };
  }
  if (FLOAT.test(digits)) {
    const value = Number(digits);
    if (!Number.isFinite(value)) return { kind: "string", value: source };
    // In an environment variable, Compose writes the float `1e6` as `1e+06`, but the integer `1000000` as `1000000`. In
    // JavaScript, both are the same number. So a large whole float is stored as Compose's text. The float `-0.0` is
    // stored as `-0`, because JavaScript would write `0`.
    const isOwnText = (Number.isInteger(value) && Math.abs(value) >= 1e6) || Object.is(value, -0);
    return { kind: "float", value: isOwnText ? floatText(value) : value };
  }
  return { kind: "string", value: source };
}

/** Returns the text that Compose prints for a floating-point number (Go's `%v`): `1e+06`, `1e-05`, `0.5`. */
export function floatText(value: number): string {
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (Object.is(value, -0)) return "-0";
  if (value === 0 || (power >= -4 && power < 6)) return String(value);
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/**
 * Whether Compose's YAML reader reads a scalar as a point in time. Compose refuses a point in time, with one exception:
 * since release 5.0.0, it converts the value of a variable or a label to a text.
 */
export function isTimestamp(source: string): boolean {
  const [, year, month, day, rest = ""] = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(.*)$/s.exec(source) ?? [];
  if (year === undefined || !TIME_OF_DAY.test(rest)) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // A day that the month does not have belongs to another month.
  return date.getUTCMonth() === Number(month) - 1;
}

const HOUR = "([01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9](?:\\.[0-9]+)?";
const TIME_OF_DAY = new RegExp(`^(?:[Tt]${HOUR}(?:Z|[-+][0-9]{2}:[0-9]{2})| ${HOUR})?$`);

/**
 * Returns the text to which Compose 5.0.0 and later converts a point in time (Go's `%v`), such as
 * `2001-01-31 00:00:00 +0000 UTC`. Returns `undefined` for a time with an offset, because its text depends on the time
 * zone of the machine.
 */
export function timestampText(source: string): string | undefined {
  const [, date = "", time = "0:0:0", fraction = "", offset = "Z"] =
    /^([0-9-]+)(?:[Tt ]([0-9:]+)(?:\.([0-9]+))?(.*))?$/s.exec(source) ?? [];
  if (!isTimestamp(source) || (offset !== "Z" && offset !== "")) return undefined;
  const padded = (text: string, mark: string) =>
    text
      .split(mark)
      .map((part) => part.padStart(2, "0"))
      .join(mark);
  let digits = fraction.slice(0, 9);
  while (digits.endsWith("0")) digits = digits.slice(0, -1);
  return `${padded(date, "-")} ${padded(time, ":")}${digits === "" ? "" : `.${digits}`} +0000 UTC`;
}

/** Returns the integer that a text represents, of any size. Undefined if the text is not an integer. */
function integerOf(digits: string): bigint | undefined {
  if (DECIMAL.test(digits)) return BigInt(digits.replace(/^\+/, ""));
  const [, sign, hexadecimal, octal, binary] = PREFIXED.exec(digits) ?? [];
  const magnitude = hexadecimal ? `0x${hexadecimal}` : octal ? `0o${octal}` : binary ? `0b${binary}` : undefined;
  return magnitude === undefined ? undefined : BigInt(magnitude) * (sign === "-" ? -1n : 1n);
}

/** Returns the number if JavaScript can represent it exactly, or otherwise its decimal digits as text. */
function exact(value: bigint): number | string {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString();
}
