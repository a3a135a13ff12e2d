import { LyceumError } from "../../provider/lyceum/errors";
import { fakeSurface } from "../testing/surface";
import { checkConfiguration } from "./configuration";
import { checkMachine } from "./local";
import { readDoctorOptions } from "./options";
import { isAllowed } from "./probe";
import { checkService } from "./service";

const NEEDS = { node: "20.18.1", pulumi: "3.248.0" };

/** Returns the check of this machine with this id, as text. */
function machineCheck(id: string, node: string, cli: object | undefined, sdk: string | undefined): string {
  const machine = { nodeVersion: node, pulumi: () => cli, packageVersion: () => sdk };
  const check = checkMachine(machine as never, "/project", NEEDS).find((one) => one.id === id);
  return [check?.state, check?.text, ...(check?.todo === undefined ? [] : [check.todo])].join("; ");
}

const CLI = { path: "/bin/pulumi", version: "3.300.0" };

test.each([
  ["node", "20.18.1", CLI, "3.248.0", "ok; 20.18.1 (needs 20.18.1 or later)"],
  ["node", "20.19.0", CLI, "3.248.0", "ok; 20.19.0 (needs 20.18.1 or later)"],
  ["node", "20.18.0", CLI, "3.248.0", "attention; 20.18.0 (needs 20.18.1 or later); Install Node 20.18.1 or later."],
  ["node", "18", CLI, "3.248.0", "attention; 18 (needs 20.18.1 or later); Install Node 20.18.1 or later."],
  ["node", "21", CLI, "3.248.0", "ok; 21 (needs 20.18.1 or later)"],
  ["pulumi-cli", "22.0.0", CLI, "3.248.0", "ok; 3.300.0 (/bin/pulumi)"],
  [
    "pulumi-cli",
    "22.0.0",
    { path: "/bin/pulumi", version: undefined },
    "3.248.0",
    "attention; /bin/pulumi does not report a version; Run `pulumi version` and follow its message.",
  ],
  ["pulumi-sdk", "22.0.0", CLI, "3.248.0-beta", "ok; 3.248.0-beta (needs 3.248.0 or later)"],
])("the check %s of Node %s with the CLI %o and the SDK %s", (id, node, cli, sdk, text) => {
  expect(machineCheck(id, node, cli, sdk)).toBe(text);
});

