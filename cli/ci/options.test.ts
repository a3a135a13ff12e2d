import { fakeSurface } from "../testing/surface";
import { ci } from "./ci";
import { CI_OPTIONS, COMMON, INIT_OPTIONS, OPERATIONS, readInitRequest, readRequest } from "./options";

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
  [["preview", "--all", "--parallel-projects", "101"], /^--parallel-projects takes a whole number from 1 to 100/],
  [["preview", "--parallel", "10001"], /^--parallel takes a whole number from 1 to 10000/],
  [["preview", "--since", "main"], /^--since and --parallel-projects need --all/],
  [["preview", "--parallel-projects", "3"], /^--since and --parallel-projects need --all/],
  [["apply", "--lock-wait", "1.5"], /^--lock-wait takes whole seconds from 0 to 86400, got "1\.5"$/],
  [["apply", "--lock-wait", "86401"], /^--lock-wait takes whole seconds from 0/],
  [["apply", "--lock-wait", ""], /^--lock-wait takes whole seconds from 0/],
  [["apply", "--parallel", "0"], /^--parallel takes a whole number/],
])("%j is not valid", (args, message) => {
  expect(() => readRequest(args, surface)).toThrow(message);
});

test.each([
  [["drift", "--all"], {}, { only: undefined, parallelProjects: 2, install: false, previewOnly: false }],
  [["drift", "--all", "--parallel-projects", "100"], { PULUMI_STACK: "dev" }, { only: "dev", parallelProjects: 100 }],
  [
    ["apply", "--lock-wait", "86400", "--stack", "dev", "--parallel", "10000"],
    {},
    { lockWaitSeconds: 86_400, parallel: 10_000 },
  ],
])("the command line of %j, with %j", (args, variables, expected) => {
  expect(readRequest(args, fakeSurface({}, variables))).toMatchObject(expected);
});

test.each([
  [["github", "gitlab"], /^init takes one of github, gitlab, shell, policy-pack$/],
  [["jenkins"], /^init takes one of /],
])("the command line of init %j is not valid", (args, message) => {
  expect(() => readInitRequest(args)).toThrow(message);
});

test("the folder of init has no ./ before it and no slash after it", () => {
  expect(readInitRequest(["policy-pack", "--cwd", "./infra/"])).toMatchObject({
    kind: "policy-pack",
    cwd: "infra",
    force: false,
  });
  expect(readInitRequest([])).toMatchObject({ kind: undefined, cwd: undefined });
});

test("a command line that is not valid never ends with the exit code of drift", async () => {
  const without = fakeSurface({});
  expect(await ci.run(["preview"], without)).toBe(1);
  expect(without.complaints.join("\n")).toMatch(/^The stack is missing: --stack NAME, or the variable PULUMI_STACK/);
  expect(await ci.run(["preview", "--stack", "dev", "--cwd", "nowhere"], without)).toBe(1);
  expect(without.complaints.at(-1)).toMatch(/^\/project\/nowhere is not a folder/);
});

/** The help of these options says in other words which commands have them. */
const inOtherWords = ["cwd", "all", "parallel-projects", ...COMMON];
const commands = Object.entries<readonly string[]>({ ...OPERATIONS, init: INIT_OPTIONS });

test.each(Object.entries(CI_OPTIONS).filter(([option]) => !inOtherWords.includes(option)))(
  "the help of --%s begins with the commands that have it in OPERATIONS and INIT_OPTIONS of options.ts",
  (option, { help }) => {
    const named = help.replace(/:.*/s, "").split(", ");
    expect([...new Set(named.map((words) => words.replace(/ .*/, "")))]).toEqual(
      commands.filter(([, options]) => options.includes(option)).map(([name]) => name),
    );
  },
);
