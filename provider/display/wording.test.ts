import { shortDuration } from "./wording";

test.each([
  [-3, "0s"],
  [0, "0s"],
  [0.04, "0.1s"],
  [0.39, "0.3s"],
  [1.9, "1s"],
  [45, "45s"],
  [60, "1m"],
  [70, "1m10s"],
  [300, "5m"],
  [3600, "1h"],
  [3725, "1h2m"],
])("%d seconds are shown as %s", (seconds, text) => {
  expect(shortDuration(seconds)).toBe(text);
});
