// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { marksOf } from "../../testing/read-marks";
import { VALIDATION_CATALOGUE, type ValidationCode, type ValidationOptions, validateCompose } from "..";
import { web } from "../testing/fixture";
import { fixtures } from "../testing/fixtures";

const page = readFileSync(join(__dirname, "../../../docs/reference/diagnostics.md"), "utf8");
const documented = [...page.matchAll(/^\| (LYC\d+) \|/gm)].map(([, code]) => code);

/** Returns `code@line:column path` of each diagnostic. */
const marks = (text: unknown, options: ValidationOptions = {}) => marksOf(validateCompose(text, options).diagnostics);

it.each(Object.keys(VALIDATION_CATALOGUE))(
  "%s of ../catalogue.ts has a rule in index.ts, and in ../testing a text that fails at its position and one that passes, and a row in docs/reference/diagnostics.md",
  (code) => {
    const { fails, marks: expected, passes, options } = fixtures[code as ValidationCode];
    expect(marks(fails, options)).toEqual(expected);
    expect(expected.some((mark) => mark.startsWith(code))).toBe(true);
    expect(marks(passes, options)).toEqual([]);
    expect(documented).toContain(code);
  },
);

it.each([
  ["command: echo 'a", "LYC2109@4:14 services.web.command"],
  ["entrypoint: a (b)", "LYC2109@4:17 services.web.entrypoint"],
  ["environment: ['A =b']", "LYC2109@4:19 services.web.environment[0]"],
  ["environment: ['à=b']", "LYC2109@4:19 services.web.environment[0]"],
  ["devices: ['a:b:c:d']", "LYC2109@4:15 services.web.devices[0]"],
  ["extra_hosts: [nothing]", "LYC2109@4:19 services.web.extra_hosts[0]"],
  ["extra_hosts: {'a=b': 1.1.1.1}", 'LYC2109@4:19 services.web.extra_hosts["a=b"]'],
  ["volumes: [{type: bind, target: /x}]", "LYC2106@4:15 services.web.volumes[0]"],
  ["scale: -1", "LYC2110@4:12 services.web.scale"],
  ["blkio_config: {weight: '3'}", "LYC2104@4:28 services.web.blkio_config.weight"],
  ["mem_limit: 1m\n    deploy: {resources: {limits: {memory: 2m}}}", "LYC2221@4:16 services.web.mem_limit"],
  ["develop: {watch: [{path: ., action: sync}]}", "LYC2106@4:23 services.web.develop.watch[0]"],
  ["environment: {A: 2001-01-31}", "LYC2113@4:22 services.web.environment.A"],
  ["environment: {A: 2001-01-31T10:00:00+01:00}", "LYC2104@4:22 services.web.environment.A"],
  ["environment: [2001-01-31]", "LYC2104@4:19 services.web.environment[0]"],
])("reports what Compose refuses although its schema accepts it: %s", (settings, mark) => {
  expect(marks(web(settings)).filter((found) => !/^LYC2[34]/.test(found))).toEqual([mark]);
});

it("reports the key that is probably a misspelling of a missing key, and not the missing key", () => {
  const text = web("configs: [{souce: c, target: /x}]", "volumes: [{target: /v, tpye: bind}]", "ports: [{tagret: 80}]");
  expect(marks(text)).toEqual([
    "LYC2105@4:16 services.web.configs[0].souce",
    "LYC2105@5:28 services.web.volumes[0].tpye",
    "LYC2105@6:14 services.web.ports[0].tagret",
  ]);
});

it.each([
  "command: echo 'a' \"(b)\"",
  "environment: ['A=b ']",
  "extra_hosts: ['a=::1', 'b:1.1.1.1']",
  "scale: 0",
  "mem_limit: 1m\n    deploy: {resources: {limits: {memory: 1024k}}}",
  "develop: {watch: [{path: ., action: rebuild}]}",
  "environment: {A: 2001-13-31, B: '2001-01-31', C: 2001-01}",
])("accepts what Compose accepts: %s", (settings) => {
  expect(marks(web(settings))).toEqual([]);
});

it.each([
  ["`a:` without a tag", "image: 'nginx:'", "Write `nginx`. If the tag comes from a variable, set the variable."],
  ["capitals", "image: Nginx", "Write `nginx`."],
  ["what nobody can guess", "image: 'a b'", VALIDATION_CATALOGUE.LYC2223.remedy],
])("the remedy for an image with %s", (_, image, remedy) => {
  const { diagnostics } = validateCompose(`services:\n  web:\n    ${image}\n`);
  expect(diagnostics).toMatchObject([{ code: "LYC2223", remedy }]);
});

it("reports each use of a variable at its position, or at the whole value if escapes hide the variable", () => {
  expect(marks(web("user: $A-$B", 'hostname: "\\u0024C"', "labels: [$D, $D]", "tty: ${E:?}"))).toEqual([
    "LYC2308@4:11 services.web.user",
    "LYC2308@4:14 services.web.user",
    "LYC2308@5:15 services.web.hostname",
    "LYC2308@6:14 services.web.labels[0]",
    "LYC2309@7:10 services.web.tty",
  ]);
  expect(marks(web("user: $A-$A-${"), { variables: new Set(["A"]) })).toEqual(["LYC2310@4:17 services.web.user"]);
  expect(marks("x-a: &a {b: $B}\nservices: {web: {image: i, labels: *a}}\n").length).toBe(1);
});
