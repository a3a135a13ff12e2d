import { fakeSurface } from "../testing/surface";
import { ci } from "./ci";
import { readRequest } from "./options";

const surface = fakeSurface({}, { PULUMI_STACK: "dev" });

test("the stack comes from the option, or else from PULUMI_STACK, and paths are relative to the folder of the command", () => {
  const read = readRequest(["preview", "--cwd", "infra", "--summary", "out/s.md"], surface);
  expect(read).toMatchObject({
    stack: "dev",
    folder: "/project/infra",
    summary: "/project/out/s.md",
    lockWaitSeconds: 600,
  });
  expect(readRequest(["apply", "-s", "prod", "--lock-wait", "0"], surface)).toMatchObject({
    stack: "prod",
    lockWaitSeconds: 0,
  });
});

test.each([
  [["destroy"], {}, false],
  [["destroy", "--run-program"], {}, true],
  [["destroy"], { PULUMI_RUN_PROGRAM: "true" }, true],
  [["destroy"], { PULUMI_RUN_PROGRAM: "0" }, false],
  [["destroy"], { PULUMI_OPTION_RUN_PROGRAM: "1" }, true],
])("whether Pulumi runs the program, for %j with %j: %s", (args, variables, runProgram) => {
  expect(readRequest(args, fakeSurface({}, { PULUMI_STACK: "dev", ...variables }))).toMatchObject({ runProgram });
});

test.each([
  [[], /^Which command: preview, apply/],
  [["deploy"], /^Which command: /],
  [["apply", "preview"], /^apply takes options only/],
  [["apply", "--sarif", "x"], /^apply has no option --sarif/],
  [["preview", "--lock-wait", "5"], /^preview has no option --lock-wait/],
  [["preview", "--format", "xml"], /^--format takes text or github/],
  [["apply", "--lock-wait", "1.5"], /^--lock-wait takes whole seconds from 0 to 86400, got "1\.5"$/],
  [["apply", "--lock-wait", "86401"], /^--lock-wait takes whole seconds from 0/],
  [["apply", "--lock-wait", ""], /^--lock-wait takes whole seconds from 0/],
  [["apply", "--parallel", "0"], /^--parallel takes a whole number/],
])("%j is not valid", (args, message) => {
  expect(() => readRequest(args, surface)).toThrow(message);
});

test("a command line that is not valid never ends with the exit code of drift", async () => {
  const without = fakeSurface({});
  expect(await ci.run(["preview"], without)).toBe(1);
  expect(without.complaints.join("\n")).toMatch(/^The stack is missing: --stack NAME, or the variable PULUMI_STACK/);
  expect(await ci.run(["preview", "--stack", "dev", "--cwd", "nowhere"], without)).toBe(1);
  expect(without.complaints.at(-1)).toMatch(/^\/project\/nowhere is not a folder/);
});
