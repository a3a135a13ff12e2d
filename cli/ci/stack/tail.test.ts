import { fakeSurface } from "../../testing/surface";
import { outputTail } from "./tail";

const KEY = "key-of-the-account-4711";

test("the last lines are bounded, printable and without secrets", () => {
  const tail = outputTail(fakeSurface({}, { LYCEUM_API_KEY: KEY }));
  for (let at = 0; at < 5000; at += 1) tail.add(`line ${at}`);
  tail.add("@ previewing update....");
  tail.add(`\u001b[31mred\u001b[0m ${KEY}\n::error::no\n\n${"x".repeat(200_000)}`);
  // Of a line that is too long, only the end is kept. The end may begin within a secret, so nothing is shown.
  expect(tail.lines()).toEqual([]);
  tail.add("y".repeat(1000));
  expect(tail.lines().map(({ length }) => length)).toEqual([500]);
  tail.add(`\u001b[31mred\u001b[0m ${KEY}\n::error::no\n\nlast`);
  expect(tail.lines().slice(-3)).toEqual(["red [redacted]", ": :error::no", "last"]);
  for (let at = 0; at < 5000; at += 1) tail.add(`line ${at}`);
  expect(tail.lines()).toHaveLength(20);
});

test("of Pulumi's output, only the diagnostics and the lines after the counts are shown", () => {
  const tail = outputTail(fakeSurface({}));
  const rows =
    "Previewing update (dev):\n\n +  pulumi:pulumi:Stack story-dev create Error: no composeFil\nDiagnostics:";
  tail.add(`${rows}\n  pulumi:pulumi:Stack (story-dev):\n    Error: no composeFil\n\nResources:\n    + 1 to create\n`);
  tail.add("error: update failed\n");
  expect(tail.lines()).toEqual([
    "  pulumi:pulumi:Stack (story-dev):",
    "    Error: no composeFil",
    "error: update failed",
  ]);
});

test.each([
  ["a part under Diagnostics at the very beginning", "Diagnostics:\n  a\nResources:\n    + 1\nrest", ["  a", "rest"]],
  ["no counts", "x\nDiagnostics:\n  a", ["  a"]],
  ["counts at once after the title", "Diagnostics:\nResources:\n    + 1\nDuration: 1s\nrest", ["rest"]],
  ["no such part", "x\ny", ["x", "y"]],
])("the shown lines of an output with %s", (_what, text, lines) => {
  const tail = outputTail(fakeSurface({}));
  tail.add(text);
  expect(tail.lines()).toEqual(lines);
});
