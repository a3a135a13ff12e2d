import { meantDuration, meantPort, meantSize } from "./meant";

test.each([
  [meantSize, "512 MB", "512m"],
  [meantSize, "512Mi", "512m"],
  [meantSize, "1.5 gigabytes", "1.5g"],
  [meantSize, "64 bytes", "64b"],
  [meantSize, "much", undefined],
  [meantSize, "-1g", undefined],
  [meantDuration, "30", "30s"],
  [meantDuration, "30 Seconds", "30s"],
  [meantDuration, "1.5 hours", "1.5h"],
  [meantDuration, "250 milliseconds", "250ms"],
  [meantDuration, "5 weeks", undefined],
  [meantDuration, "soon", undefined],
  [meantPort, "8080/tcp:80", "8080:80/tcp"],
  [meantPort, "8080 : 80", "8080:80/tcp"],
  [meantPort, "8080->80/udp", "8080:80/udp"],
  [meantPort, "8080:80/http", "8080:80/tcp"],
  [meantPort, "127.0.0.1:8080:80/TLS", "127.0.0.1:8080:80/tcp"],
  [meantPort, "web:80", undefined],
  [meantPort, "8080:99999", undefined],
  [meantPort, "", undefined],
  [meantPort, "1".repeat(100), undefined],
])("%p takes %j for %j", (meant, text, expected) => {
  expect(meant(text)).toBe(expected);
});
