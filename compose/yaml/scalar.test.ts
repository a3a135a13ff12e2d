import { floatText, resolvePlainScalar, timestampText } from "./scalar";

// The expected results follow from the code of the YAML library that Compose uses.
it.each([
  ["", null],
  ["~", null],
  ["Null", null],
  ["true", true],
  ["FALSE", false],
  ["yes", "yes"],
  ["on", "on"],
  ["nUll", "nUll"],
  ["0", 0],
  ["-0", 0],
  ["+12", 12],
  ["1_000", 1000],
  ["0440", 288],
  ["0o440", 288],
  ["-0o10", -8],
  ["0x1F", 31],
  ["0b101", 5],
  ["089", 89],
  ["9007199254740991", 9007199254740991],
  ["9007199254740993", "9007199254740993"],
  ["-9223372036854775808", "-9223372036854775808"],
  ["-9223372036854775809", "-9.223372036854776e+18"],
  ["18446744073709551615", "18446744073709551615"],
  ["18446744073709551616", "1.8446744073709552e+19"],
  ["99999999999999999999", "1e+20"],
  ["0777777777777777777777777", "7.777777777777778e+23"],
  ["0x1FFFFFFFFFFFFFFFF", "0x1FFFFFFFFFFFFFFFF"],
  ["-0.0", "-0"],
  ["1.50", 1.5],
  ["1.", 1],
  [".5", 0.5],
  ["._5", "._5"],
  ["1e3", 1000],
  ["1e999", "1e999"],
  ["999999.0", 999999],
  ["1e6", "1e+06"],
  ["-2_000_000.0", "-2e+06"],
  ["1e21", "1e+21"],
  ["0x", "0x"],
  ["0o8", "0o8"],
  ["1.2.3", "1.2.3"],
  ["12:30", "12:30"],
  ["2020-01-01", "2020-01-01"],
  ["-", "-"],
  [".", "."],
  ["-.inf", "-Inf"],
  [".NaN", "NaN"],
  ["+.INF", "+Inf"],
  ["10m", "10m"],
])("the plain scalar %s is %p", (source, value) => {
  const resolved = resolvePlainScalar(source);
  expect(resolved.value).toStrictEqual(Object.is(value, 0) && resolved.value === 0 ? resolved.value : value);
});

it("does not calculate with a text that is far too long for a number", () => {
  expect(resolvePlainScalar("1".repeat(500_000))).toMatchObject({ kind: "string" });
});

// The expected values come from the command docker compose config.
it.each([
  [0, "0"],
  [0.5, "0.5"],
  [123456.5, "123456.5"],
  [21000000.5, "2.10000005e+07"],
  [123456789.5, "1.234567895e+08"],
  [0.00001, "1e-05"],
  [-0.0001, "-0.0001"],
])("%d is the text %s", (value, text) => expect(floatText(value)).toBe(text));

// The expected values come from the command docker compose config of release 5.6.0.
it.each([
  ["2024-01-01", "2024-01-01 00:00:00 +0000 UTC"],
  ["2024-1-2", "2024-01-02 00:00:00 +0000 UTC"],
  ["2024-01-01T10:00:00Z", "2024-01-01 10:00:00 +0000 UTC"],
  ["2024-01-01 1:02:03.450", "2024-01-01 01:02:03.45 +0000 UTC"],
  ["2024-01-01 1:02:03.1234567891", "2024-01-01 01:02:03.123456789 +0000 UTC"],
  ["2024-02-30", undefined],
  ["2024-01-00", undefined],
  ["2001-12-14t21:59:43.10-05:00", undefined],
  ["2024-13-01", undefined],
  ["2024", undefined],
])("%s as a time is the text %s", (source, text) => expect(timestampText(source)).toBe(text));
