// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import fc from "fast-check";
import { scaled } from "../../tests/fuzz/amount";
import { marksOf } from "../testing/read-marks";
import { timesAsLong } from "../testing/times-as-long";
import { UNKNOWN_MARKER } from "../yaml/text";
import { VALIDATION_CATALOGUE, type ValidationOptions, validateCompose } from ".";
import type { ValidationContext } from "./context";
import { web } from "./testing/fixture";
import { fixtures } from "./testing/fixtures";

const validate = (text: unknown, options?: ValidationOptions) => validateCompose(text, options).diagnostics;

/** Returns `code@line:column path` of each diagnostic. */
const marks = (text: unknown, options: ValidationOptions = {}) => marksOf(validate(text, options));

it("reports the diagnostics of the caller's rules, in the order of the text, with the words of their catalogue", () => {
  const catalogue = { X1: { severity: "warning", title: "a name", remedy: "Choose another." } } as const;
  const rules = {
    catalogue,
    rules: [(context: ValidationContext<"X1">) => context.addAt("X1", context.root, "has one")],
  };
  const text = `name: n\n${web("imgae: x")}`;
  expect(validate(text, { rules })).toMatchObject([
    { code: "X1", severity: "warning", message: "the document has one", remedy: "Choose another." },
    { code: "LYC2105" },
  ]);
  expect(validate(text, { rules, diagnostics: { X1: "off" } })).toMatchObject([{ code: "LYC2105" }]);
});

it("lists the unknown keys of the top level, because a secret in place of a text may look like a key", () => {
  const text = "hunter2-canary:\nvolums: {}\nimage: i\nx-a: 1\nservices: {a: {image: i, other: 1}}\n";
  expect(validateCompose(text).unknownKeys).toEqual(["hunter2-canary", "hunter2-canary", "hunter2-canary"]);
});

it("reports all diagnostics of a text at once, in the order of the text", () => {
  const text =
    "services:\n  web:\n    imgae: x\n    imgae: y\n    ports: [a]\n  db:\n    image: i\n    depends_on: [wbe]\n";
  expect(marks(text)).toEqual([
    "LYC2105@3:5 services.web.imgae",
    "LYC2007@4:5 services.web.imgae",
    "LYC2210@5:13 services.web.ports[0]",
    "LYC2202@8:18 services.db.depends_on[0]",
  ]);
  const remedies = validate(text).map(({ remedy }) => remedy);
  expect(remedies).toContain("Did you mean `image`?");
  expect(remedies).toContain("Did you mean `web`?");
});

it("reports only the branch of a union that was meant", () => {
  const text = web(
    "ports: [{target: 80, publishd: '80'}]",
    "depends_on: {db: {condition: healthy}}",
    "build: {contxt: .}",
  );
  expect(marks(text)).toEqual([
    "LYC2105@4:26 services.web.ports[0].publishd",
    "LYC2202@5:18 services.web.depends_on.db",
    "LYC2107@5:34 services.web.depends_on.db.condition",
    "LYC2105@6:13 services.web.build.contxt",
  ]);
  expect(validate(web("command: {a: b}"))[0]?.message).toBe(
    "services.web.command must be empty, a string or a list, and it is a mapping",
  );
});

it("reports a diagnostic in a shared value once, where it is written", () => {
  const text =
    "x-common: &common\n  tty: maybe\nservices:\n  a: {<<: *common, image: i}\n  b: {<<: *common, image: i}\n";
  expect(marks(text)).toEqual(["LYC2112@2:8 services.a.tty"]);
});

it("accepts values that variables will complete", () => {
  expect(marks(web("scale: ${N:-2}", "ports: ['${P:-80}:80']", "cgroup: ${C:-host}", "dns: ${D:-a}"))).toEqual([]);
  expect(marks(web("logging: ${L:-x}"))).toEqual(["LYC2104@4:14 services.web.logging"]);
});

it("reports an undefined alias once", () => {
  const text = "services:\n  web: *a\n  db:\n    <<: *b\n    tty: true\n    ports: *c\nvolumes: *d\n";
  expect(marks(text)).toEqual([
    "LYC2011@2:8 services.web",
    'LYC2011@4:9 services.db["<<"]',
    "LYC2011@6:12 services.db.ports",
    "LYC2011@7:10 volumes",
  ]);
});

it("names the part to which a misplaced setting of a service belongs", () => {
  const [diagnostic] = validate(`ports: [80]\n${web()}`);
  expect(diagnostic).toMatchObject({
    code: "LYC2105",
    remedy: "`ports` is a setting of a service: indent it under one.",
  });
});

it("accepts another severity for a code, except for an error that prevents reading the text", () => {
  const text = web("user: $A", "imgae: x");
  const options = { diagnostics: { LYC2308: "error", LYC2105: "off", LYC2006: "off" } } as const;
  expect(validate(text, options)).toMatchObject([{ code: "LYC2308", severity: "error" }]);
  expect(marks("a: [", options)).toEqual(["LYC2006@1:4"]);
});

