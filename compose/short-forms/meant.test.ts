import { meantDuration, meantPort, meantSize } from "./meant";

test.each([
  [meantSize, "1.5 gigabytes", "1.5g"],
  [meantSize, "64 bytes", "64b"],
  [meantSize, "-1g", undefined],
  [meantDuration, "1.5 hours", "1.5h"],
  [meantDuration, "250 milliseconds", "250ms"],
  [meantPort, "8080 : 80", "8080:80/tcp"],
  [meantPort, "8080->80/udp", "8080:80/udp"],
  [meantPort, "8080:99999", undefined],
  [meantPort, "8080:0", undefined],
  [meantSize, "1 gb".padEnd(60), "1g"],
  [meantSize, "1 gb".padEnd(61), undefined],
  [meantDuration, "5 fortnights", undefined],
  [meantPort, "80:81".padEnd(60), "80:81/tcp"],
  [meantPort, "80:81".padEnd(61), undefined],
])("for the value %p of %j, the remedy suggests %j", (meant, text, expected) => {
  expect(meant(text)).toBe(expected);
});
