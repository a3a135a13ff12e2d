import { createRedactor } from "../../secrets";
import { linesOfOutput, parseLogs } from "./parse-logs";

const SECRET = "canary-secret";
const redact = createRedactor([SECRET]);

describe("output lines", () => {
  const at = (timestamp: unknown, message: string) => ({ timestamp, message });
  const messages = (logs: unknown[]) =>
    parseLogs({ logs }, redact)
      ?.lines.map(({ message }) => message)
      .join("");

  test.each([
    ["oldest first", (lines: object[]) => lines],
    ["newest first", (lines: object[]) => [...lines].reverse()],
  ])("are sorted by time, and stay in the service's order where times are equal: %s", (_order, arranged) => {
    const lines = [
      at("2030-01-01T00:00:00.001Z", "a"),
      at("2030-01-01T00:00:00,5+00:00", "b"),
      at("2030-01-01T00:00:01Z", "c"),
      at("2030-01-01T00:00:01.000", "d"),
    ];
    expect(messages(arranged(lines))).toBe("abcd");
    expect(messages([lines[1], lines[0], ...lines.slice(2)] as object[])).toBe("abcd");
  });

  test("are given without entries for lines that are missing, if the caller asks for that", () => {
    const logs = [
      at("2030-01-01T00:00:00Z", "a"),
      { ...at("2030-01-01T00:00:01Z", "gap"), labels: { omitted_lines: "7" } },
      { ...at("2030-01-01T00:00:02Z", "b"), omitted_lines: "7" },
    ];
    expect(messages(logs)).toBe("agapb");
    expect(parseLogs({ logs }, redact, { withoutGaps: true })?.lines).toMatchObject([
      { message: "a" },
      { message: "b" },
    ]);
  });

  test("of one time stay in the service's order", () => {
    expect(messages([at(1900000000, "a"), at(1900000000, "b")])).toBe("ab");
  });

  test.each([
    [Number.NaN, undefined],
    ["", undefined],
    [7, "7"],
    [true, undefined],
  ])("have no time that cannot be read: %j", (timestamp, shown) => {
    expect(parseLogs([at(timestamp, "a")], redact)?.lines).toEqual([
      { message: "a", ...(shown === undefined ? {} : { timestamp: shown }) },
    ]);
  });

  test("may have a number as time: seconds to nanoseconds", () => {
    expect(messages([at(1900000000, "a"), at("1900000000003", "c"), at("1900000000001000000", "b")])).toBe("abc");
    expect(
      messages([at("1900000000.25", "b"), at("2030-03-17T17:46:40.3Z", "c"), at("2030-03-17T17:46:39Z", "a")]),
    ).toBe("abc");
  });

  test("keep the service's order when one time cannot be read", () => {
    expect(messages([at("2030-01-01T00:00:01Z", "a"), at(null, "b"), at("2029-01-01T00:00:01Z", "c")])).toBe("abc");
  });

  test("are redacted, and an entry that is not a line is left out", () => {
    expect(parseLogs([at(undefined, SECRET), "plain", { level: "info" }, 5], redact)).toEqual({
      lines: [{ message: "[redacted]" }, { message: "plain" }],
    });
    expect(parseLogs({ log: [] }, redact)).toBeUndefined();
  });

  test("are the last lines of an output text", () => {
    expect(linesOfOutput("a\r\nb\nc\n", 2)).toEqual([{ message: "b" }, { message: "c" }]);
    expect(linesOfOutput(undefined, 2)).toEqual([]);
    expect(linesOfOutput("", 2)).toEqual([]);
    expect(linesOfOutput("a", 0)).toEqual([]);
  });
});
