import { validateCompose } from ".";
import { didYouMean, homeOf, writeMeant } from "./remedies";
import { web } from "./testing/fixture";

const remedyOf = (text: string, code: string) =>
  validateCompose(text).diagnostics.find((diagnostic) => diagnostic.code === code)?.remedy;

test.each([
  ["a number for a text", web("user: 1.5"), "Put the value in quotes."],
  ["a number for a duration", web("stop_grace_period: 90"), "Write `90s`."],
  [
    "one value for a list",
    web("cap_add: x"),
    "Write each item on a line of its own under `cap_add:`, with `- ` in front.",
  ],
  ["a mapping for a text", web("user: {a: b}"), "Write a string."],
  ["a number for a version elsewhere", web("labels: [1]", "platform: 3.8"), "Put the value in quotes."],
  ["nothing for a text", web("user: "), "Write a string."],
  ["a mapping for a list", web("cap_add: {a: b}"), "Write a list."],
  ["a boolean for the version", `version: true\n${web()}`, "Put the value in quotes."],
  ["a number for the version", `version: 3.8\n${web()}`, "Put 3.8 in quotes or remove it: `version` is obsolete."],
])("the remedy for %s", (_, text, remedy) => {
  expect(remedyOf(text, "LYC2104")).toBe(remedy);
});

test.each([
  ["what is meant", writeMeant("a"), { remedy: "Write `a`." }],
  ["nothing", writeMeant(undefined), {}],
  ["a similar name", didYouMean("a"), { remedy: "Did you mean `a`?" }],
  ["no similar name", didYouMean(undefined), {}],
])("a remedy may name %s", (_, remedy, expected) => expect(remedy).toEqual(expected));

test.each([
  ["replicas", "deploy"],
  ["limits", "deploy.resources"],
  ["pids", "deploy.resources.limits"],
  ["context", "build"],
  ["interval", "healthcheck"],
  ["driver", "logging"],
  ["nothing", undefined],
  ["toString", undefined],
])("the key %s belongs to %s", (key, part) => expect(homeOf(key)).toBe(part));
