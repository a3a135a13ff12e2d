/** What a plain scalar stands for. */
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
/** Longer texts cannot be a number that means anything, and are not worth the arithmetic. */
const LONGEST_NUMBER = 400;

/**
 * Resolves a plain scalar as Compose's own YAML reader does. It differs from YAML 1.2 where that would hide a change:
 * `0440` and `0o440` are octal, `1_000` is a thousand. `yes`, `no`, `on` and `off` are strings, and so are dates.
 */
export function resolvePlainScalar(source: string): ResolvedScalar {
  const word = LITERALS.get(source);
  if (word !== undefined) return word;
  if (!/^[-+.0-9]/.test(source) || source.length > LONGEST_NUMBER) return { kind: "string", value: source };
  // A leading dot is only ever a float, and keeps its underscores: `._1` is a string.
  const digits = source.startsWith(".") ? source : source.replaceAll("_", "");
  const integer = integerOf(digits);
  if (integer !== undefined && integer >= -(2n ** 63n) && integer < 2n ** 64n) {
    return { kind: "integer", value: exact(integer) };
  }
  if (FLOAT.test(digits)) {
    const value = Number(digits);
    if (!Number.isFinite(value)) return { kind: "string", value: source };
    // `1e6` is not `1000000` in an environment variable: the text is what Compose puts there.
    const isOwnText = (Number.isInteger(value) && Math.abs(value) >= 1e6) || Object.is(value, -0);
    return { kind: "float", value: isOwnText ? floatText(value) : value };
  }
  return { kind: "string", value: source };
}

/** A floating-point number as Compose writes it where it makes a text of it (Go's `%v`): `1e+06`, `1e-05`, `0.5`. */
export function floatText(value: number): string {
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (Object.is(value, -0)) return "-0";
  if (value === 0 || (power >= -4 && power < 6)) return String(value);
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/**
 * Whether Compose's YAML reader takes a plain scalar for a point in time. Nothing in a compose document is one, so it
 * refuses it wherever its schema looks.
 */
export function isTimestamp(source: string): boolean {
  const [, year, month, day, rest = ""] = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(.*)$/s.exec(source) ?? [];
  if (year === undefined || !TIME_OF_DAY.test(rest)) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

const HOUR = "([01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9](?:\\.[0-9]+)?";
const TIME_OF_DAY = new RegExp(`^(?:[Tt]${HOUR}(?:Z|[-+][0-9]{2}:[0-9]{2})| ${HOUR})?$`);

/** A whole number of any size. One over 64 bits is another kind of value: a floating-point number if its digits look like one. */
function integerOf(digits: string): bigint | undefined {
  if (DECIMAL.test(digits)) return BigInt(digits.replace(/^\+/, ""));
  const [, sign, hexadecimal, octal, binary] = PREFIXED.exec(digits) ?? [];
  const magnitude = hexadecimal ? `0x${hexadecimal}` : octal ? `0o${octal}` : binary ? `0b${binary}` : undefined;
  return magnitude === undefined ? undefined : BigInt(magnitude) * (sign === "-" ? -1n : 1n);
}

/** A number where JavaScript holds it exactly, else its decimal digits. */
function exact(value: bigint): number | string {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString();
}
