import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { jestArguments } from "../../tools/decisions.cjs";
import { kill } from "../harness/processes/processes";

const root = resolve(__dirname, "../..");
const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
/** The commands in the first column of the table "Running things". */
const [, section = ""] = text.split("## Running things\n");
const [table = ""] = section.trimStart().split("\n\n");
const commands = [...table.matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = ""]) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, command = ""]) => command),
);

test("there are commands to hold", () => expect(commands.length).toBeGreaterThan(15));

const run = promisify(execFile);

async function printed(command: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(command, args, { cwd: root, maxBuffer: 1e8 });
  return stdout + stderr;
}

/** The test files that jest would run with these arguments, by their paths in the repository. */
async function listed(jestArgs: readonly string[], reportFile?: string): Promise<string[]> {
  const jest = join(root, "node_modules", "jest", "bin", "jest.js");
  const { stdout } = await run(process.execPath, [jest, ...jestArgs, "--listTests"], { cwd: root });
  const files: unknown[] =
    reportFile === undefined
      ? stdout.split("\n").filter((line) => line.endsWith(".test.ts"))
      : JSON.parse(readFileSync(reportFile, "utf8"));
  return files.map((file) => String(file).slice(root.length + 1));
}

const ofUnit = (...patterns: string[]) => listed(["--selectProjects", "unit", "--maxWorkers=2", ...patterns]);
async function ofTest(...given: string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-commands-"));
  try {
    const reportFile = join(folder, "report.json");
    return await listed(jestArguments(given, reportFile), reportFile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const isLong = (file: string) => file.endsWith(".long.test.ts");
const isUnit = (file: string) => !file.startsWith("tests/") && !isLong(file);
/** The tests that run through the provider plugin or on containers, too. */
const isRepeated = (file: string) =>
  /^tests\/(?:(?:scenarios|plugin)\/.*\/scenario|gitops\/[a-z-]+)\.test\.ts$/.test(file);

async function one(files: Promise<string[]>, path: string): Promise<void> {
  const found = await files;
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((file) => !file.includes(path))).toEqual([]);
}

/** What each command does, looked at; or what runs it. */
const checks: Readonly<Record<string, (() => Promise<void>) | string>> = {
  // It runs before every test, and again beside them it would pull the packages from under their feet.
  "npm ci && npm run build": async () => expect(existsSync(join(root, "dist", "cli", "main.js"))).toBe(true),
  "npm run unit": async () => {
    const files = await ofUnit();
    expect(files.length).toBeGreaterThan(150);
    expect(files.every(isUnit)).toBe(true);
  },
  "npm run unit -- provider/lifecycle": () => one(ofUnit("provider/lifecycle"), "provider/lifecycle/"),
  "LYCEUM_FUZZ_SCALE=20 npm run unit -- lifecycle.model": () => one(ofUnit("lifecycle.model"), "lifecycle.model"),
  "npm test": async () => {
    const files = await ofTest();
    expect(files.some(isUnit) && files.some((file) => file.startsWith("tests/scenarios/"))).toBe(true);
    expect(files.some(isLong)).toBe(false);
  },
  "npm run test:long": async () => {
    const files = await ofTest("--long");
    expect(files.length).toBeGreaterThan(10);
    expect(files.every((file) => isLong(file) || isRepeated(file))).toBe(true);
    expect(files.some((file) => file.startsWith("tests/plugin/"))).toBe(true);
  },
  "npm run test:long -- tests/pages": () => one(ofTest("--long", "tests/pages"), "tests/pages/"),
  "npm test -- tests/scenarios/waits": () => one(ofTest("tests/scenarios/waits"), "tests/scenarios/waits/"),
  "npm run test:long -- tests/scenarios/failing": () =>
    one(ofTest("--long", "tests/scenarios/failing"), "tests/scenarios/failing/"),
  "npm run test:long -- tests/hostile": () => one(ofTest("--long", "tests/hostile"), "tests/hostile/"),
  "LYCEUM_FUZZ_SCALE=20 npm run unit -- any-project": () => one(ofUnit("any-project"), "any-project"),
  "LYCEUM_FUZZ_SEED=7 npm run test:long -- tests/differential": () =>
    one(ofTest("--long", "tests/differential"), "tests/differential/"),
  "LYCEUM_FUZZ_SCALE=40 npm run test:long -- tests/differential/characters": () =>
    one(ofTest("--long", "tests/differential/characters"), "tests/differential/characters"),
  "UPDATE_GOLDEN=1 npm test -- tests/scenarios/waits": "tests/harness/golden/golden.test.ts",
  "npm run chaos -- --seed 7 --runs 50": "tests/chaos/chaos.long.test.ts",
  "npm run mutate -- status": async () =>
    expect(await printed("npm", ["run", "mutate", "--", "status"])).toMatch(
      /status\.ts: \d+\.\d %, \d+ of \d+ mutants found/,
    ),
  "npm run bench -- --only up-100": async () =>
    expect(await printed(process.execPath, ["bench/main.mjs", "--help"])).toContain("up-100"),
  "npm run lint": ".ci/run",
  // On formatted sources it changes nothing, and lint says that they are.
  "npm run format": async () => expect(await printed("npm", ["run", "format"])).toContain("No fixes applied"),
  "npm run audit:lockfile": async () =>
    expect(await printed("npm", ["run", "audit:lockfile"])).toContain("no problems"),
  "npm run sbom": async () => expect(await printed("npm", ["run", "--silent", "sbom"])).toContain("CycloneDX"),
  // Outside CI: it fetches 2 GB.
  "npm run test:corpus": "tests/corpus/corpus.test.ts",
  "npm run check:package": "tests/consumers/packaging.test.ts",
  "npm run gen-sdk -- --language python --out DIR": "tests/plugin/python/scenario.test.ts",
  "npm run test:long -- tests/plugin/python": () =>
    one(ofTest("--long", "tests/plugin/python"), "tests/plugin/python/"),
  "npm run release:plugin -- --draft": "tests/plugin/distribution/scenario.test.ts",
  // It needs a tree without changes, and builds anew.
  "npm run release": "tools/release/release.test.ts",
  "npm run release -- --dry-run": ".github/workflows/ci.yml",
  "npm run release:sdks": "tests/plugin/packed/packed.long.test.ts",
  "npm run generate:examples": "tests/plugin/sdks.long.test.ts",
  "npm run quickstart": "tests/scenarios/examples/scenario.test.ts",
  "npm run docs": "tests/docs/api-reference.long.test.ts",
  "npm run emulator -- --engine simulated": async () => {
    const args = ["run", "--silent", "emulator", "--", "--engine", "simulated", "--port", "0"];
    const child = spawn("npm", args, { cwd: root, stdio: ["ignore", "pipe", "ignore"], detached: true });
    try {
      const text = await new Promise<string>((done) => child.stdout.once("data", (chunk) => done(String(chunk))));
      expect(text).toContain("The emulator is ready: SIMULATED");
    } finally {
      if (child.pid !== undefined) kill(-child.pid, "SIGTERM");
    }
  },
};

test.each(commands)(
  "%s",
  async (command) => {
    const check = checks[command];
    if (typeof check === "string") expect(existsSync(join(root, check))).toBe(true);
    else if (check === undefined) throw new Error(`CONTRIBUTING.md names ${command}: it needs a row here.`);
    else await check();
  },
  600_000,
);
