import { redacted, textsOfCompose } from "./redacted";

test.each([
  [
    "a Compose text",
    "services:\n  a:\n    image: busybox\n    environment: {PASSWORD: hunter2hunter2}\n",
    ["hunter2hunter2"],
  ],
  ["a text that is no Compose text", "just words", ["just words"]],
  ["a text with a colon that has no values", "# note: nothing", ["# note: nothing"]],
])("a container may print what %s contains", (_name, text, expected) => {
  expect(textsOfCompose(text)).toEqual(expect.arrayContaining(expected));
});

const hide = (text: string) => text.replaceAll("s3cret", "[redacted]");

test("a report shows no secret in the label, the errors, the lines and the names of services", () => {
  const run = {
    executionId: "run-1",
    status: "failed",
    label: "s3cret",
    errors: ["no s3cret"],
    lines: [{ message: "a s3cret" }, { message: "plain" }],
    failedServices: [{ service: "s3cret-a", returnCode: 1 }],
  };
  expect(redacted(run as never, hide)).toEqual({
    executionId: "run-1",
    status: "failed",
    label: "[redacted]",
    errors: ["no [redacted]"],
    lines: [{ message: "a [redacted]" }, { message: "plain" }],
    failedServices: [{ service: "[redacted]-a", returnCode: 1 }],
  });
  const { lines, failedServices, ...plain } = run;
  expect(Object.keys(redacted(plain as never, hide))).toEqual(expect.not.arrayContaining(["lines", "failedServices"]));
});