test.each([
  ["no Pulumi CLI", "pulumi-cli", undefined, "3.248.0", /^attention; not found on PATH; Install the Pulumi CLI/],
  ["no SDK", "pulumi-sdk", CLI, undefined, /^attention; not found from this folder; .*npm install pulumi-lyceum/],
  ["an old SDK", "pulumi-sdk", CLI, "3.247.9", /^attention; 3\.247\.9 \(needs .*npm install @pulumi\/pulumi@latest/],
])("on a machine with %s, the check says what to do", (_what, id, cli, sdk, text) => {
  expect(machineCheck(id, "22.0.0", cli, sdk)).toMatch(text);
});

const value = (value: unknown = {}) => ({ kind: "value", value }) as never;
const error = (code: LyceumError["code"], status?: number) => {
  return {
    kind: "error",
    error: new LyceumError({ code, message: "no", ...(status === undefined ? {} : { status }) }),
  } as never;
};
const machines = (count: number) =>
  value(Array.from({ length: count }, (_none, at) => ({ hardwareProfile: `m${at}` })));

/** Returns the check of the service with this id, as text. */
function serviceCheck(id: string, answers: object, baseUrl = "https://api.lyceum.example/api/v2/external"): string {
  const all = { account: value(), machines: machines(1), list: value(), history: value(), ...answers };
  const check = checkService(all as never, { baseUrl }).find((one) => one.id === id);
  return [check?.state, check?.text, ...(check?.todo === undefined ? [] : [check.todo])].join("; ");
}

const LISTED = Array.from({ length: 12 }, (_none, at) => `m${at}`).join(", ");

test.each<[string, string, object, RegExp | string]>([
  ["an answer", "reachable", {}, "ok; the service answers"],
  ["an account without credits in the answer", "account", {}, "ok; the key is accepted"],
  ["an account with credits", "account", { account: value({ credits: 0.5 }) }, "ok; the key is accepted; credits: 0.5"],
  [
    "an account whose credits are used up",
    "account",
    { account: value({ credits: 0 }) },
    /^attention; .* credits: 0; \S/,
  ],
  ["no machine", "machines", { machines: machines(0) }, "ok; none"],
  ["twelve machines", "machines", { machines: machines(12) }, `ok; ${LISTED}`],
  ["more machines", "machines", { machines: machines(14) }, `ok; ${LISTED}, and 2 more`],
  ["a list that works", "list", {}, /^ok; works: /],
  [
    "a call that fails for now",
    "list",
    { list: error("LYC1108", 500) },
    /^attention; unclear: .*; Run the same command again later\.$/,
  ],
  [
    "a call that the key may not make",
    "history",
    { history: error("LYC1102", 403) },
    /^attention; refused: .*; Ask for a key that may make this call\.$/,
  ],
  [
    "a call that the service does not have",
    "list",
    { list: error("LYC1103", 404) },
    /^attention; .*; Check that the base URL is Lyceum's API\./,
  ],
  [
    "a key that one call refuses",
    "account",
    { account: error("LYC1101", 401) },
    /^attention; refused: .* The account is not shown\.; Ask for a key/,
  ],
  [
    "a key that every call refuses",
    "account",
    { account: error("LYC1101", 401), list: error("LYC1101", 401), history: error("LYC1101", 401) },
    /^attention; refused by every call \(401\); /,
  ],
])("the check of the service for %s", (_what, id, answers, text) => {
  if (typeof text === "string") expect(serviceCheck(id, answers)).toBe(text);
  else expect(serviceCheck(id, answers)).toMatch(text);
});

const CONFIGURATION = {
  baseUrl: "https://api.lyceum.example/api/v2/external",
  sources: { token: { name: "LYCEUM_API_KEY" }, baseUrl: { name: "LYCEUM_BASE_URL" } },
};

test.each([
  ["no proxy", {}, "none"],
  ["a proxy", { https_proxy: "http://proxy.example:3128" }, "http://proxy.example:3128"],
  [
    "a proxy with exceptions",
    { https_proxy: "http://proxy.example:3128", no_proxy: "a.example" },
    "http://proxy.example:3128, but for the hosts in NO_PROXY",
  ],
])("the configuration with %s", (_what, environment, text) => {
  const checks = checkConfiguration({ kind: "ok", configuration: CONFIGURATION, notes: ["n"] } as never, environment);
  expect(checks.map((one) => [one.id, one.state, one.text])).toEqual([
    ["token", "ok", "from LYCEUM_API_KEY"],
    ["base-url", "ok", "https://api.lyceum.example/api/v2/external (from LYCEUM_BASE_URL)"],
    ["proxy", "ok", text],
    ["note", "attention", "n"],
  ]);
});

test.each([
  ["LYC1001", true],
  ["LYC1002", false],
])("the error %s has advice about the key of a stack: %s", (code, hasAdvice) => {
  const [check] = checkConfiguration({ kind: "errors", errors: [{ code, message: "m" }] } as never, {});
  expect([check?.state, check?.text, check?.todo !== undefined]).toEqual(["attention", "m", hasAdvice]);
});

test.each([
  [[], { json: false, probe: false, yes: false, machine: "cpu" }],
  [["--probe", "--yes", "--execution-type", "gpu.a100"], { json: false, probe: true, yes: true, machine: "gpu.a100" }],
])("the options of doctor %j", (args, options) => {
  expect(readDoctorOptions(args)).toEqual(options);
});

test.each([[["--yes"]], [["--execution-type", "cpu"]]])("the options %j belong to --probe", (args) => {
  expect(() => readDoctorOptions(args)).toThrow("--yes and --execution-type belong to --probe");
});

test("without a terminal, a probe needs --yes", async () => {
  const surface = fakeSurface({});
  const options = { json: false, probe: true, yes: false, machine: "cpu" };
  expect(await isAllowed(options, { ask: undefined } as never, surface, 80)).toBe(false);
  expect(surface.complaints.at(-1)).toMatch(/^No probe was made: there is no terminal .* --yes/);
  expect(await isAllowed({ ...options, yes: true }, { ask: undefined } as never, surface, 80)).toBe(true);
});
