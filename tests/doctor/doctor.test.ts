import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ASSUMPTIONS } from "../../provider/lyceum/probe/assumptions";
import { compareGolden } from "../harness/golden/golden";
import { DoctorSetup } from "./command";

let setup: DoctorSetup;
beforeAll(async () => {
  setup = await DoctorSetup.begin("simulated");
});
afterEach(() => setup.emulator.control.clearFaults());
afterAll(() => setup.end());

const golden = (name: string, text: string) =>
  compareGolden(join(__dirname, "golden", `${name}.txt`), setup.stable(text));

test("when all is fine, every line says so, and nothing is started", async () => {
  const { exitCode, stdout, stderr } = await setup.run("");
  golden("fine", stdout);
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect((await setup.emulator.control.requests()).map(({ operation }) => operation)).toEqual([
    "getUserStatus",
    "listMachineTypes",
    "listWorkloads",
    "getBillingHistory",
  ]);
});

test("a refused call names what is missing and what to do, and nothing of the account is shown", async () => {
  const canary = "owner-canary@example.test";
  for (const [operation, status] of [
    ["getUserStatus", 403],
    ["getBillingHistory", 404],
    ["listWorkloads", 501],
  ] as const) {
    const fault = { kind: "status", status, body: { detail: `${canary} may not` } };
    await setup.emulator.control.fault({ operation, times: "always", fault });
  }
  const { exitCode, stdout } = await setup.run("");
  golden("refused", stdout);
  expect(exitCode).toBe(1);
  const json = await setup.run("--json");
  expect(json.exitCode).toBe(1);
  expect(JSON.parse(json.stdout).checks.filter(({ state }: { state: string }) => state === "attention")).toMatchObject([
    { id: "account" },
    { id: "list" },
    { id: "history" },
  ]);
  expect(stdout + json.stdout).not.toContain(canary);
});

test("a key that every call refuses is one line about the key", async () => {
  const { exitCode, stdout } = await setup.run("", { LYCEUM_API_KEY: "lk_wrong_canary_key" });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/!! {2}API key {4}refused by every call \(401\)\n.*-> If this is the emulator, run `eval/);
  expect(stdout).not.toContain("canary");
});

test("every error of the configuration is shown at once, and no call is made", async () => {
  const environment = { LYCEUM_API_KEY: "lk_quoted_canary'", LYCEUM_BASE_URL: "ftp://example.test", LYCEUM_ORG: "a b" };
  const before = (await setup.emulator.control.requests()).length;
  const { exitCode, stdout } = await setup.run("--probe --yes", environment);
  golden("configuration", stdout);
  expect(exitCode).toBe(1);
  expect(stdout).not.toContain("canary");
  expect(await setup.emulator.control.requests()).toHaveLength(before);
});

test("for an unreachable service, and a machine without Pulumi, it says what to do", async () => {
  const environment = { LYCEUM_BASE_URL: "http://127.0.0.1:9", PATH: "/nowhere" };
  const { exitCode, stdout, stderr } = await setup.run("--probe --yes", environment);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/!! {2}Pulumi CLI {6}not found on PATH\n.*-> Install/);
  expect(stdout).toMatch(/!! {2}Reachable {2}LYC1201/);
  expect(stderr).toContain("No probe was made: the service cannot be reached.");
});

// A long test writes this golden output. Here, a changed statement fails at once.
test("the golden output of a probe has each assumption", () => {
  const printed = readFileSync(join(__dirname, "golden", "probe.txt"), "utf8").replaceAll(/\s+/g, " ");
  const printedAs = ({ id, statement, certainty }: (typeof ASSUMPTIONS)[number]) => `${id} ${statement} (${certainty})`;
  expect(ASSUMPTIONS.map(printedAs).filter((text) => !printed.includes(text))).toEqual([]);
});

test("a probe needs its option, and a command line that is not valid ends 2", async () => {
  const { exitCode, stderr } = await setup.run("--probe");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("there is no terminal to ask on. Add --yes");
  expect(await setup.active()).toEqual([]);
  for (const args of ["--yes", "--probe --execution-type a-b", "x"]) {
    expect([args, (await setup.run(args)).exitCode]).toEqual([args, 2]);
  }
});
