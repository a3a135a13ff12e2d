import { UNKNOWN_MARKER } from "../../yaml/text";
import { validateCompose } from "..";
import { two, web } from "../testing/fixture";

const validate = (text: string) => validateCompose(text).diagnostics;

test("the remedy for an undefined name is the nearest name, or else the remedy of the catalogue", () => {
  const remedies = (name: string) => validate(two(`depends_on: [${name}]`, "tty: true", "  server: {image: i}\n"));
  expect([remedies("sever"), remedies("zzz")]).toMatchObject([
    [{ code: "LYC2202", remedy: "Did you mean `server`?" }],
    [{ code: "LYC2202", remedy: "Define the service, or correct the name." }],
  ]);
});

test("a circle is reported at its end, with the services on the way", () => {
  const ring = (count: number) =>
    `services:\n${Array.from({ length: count }, (_, i) => `  s${i}: {image: i, depends_on: [s${(i + 1) % count}]}\n`).join("")}`;
  expect([3, 6, 9].map((count) => validate(ring(count)).map(({ message }) => message))).toEqual([
    ["these services wait for each other: s0 → s1 → s2 → s0"],
    ["these services wait for each other: s0 → s1 → s2 → s3 → s4 → s5 → s0"],
    ["these services wait for each other: s0 → s1 → s2 → … → s7 → s8 → s0"],
  ]);
});

test.each([
  [6, "s0 → s1 → s2 → s3 → s4 → s5 → s0"],
  [7, "s0 → s1 → s2 → … → s5 → s6 → s0"],
])("the services that lead to a circle of %d are not shown", (count, shown) => {
  const ring = Array.from({ length: count }, (_, i) => `s${i}: {image: i, depends_on: [s${(i + 1) % count}]}`);
  const text = `services: {a: {image: i, depends_on: [b]}, b: {image: i, depends_on: [s0]}, ${ring.join(", ")}}\n`;
  expect(validate(text).map(({ message }) => message)).toEqual([`these services wait for each other: ${shown}`]);
});

test("a service that waits for a circle is not in it, and a circle that two services need is reported once", () => {
  const text =
    "services:\n  a: {image: i, depends_on: [b]}\n  b: {image: i, depends_on: [c]}\n  c: {image: i, depends_on: [b]}\n  d: {image: i, depends_on: [b, c]}\n";
  expect(validate(text).map(({ message, range }) => `${range?.start.line} ${message}`)).toEqual([
    '4 these services wait for each other: "b" → "c" → "b"',
  ]);
});

test("a circle is found if it begins at the second of several names", () => {
  const text = "services: {a: {image: i, depends_on: [x, b, x]}, b: {image: i, depends_on: [a]}, x: {image: i}}\n";
  expect(validate(text).map(({ code }) => code)).toContain("LYC2203");
});

test.each(["a: {image: i, depends_on: [j]}, ", ""])("services that are not known yet are not reported: %s", (known) => {
  const jobs = "{j: {image: i, depends_on: [x], triggers: {manual: true}}}";
  const found = validate(`services: {${known}${UNKNOWN_MARKER}: {image: i}}\njobs: ${jobs}\n`);
  expect(found.map(({ code }) => code)).toEqual(["LYC2113"]);
});

test("a misspelt build is reported, and not that the service of a build context is not built", () => {
  const text = "services: {a: {build: {context: ., additional_contexts: {x: 'service:b'}}}, b: {image: i, biuld: .}}\n";
  expect(validate(text).map(({ code }) => code)).toEqual(["LYC2105"]);
});

test("names that an include may define are not reported", () => {
  const text = `include: [a.yaml]\n${web("depends_on: [x]", "networks: [y]", "volumes: [vol:/a]", "restart: always")}`;
  expect(validate(text)).toEqual([]);
});

test.each([
  ["in a list", "[s1]"],
  ["in a mapping", "{s1: {condition: service_started}}"],
])("a circle of names %s is reported at the name that closes it", (_where, names) => {
  const text = `services: {s1: {image: i, depends_on: [s2]}, s2: {image: i, depends_on: ${names}}}\n`;
  const found = validate(text).map(({ range }) => text.slice(range?.start.offset, range?.end.offset));
  expect(found).toEqual(["s1"]);
});

test.each([
  ["a job is refused", "", "LYC2202"],
  ["a service that has the name of a job is not", ", b: {image: i}", "LYC2224"],
])("a service that waits for %s", (_what, more, expected) => {
  const services = `{a: {image: i, depends_on: {b: {condition: service_started}}}${more}}`;
  const found = validate(`services: ${services}\njobs: {b: {image: i, triggers: {manual: true}}}\n`);
  expect(found.map(({ code }) => code).filter((code) => code !== "LYC2113")).toEqual([expected]);
});

test.each([
  [
    "a service needs a job",
    "{a: {image: i, depends_on: [j]}}",
    "{j: {image: i, triggers: {manual: true}}}",
    'services.a.depends_on[0] needs "j", which is a job: a service can only wait for services',
    "Make the service a job, or wait for a service.",
  ],
  [
    "a service needs what is not defined",
    "{a: {image: i, depends_on: [zzz]}}",
    "{j: {image: i, triggers: {manual: true}}}",
    "the service zzz is not defined",
    "Define the service, or correct the name.",
  ],
  [
    "a job needs what is not defined",
    "{a: {image: i}}",
    "{j: {image: i, depends_on: [zzz], triggers: {manual: true}}}",
    "the service or job zzz is not defined",
    "Define the service, or correct the name.",
  ],
])("message and remedy if %s", (_what, services, jobs, message, remedy) => {
  const found = validate(`services: ${services}\njobs: ${jobs}\n`).filter(({ code }) => code !== "LYC2113");
  expect(found).toMatchObject([{ code: "LYC2202", message, remedy }]);
});
