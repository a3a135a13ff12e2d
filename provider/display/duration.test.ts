import { shortDuration } from "./duration";

test.each([
  [-3, "0s"],
  [0.9, "0s"],
  [45, "45s"],
  [60, "1m"],
  [70, "1m10s"],
  [300, "5m"],
  [3600, "1h"],
  [3725, "1h2m"],
])("%d seconds are %s", (seconds, text) => {
  expect(shortDuration(seconds)).toBe(text);
});