test.each([
  ["off", undefined, "100 more warnings are not shown"],
  ["off", "off", undefined],
  ["warning", undefined, "250 more warnings are not shown"],
  ["error", "error", "250 more errors are not shown"],
] as const)("LYC2099 counts with other severities: LYC2105 is %s, LYC2308 is %s", (LYC2105, LYC2308, message) => {
  const lines = [
    ...Array.from({ length: 250 }, (_, index) => `k${index}: 1`),
    `environment: [${Array.from({ length: 200 }, (_, index) => `A${index}=$V${index}`)}]`,
  ];
  const choices = { LYC2105, ...(LYC2308 && { LYC2308 }) };
  const left = validate(web(...lines), { diagnostics: choices }).filter(({ code }) => code === "LYC2099");
  expect(left.map((one) => one.message)).toEqual(message === undefined ? [] : [message]);
});

describe("what is not known yet", () => {
  const later = UNKNOWN_MARKER;

  test.each([
    ["the whole text", later],
    ["a section", `services: ${later}`],
    ["a service", `services: {web: ${later}}`],
    ["a value of any type", web(`ports: ${later}`, `tty: ${later}`, `scale: ${later}`, `environment: ${later}`)],
    ["a part of a value", web(`ports: ['${later}:80']`, `mem_limit: ${later}m`, `volumes: ['${later}:/a']`)],
    ["a name", web(`depends_on: [${later}]`, `networks: [${later}]`)],
    ["a key", web(`${later}: x`)],
    ["what a name may mean", `${web("networks: [a]", "volumes: ['b:/b']")}networks: ${later}\nvolumes: {${later}: }\n`],
    ["a text that may be YAML later", `${web()}${later}\n`],
  ])("is accepted: %s", (_name, text) => expect(marks(text)).toEqual([]));

  test("does not prevent the validation of other values", () => {
    expect(marks(web(`ports: ['${later}:80', '80:a']`, "imgae: x"))).toEqual([
      "LYC2210@4:56 services.web.ports[1]",
      "LYC2105@5:5 services.web.imgae",
    ]);
  });
});

it("returns the document that was read, or no document if reading fails", () => {
  expect(validateCompose(web("ports: [80]")).document?.model).toEqual({
    services: { web: { image: "nginx", ports: [80] } },
  });
  expect(validateCompose(web("imgae: x")).document).toBeDefined();
  expect(validateCompose("services: {}").document).toBeUndefined();
  expect(validateCompose(web(`user: ${UNKNOWN_MARKER}`)).document).toBeUndefined();
});

it("never repeats a value", () => {
  const values = ["command: {a: canary}", "ports: [canary]", "tty: canary", "mem_limit: canary", "cgroup: canary"];
  const text = web(
    ...values,
    "stop_grace_period: canary",
    "volumes: ['v:/canary:canary:canary']",
    "healthcheck: {test: [canary]}",
  );
  const reported = validate(text).map(({ message, remedy }) => `${message} ${remedy}`);
  expect(reported.length).toBeGreaterThan(6);
  expect(reported.join("\n")).not.toContain("canary");
});

const piece = fc.constantFrom(
  ...Object.values(fixtures)
    .flatMap(({ fails, passes }) => [fails, passes])
    .filter((text): text is string => typeof text === "string" && text.length < 10_000),
);
const signs = fc.string({
  unit: fc.constantFrom(..."\n :-[]{}&*'\"$/0a", "<<: ", "*a", "&a ", "\n    "),
  maxLength: 4,
});

it("returns diagnostics inside the text for any mutant of its fixtures", () => {
  const mutation = fc.record({ at: fc.nat(), remove: fc.nat(8), insert: signs });
  fc.assert(
    fc.property(piece, fc.array(mutation, { minLength: 1, maxLength: 3 }), (seed, mutations) => {
      let text = seed;
      for (const { at, remove, insert } of mutations) {
        const location = at % (text.length + 1);
        text = text.slice(0, location) + insert + text.slice(location + remove);
      }
      for (const { code, range } of validate(text)) {
        expect(VALIDATION_CATALOGUE).toHaveProperty(code);
        expect(range?.end.offset ?? 0).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: scaled(500) },
  );
});

it("takes time in proportion to the text, also for long chains", () => {
  const chain = (length: number) => {
    const links = Array.from(
      { length },
      (_, i) => `  s${i}: {image: i, depends_on: [s${i + 1}], ports: ['${i + 1}:1']}`,
    );
    const text = `services:\n${links.join("\n")}\n  s${length}: {image: i}\n`;
    return () => expect(marks(text)).toEqual([]);
  };
  // The first text is eight times as long as the second one. With quadratic time, the first text would take sixty-four
  // times as long.
  expect(timesAsLong(chain(4_000), chain(500), { enough: 16 })).toBeLessThan(24);
});
