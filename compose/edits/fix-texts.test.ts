import fc from "fast-check";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { validateCompose } from "../validate";
import { applyEdits, fixTexts } from ".";

const validate = (texts: ReadonlyMap<string, string>) =>
  [...texts].flatMap(([file, text]) => validateCompose(text, { file }).diagnostics);
const fix = (text: string) => fixTexts(new Map([["f", text]]), validate);
const fixedText = (text: string) => fix(text).texts.get("f");
const errorsOf = (all: readonly Diagnostic[]) => all.filter(({ severity }) => severity === "error").length;

const LONG = "x".repeat(60);
const web = (...lines: readonly string[]) =>
  `services:\n  web: # a comment\n${lines.map((line) => `    ${line}\n`).join("")}`;

test.each([
  ["a misspelt key", ["imgae: nginx # the image"], ["image: nginx # the image"]],
  ["a misspelt key in quotes", ["image: i", "'imag': i", '"usre": root'], ["image: i", "'imag': i", '"user": root']],
  ["a number for a text", ["image: i", "user: 1000"], ["image: i", 'user: "1000"']],
  ["a number in a list", ["image: i", "command: [a, 1]"], ["image: i", 'command: [a, "1"]']],
  ["a date for a text", ["image: i", "hostname: 2001-01-31"], ["image: i", 'hostname: "2001-01-31"']],
  ["two errors in one value", ["image: i", "usre: 1000"], ["image: i", "usre: 1000"]],
  ["a word of a list", ["image: i", "cgroup: hosst"], ["image: i", "cgroup: host"]],
  // A path shows only the beginning of a long name, so both errors seem to be at the same position.
  [
    "the same key below two long names that begin alike",
    ["image: i", `networks: {${LONG}a: {alises: [x]}, ${LONG}b: {alises: [x]}}`],
    ["image: i", `networks: {${LONG}a: {aliases: [x]}, ${LONG}b: {aliases: [x]}}`],
  ],
])("corrects %s", (_, before, after) => {
  expect(fixedText(web(...before))).toBe(web(...after));
});

test.each([
  ["two keys for one name", ["imgae: x", "iamge: y"]],
  ["a name that is there", ["image: i", "imgae: y"]],
  ["a key of another part", ["image: i", "replicas: 1"]],
  ["a number with a unit that is missing", ["image: i", "stop_grace_period: 90"]],
  ["a boolean as a network mode", ["image: i", "network_mode: false"]],
  ["a boolean as a restart policy", ["image: i", "restart: false"]],
  ["a value that quotes do not correct", ["image: i", "extra_hosts: [1]"]],
  ["a key that is far from any other", ["image: i", "zzzzzz: 1"]],
])("leaves %s as it is", (_, lines) => {
  const { texts, fixed } = fix(web(...lines));
  expect(texts.get("f")).toBe(web(...lines));
  expect(fixed).toEqual([]);
});

test.each([
  ["imgae", "image"],
  ["comand", "command"],
  ["enviroment", "environment"],
  ["restrat", "restart"],
  ["depends_no", "depends_on"],
  ["volumes_form", "volumes_from"],
])("corrects the typing error %s to %s", (wrong, right) => {
  const value = right.endsWith("s_on") || right.endsWith("_from") ? "[b]" : right === "environment" ? "{A: a}" : '"no"';
  const text = (key: string) => `services:\n  b: {image: i}\n  web: {build: ., ${key}: ${value}}\n`;
  expect(fixedText(text(wrong))).toBe(text(right));
});

test.each([
  ["deploy: {resources: {limits: {gpus: 1}}}"],
  ["cpu_limit: 2"],
  ["cpu_reservation: 2"],
  ["gpu_count: 2"],
  ["gpu_shares: 2"],
  ["ip: host"],
  ["start_grace_period: 30s"],
  ["depends_on: {web2: {condition: service_ready}}"],
  ["networks: {default: {ipv5_address: 10.0.0.5}}"],
])("%s is another setting, and no typing error", (line) => {
  const text = `${web("image: i", line)}  web2: {image: i, healthcheck: {test: [CMD, a]}}\n`;
  const { texts, fixed, left } = fix(text);
  expect(texts.get("f")).toBe(text);
  expect(fixed).toEqual([]);
  expect(errorsOf(left)).toBe(1);
});

