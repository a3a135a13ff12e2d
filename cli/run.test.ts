import { listed, runCommandLine, usageOf } from "./run";
import { fakeSurface } from "./testing/surface";

test("a long message on standard error fits the terminal, and is one line without a terminal", () => {
  const complaintsAt = (columns: number | undefined): string => {
    const surface = { ...fakeSurface({}), errorColumns: () => columns };
    runCommandLine(["logs", "train", "--raw", "--json"], surface);
    return surface.complaints.join("\n");
  };
  const [message = "", hint] = complaintsAt(undefined).split("\n");
  expect(message.length).toBeGreaterThan(60);
  expect(hint).toBe("`npx pulumi-lyceum logs --help` lists the options.");
  const lines = complaintsAt(60).split("\n");
  expect(lines.join(" ")).toBe(`${message} ${hint}`);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
});

test.each([
  [["--version"], 0, /^\d+\.\d+\.\d+/, /^$/],
  [["-v"], 0, /^\d+\.\d+\.\d+/, /^$/],
  [["--help"], 0, /^Usage: pulumi-lyceum COMMAND/, /^$/],
  [["help"], 0, /^Usage: pulumi-lyceum COMMAND/, /^$/],
  [["help", "check"], 0, /^Usage: pulumi-lyceum check /, /^$/],
  [["check", "-h"], 0, /^Usage: pulumi-lyceum check /, /^$/],
  [[], 2, /^$/, /^Usage: pulumi-lyceum COMMAND/],
  [["chekc"], 2, /^$/, /^Unknown command `chekc`; did you mean `check`\?\n/],
  [["nonsense"], 2, /^$/, /^Unknown command `nonsense`\.\n\nUsage/],
  [["-x"], 2, /^$/, /^`-x` is not a command: options follow the command\.\n\nUsage/],
])("the command line %j ends with %d", (args, code, output, complaints) => {
  const surface = fakeSurface({});
  expect(runCommandLine(args, surface)).toBe(code);
  expect(surface.output.join("\n")).toMatch(output);
  expect(surface.complaints.join("\n")).toMatch(complaints);
});

test("the explanations of a list begin two columns after the longest name, and options without a letter are below the others", () => {
  expect(
    listed(
      [
        ["a", "one"],
        ["bcd", "two three"],
      ],
      14,
    ),
  ).toBe("  a    one\n  bcd  two\n       three");
  const options = {
    all: { type: "boolean", short: "a", help: "x" },
    to: { type: "string", value: "DIR", help: "y" },
  } as const;
  const command = { synopsis: "[options]", about: ["About."], options, closing: ["End."], run: () => 0 };
  expect(usageOf("c", command, 80)).toBe(
    "Usage: pulumi-lyceum c [options]\n\nAbout.\n\n  -a, --all     x\n      --to DIR  y\n  -h, --help    this text\n\nEnd.",
  );
});
