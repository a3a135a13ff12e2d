import { explainedCode, meaningOfCode, sentence, shortDuration } from "./wording";

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

test("an exit code has its meaning if shells or engines set it", () => {
  expect([explainedCode(3), meaningOfCode(3), meaningOfCode(undefined)]).toEqual(["3", "", ""]);
  expect(explainedCode(143)).toBe("143 (ended by SIGTERM: something stopped it)");
});

test.each([
  ["the run failed", "The run failed."],
  ["is it there?", "Is it there?"],
  ["Done.", "Done."],
  ["stop!", "stop!"],
  ["stop now!", "Stop now!"],
  ["services.web has no image", "services.web has no image."],
])("%s is written as a sentence", (text, expected) => expect(sentence(text)).toBe(expected));