test("corrects a section of the top level, and the names that it declares are known", () => {
  const text = 'service:\n  web: {image: i, volumes: ["data:/d"]}\nvolume: {data: }\n';
  expect(fixedText(text)).toBe('services:\n  web: {image: i, volumes: ["data:/d"]}\nvolumes: {data: }\n');
});

test("corrects more errors than a list shows", () => {
  const services = (line: string) =>
    `services:\n${Array.from({ length: 250 }, (_, i) => `  s${i}:\n    ${line} # ${i}\n    ${i % 10 === 0 ? "zzzzzz" : "tty"}: true\n`).join("")}`;
  const { texts, fixed, left } = fix(services("imgae: i"));
  expect(texts.get("f")).toBe(services("image: i"));
  expect(fixed).toHaveLength(250);
  expect(errorsOf(left)).toBe(25);
});

test("a wrong correction among more errors than a list shows is rejected", () => {
  const error = (code: string, edits?: Diagnostic["edits"]): Diagnostic => ({
    code,
    severity: "error",
    message: "",
    file: "f",
    remedy: "",
    ...(edits && { edits }),
  });
  const range = { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 2, offset: 1 } };
  const leftOut = (count: number): Diagnostic => ({
    ...error("LYC2099"),
    severity: "warning",
    leftOut: [{ code: "A", severity: "error", count }],
  });
  const before = [error("A", [{ range, text: "b" }]), leftOut(5)];
  const fixedWith = (after: readonly Diagnostic[]) =>
    fixTexts(new Map([["f", "a"]]), (texts) => (texts.get("f") === "a" ? before : after)).fixed;
  expect(fixedWith([error("B"), leftOut(4)])).toHaveLength(1);
  expect(fixedWith([error("B"), leftOut(5)])).toEqual([]);
  expect(fixedWith([error("A"), leftOut(4)])).toEqual([]);
});

test("changes only texts that it was given", () => {
  const { texts, fixed } = fixTexts(new Map([["other", "x"]]), () => validate(new Map([["f", web("imgae: i")]])));
  expect([...texts]).toEqual([["other", "x"]]);
  expect(fixed).toEqual([]);
});

const pieces = [
  "image: i",
  "imgae: i # c",
  "user: 1000",
  "usre: 5 # é",
  "command: [a, 1, 2.5]",
  "port: ['80:80']",
  "labels: {a: 2001-01-31}",
  "  ",
  "# a comment",
  "extra_hosts: [1]",
  "hostname: yes",
  "restart: [x]",
  "environmnt: {A: b}",
  "tty: nope",
];
const texts = fc
  .tuple(fc.uniqueArray(fc.constantFrom(...pieces), { minLength: 1 }), fc.constantFrom("\n", "\r\n", "\r"))
  .map(([lines, end]) => web(...lines).replaceAll("\n", end));

test("any text changes only at the edits, has no new error, and a second call changes nothing", () => {
  let count = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const before = validateCompose(text, { file: "f" }).diagnostics;
      const { texts, fixed, left } = fix(text);
      const after = texts.get("f") ?? "";
      count += fixed.length;
      expect(errorsOf(left)).toBeLessThanOrEqual(errorsOf(before) - (fixed.length > 0 ? 1 : 0));
      expect(fixedText(after)).toBe(after);
      // Without what the edits insert or replace, both texts are the same: comments and line endings stay.
      const bare = (written: string) => written.replace(/["\w]+/g, "");
      expect(bare(after)).toBe(bare(text));
      expect(after.match(/#.*|[\r\n]+/g)).toEqual(text.match(/#.*|[\r\n]+/g));
    }),
    { numRuns: 200 },
  );
  expect(count).toBeGreaterThan(50);
});

test("edits are applied in the order of the text, once each", () => {
  const at = (start: number, end: number, text: string) => ({
    range: { start: { line: 1, column: 1, offset: start }, end: { line: 1, column: 1, offset: end } },
    text,
  });
  expect(applyEdits("abcd", [at(3, 4, "X"), at(0, 1, "YY"), at(0, 1, "YY")])).toBe("YYbcX");
  expect(applyEdits("abcd", [at(0, 2, "X"), at(1, 3, "Y")])).toBe("Xcd");
  expect(applyEdits("abcd", [at(1, 1, '"'), at(3, 3, '"')])).toBe('a"bc"d');
  expect(applyEdits("abcd", [at(1, 1, "X"), at(1, 1, "Y")])).toBe("aXYbcd");
  expect(applyEdits("abcd", [])).toBe("abcd");
});
