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
])("%p of %j suggests %j", (meant, text, expected) => {
  expect(meant(text)).toBe(expected);
});
