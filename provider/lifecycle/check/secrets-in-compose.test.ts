// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable

import { printDiagnostics, validateCompose } from "../../../compose";
import { web } from "../../../compose/validate/testing/fixture";
import { isSecretLine, secretRules } from "../../secrets";
import { checkMaps } from "../testing/maps";
import { memoryProjects } from "../testing/projects";

// The keys are joined from parts, so that secret scanners do not report this file.
const key = ["AKIA", "QNZGKIQY56JQ7WML"].join("");
const random = ["q8Zk2Lw9Xv4T", "n7Rb3Mc6Yd1F"].join("");
const address = ["postgres://app:", "hunter2@db/app"].join("");

const validate = (text: string, secret = false) => validateCompose(text, { secret, secretRules }).diagnostics;
const marks = (text: string) =>
  validate(text).map(({ code, range, path }) => `${code}@${range?.start.line}:${range?.start.column} ${path}`);

it.each([
  [`command: run --key=${key} --fast`, "LYC2601@4:24 services.web.command"],
  [`environment: ['URL=${address}']`, "LYC2602@4:39 services.web.environment[0]"],
  [`environment: ['URL=${address.replace("@db", "@db.example.com")}']`, "LYC2601@4:39 services.web.environment[0]"],
  [`labels: {a: ${random}}`, "LYC2603@4:17 services.web.labels.a"],
  [`x-note: |\n      first\n      ${key}`, "LYC2601@6:7 services.web.x-note"],
  [`user: "a\\t${key}"`, "LYC2601@4:15 services.web.user"],
  ["environment: {DB_PASSWORD: hunter2}", "LYC2602@4:32 services.web.environment.DB_PASSWORD"],
  ["environment: [API_KEY=123456]", undefined],
  ["environment: {PIN_TOKEN: 827364501283}", "LYC2602@4:30 services.web.environment.PIN_TOKEN"],
  ["command: redis-server --requirepass hunter2", "LYC2602@4:41 services.web.command"],
  ["command: [redis-server, --requirepass, hunter2]", "LYC2602@4:44 services.web.command[2]"],
  ["entrypoint: [run, --db-password=hunter2]", "LYC2602@4:37 services.web.entrypoint[1]"],
  ["command: [run, --password, --force, --token-file, x, --password, $$PW]", undefined],
  ["command: mysqladmin ping --password=$$PW --password '${PW:-}' --token /run/token", undefined],
  ["environment: {API_KEY: '${A:-}hunter2'}", undefined],
  ["environment: {DB_USER: anna, DB_PASSWORD: anna1}", undefined],
  ["labels: [app.secret=db_password, app.schedule=0 3 * * *]", undefined],
  ["command: [redis-cli, -a, '${A:-}', ping]", undefined],
  ["environment: {DB_PASSWORD: , TOKEN: '', USE_PASSWORD: true}", undefined],
  ["environment: [DB_PASSWORD=$$x]", undefined],
  ["environment: {PRIVATE_KEY: ./keys/private.pem, PASSWORD_FILE: /run/secrets/p}", undefined],
  ["environment: {DIGEST: 'sha256:4c1c50d0ffc614f90b93b07d778028dc765548e823f676fb027f61d281ac380d'}", undefined],
] as const)("sees what stands in the text: %s", (settings, mark) => {
  expect(marks(web(settings)).filter((found) => !found.startsWith("LYC2308"))).toEqual(
    mark === undefined ? [] : [mark],
  );
});

it("reports one diagnostic for a value with several signs of a secret", () => {
  expect(marks(web(`environment: {API_KEY: ${key}}`))).toEqual(["LYC2601@4:28 services.web.environment.API_KEY"]);
  expect(marks(`x-a: &a {TOKEN: abcd9}\n${web("environment: *a").replace("nginx", `nginx\n    labels: *a`)}`)).toEqual([
    "LYC2602@1:17 services.web.environment.TOKEN",
  ]);
});

it("accepts secrets in a secret text", () => {
  expect(validate(web(`user: ${key}`, "environment: {TOKEN: abcd}"), true)).toEqual([]);
});

it("never shows the secret or its line", () => {
  const text = web(`command: run ${key}`, "environment: {TOKEN: c4n4ry}", `labels: {a: ${random}}`);
  const { diagnostics, lines } = validateCompose(text, { secretRules });
  const reported = printDiagnostics(diagnostics, { lines, isSecretLine });
  expect(reported.split("\n")).toHaveLength(6);
  for (const value of [key, "c4n4ry", random]) expect(reported).not.toContain(value);
});

test.each([
  ["a text", { composeFileCode: web("environment: {DB_PASSWORD: hunter2canary}") }, {}],
  ["a file", { composeFile: "compose.yaml" }, { "compose.yaml": web("environment: {DB_PASSWORD: hunter2canary}") }],
] as const)("check warns of a secret that is written out in %s, and shows no line of it", (_name, given, files) => {
  const projects = memoryProjects(files);
  const news = { ...given, $scope: "s", $urn: "urn:x", $secrets: [], $program: { directory: "/p" } };
  const { failures, warnings } = checkMaps({}, news, projects);
  expect(failures).toEqual([]);
  expect(warnings.join("\n")).toMatch(/compose(?:FileCode|\.yaml):4:32 warning LYC2602/);
  expect(warnings.join("\n")).not.toContain("canary");
});
