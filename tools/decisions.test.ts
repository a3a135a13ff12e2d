import { readFileSync } from "node:fs";
import { join } from "node:path";
import { emulatorReady, hermeticEnvironment, isAtLeast, summarize, whyInstall, withoutSettings } from "./decisions.cjs";

test.each([
  ["v3.274.1", "3.206.0", true],
  ["3.206.0", "3.206.0", true],
  ["3.205.9", "3.206.0", false],
  ["go version go1.26.8 linux/amd64", "1.26.6", true],
  ["4.0", "3.206.0", true],
  ["not working", "3.206.0", false],
])("version %s is at least %s: %s", (have, want, answer) => {
  expect(isAtLeast(have, want)).toBe(answer);
});

describe("the environment of a CLI", () => {
  const options = { binDir: "/tools/bin", home: "/own/home" };

  test("has none of the user's Pulumi or Lyceum settings", () => {
    const env = hermeticEnvironment({
      ...options,
      env: { PATH: "/bin", HOME: "/home/u", PULUMI_ACCESS_TOKEN: "pul-1", LYCEUM_API_KEY: "lk_1" },
    });
    expect(env).toMatchObject({
      PATH: "/tools/bin:/bin",
      HOME: "/home/u",
      PULUMI_HOME: "/own/home",
      PULUMI_BACKEND_URL: "file:///own/home",
    });
    expect(env).not.toHaveProperty("PULUMI_ACCESS_TOKEN");
    expect(env).not.toHaveProperty("LYCEUM_API_KEY");
  });

  test("keeps variables that only tests read", () => {
    const settings = { LYCEUM_FUZZ_SCALE: "40", LYCEUM_FUZZ_SEED: "6", LYCEUM_TEST_STRICT: "1" };
    expect(withoutSettings({ ...settings, LYCEUM_API_KEY: "lk_1" })).toEqual(settings);
  });

  test("does not move a folder that is already in PATH, which would hide the user's node", () => {
    const env = hermeticEnvironment({ ...options, binDir: "/usr/bin", env: { PATH: "/nvm/bin:/usr/bin" } });
    expect(env.PATH).toBe("/nvm/bin:/usr/bin");
  });
});

describe("packages are installed", () => {
  const lock = (packages: object) => JSON.stringify({ packages: { "": { version: "1.0.0" }, ...packages } });
  const a = { version: "1.0.0", integrity: "sha512-a" };

  test.each([
    [
      "not when they are those of the lock file",
      lock({ "node_modules/a": a }),
      lock({ "node_modules/a": a }),
      undefined,
    ],
    ["when there are none", lock({}), undefined, "node_modules is missing"],
    ["when one is missing", lock({ "node_modules/a": a }), lock({}), "node_modules/a is missing"],
    [
      "when one is another",
      lock({ "node_modules/a": a }),
      lock({ "node_modules/a": { ...a, version: "1.0.1" } }),
      "node_modules/a has changed",
    ],
    ["not for what another platform needs", lock({ "node_modules/a": { ...a, optional: true } }), lock({}), undefined],
  ])("%s", (_name, wanted, installed, why) => {
    expect(whyInstall(wanted, installed)).toBe(why);
  });
});

describe("the last line of a test run", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    numRuntimeErrorTestSuites: 0,
    success: true,
    testResults: [],
  };
  const skippedOne = {
    ...report,
    numPendingTests: 1,
    testResults: [{ name: "f", assertionResults: [{ status: "pending", fullName: "on containers" }] }],
  };

  test.each([
    ["all well", report, 0, true, "3 passed, 0 failed", 0],
    [
      "a file that cannot run is a failure",
      { ...report, numRuntimeErrorTestSuites: 1 },
      1,
      false,
      "3 passed, 1 failed",
      1,
    ],
    ["a skipped test passes here", skippedOne, 0, false, "3 passed, 0 failed, 1 skipped", 0],
    ["and fails a strict run", skippedOne, 0, true, "3 passed, 1 failed, 1 skipped", 1],
    ["no report is a failure whatever jest's exit code", undefined, 0, false, "0 passed, 1 failed", 1],
    ["jest's own refusal is kept", report, 2, false, "3 passed, 0 failed", 2],
  ])("%s", (_name, given, jestExit, strict, line, exitCode) => {
    expect(summarize(given, { jestExit, strict })).toMatchObject({ line, exitCode });
  });

  test("names the tests that were left out", () => {
    expect(summarize(skippedOne, { jestExit: 0, strict: false }).leftOut).toEqual(["on containers"]);
  });
});

test("the emulator is ready when its JSON line is complete", () => {
  expect(emulatorReady('warning\n{"url":"http://127.0.0.1:1/x","api')).toBeUndefined();
  expect(
    emulatorReady(
      'warning\n{"url":"http://127.0.0.1:1/x","apiKey":"lk_1","engine":"docker","page":"http://127.0.0.1:1/#key=lk_1"}\n',
    ),
  ).toEqual({
    url: "http://127.0.0.1:1/x",
    apiKey: "lk_1",
    engine: "docker",
    page: "http://127.0.0.1:1/#key=lk_1",
  });
});

test("the versions that are passed to the linker are those in go.mod", () => {
  const recipes = readFileSync(join(__dirname, "setup", "recipes.mjs"), "utf8");
  const pinned = [
    ...recipes.matchAll(
      /module: "(.+)",\s+package: "(.+)",\s+binary: ".+",(?:\s+elsewhere: ".+",)?\s+version: "(.+)"/g,
    ),
  ];
  expect(pinned).toHaveLength(14);
  for (const [, folder = "", goPackage = "", version] of pinned) {
    const required =
      readFileSync(join(__dirname, "go", folder, "go.mod"), "utf8").match(/^(require )?\s*\S+ v\S+/gm) ?? [];
    const modules = required.map((line) => line.replace("require", "").trim().split(" "));
    // A program in this repository has the version of the Go package that it uses.
    const versioned = goPackage.replace(/^pulumi-lyceum\/.*/, "github.com/pulumi/pulumi/pkg/v3/codegen");
    expect(modules.filter(([path = ""]) => `${versioned}/`.startsWith(`${path}/`))).toContainEqual([
      expect.anything(),
      `v${version}`,
    ]);
  }
});
