// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable

import { document } from "../../testing/read-marks";
import { UNKNOWN_MARKER } from "../../yaml/text";
import { ProjectDiagnostics } from "../diagnostics";
import { textOf, valueAt } from "../nodes";
import { SourceRow } from "../sources";
import { bundleOf, marksOf } from "../testing/bundle";
import { interpolate } from "./interpolate";

/** Bundles a service with these settings. The variables are A (1), TEXT (word) and SECRET_A (s). */
const bundled = (settings: string, rest = "") =>
  bundleOf(
    { "compose.yaml": `services:\n  a:\n    image: i\n${settings}${rest}` },
    { variables: { A: "1", TEXT: "word", LONG: "a text of many words", SECRET_A: "s", UNKNOWN: UNKNOWN_MARKER } },
  );
const service = (settings: string) =>
  (bundled(`    ${settings}\n`).bundle?.model.services as { readonly a: object } | undefined)?.a;

test.each([
  ["user: '$A'", { user: "1" }],
  ["scale: $A", { scale: 1 }],
  ["scale: 1e6", { scale: 1_000_000 }],
  ["tty: '${NONE-yes}'", { tty: true }],
  ["labels: {a: '$$A', b: $TEXT}", { labels: { a: "$$A", b: "word" } }],
  ["labels: {a: $LONG}", { labels: { a: "a text of many words" } }],
  ["dns: [$TEXT, x]", { dns: ["word", "x"] }],
  ["labels: {$A: b}", { labels: { $A: "b" } }],
  ["labels: {a: 2001-01-01}", { labels: { a: "2001-01-01 00:00:00 +0000 UTC" } }],
  [
    "post_start: [{command: x, environment: {A: 2001-01-01}}]",
    { post_start: [{ environment: { A: "2001-01-01 00:00:00 +0000 UTC" } }] },
  ],
  [
    "pre_start: [{image: i, labels: {a: 2001-01-01}}]",
    { pre_start: [{ labels: { a: "2001-01-01 00:00:00 +0000 UTC" } }] },
  ],
  ["environment: [A, NONE, B=$A]", { environment: { A: "1", NONE: null, B: "1" } }],
  ["environment: {A: , NONE: , B: }", { environment: { A: "1", NONE: null, B: null } }],
])("replaces variables in %s", (settings, expected) => expect(service(settings)).toMatchObject(expected));

test.each([
  ["a number that is none", "scale: $TEXT", ["LYC2112"]],
  ["a number in quotes that Compose reads only without quotes", "scale: '1e+06'", ["LYC2112"]],
  ["a number that Compose reads only without an exponent", "ulimits: {nofile: 1e6}", ["LYC2112"]],
  ["a number whose variable is not set", "scale: $NONE", ["LYC2112"]],
  ["a number that is not known yet", "scale: $UNKNOWN", []],
  ["a number next to a broken variable", "scale: '1${'", ["LYC2310"]],
  ["a number whose variable is required", "scale: ${NONE:?}", ["LYC2309"]],
  ["a date as a label, which Compose converts", "labels: {a: 2001-01-01}", ["LYC2113"]],
  ["a date in quotes as a label", "labels: {a: '2001-01-01'}", []],
  ["a date in another mapping", "logging: {driver: 2001-01-01}", ["LYC2104"]],
  ["this machine's folder in a file of labels", "label_file: $PWD/none", ["LYC2501"]],
  ["this machine's folder in a file that is extended", "extends: {file: $PWD/none, service: x}", ["LYC2501"]],
  ["a date that is not a label", "user: 2001-01-01", ["LYC2104"]],
  ["a required variable", "user: ${NONE:?}", ["LYC2309"]],
  ["this machine's folder in a value", "user: $PWD", ["LYC2313"]],
  ["this machine's folder in a path that is read here", "env_file: [{path: $PWD/none, required: false}]", []],
  ["this machine's folder in a build, whose folder is read here", "build: $PWD", []],
  ["this machine's folder in another setting of a build", "build: {context: ., target: $PWD}", []],
  ["this machine's folder in files that are watched", "develop: {watch: [{path: $PWD, action: rebuild}]}", []],
  ["this machine's folder in a mount", "volumes: ['$PWD/none:/x']", []],
  ["this machine's folder in the target of a mount", "volumes: [{type: volume, target: $PWD}]", ["LYC2313"]],
])("the diagnostics of a value with a variable: %s", (_, settings, codes) => {
  expect(bundled(`    ${settings}\n`).diagnostics.map(({ code }) => code)).toEqual(codes);
});

test("a diagnostic is at the variable, or at the whole value if escapes change the spelling of the variable", () => {
  expect(marksOf(bundled("    user: x $NONE\n"))).toEqual(["compose.yaml:4:13 LYC2308 services.a.user"]);
  expect(bundled("    user: x $NONE y\n").diagnostics[0]?.range?.end.column).toBe(18);
  expect(marksOf(bundled('    user: "x \\u0024NONE"\n'))).toEqual(["compose.yaml:4:11 LYC2308 services.a.user"]);
});

test.each([
  ["a plain variable", "user: $A", false],
  ["a number without a variable", "scale: '2'", false],
  ["a secret variable", "user: $SECRET_A", true],
  ["a secret name without a value", "environment: [SECRET_A]", true],
  ["a secret variable next to a name without a value", "environment: ['B=$SECRET_A', A]", true],
  ["a plain variable next to a name without a value", "environment: ['B=$A', A]", false],
])("%s makes the text secret: %#", (_, settings, secret) => {
  expect(bundled(`    ${settings}\n`).bundle?.secret).toBe(secret);
});

test("configs and secrets have the value of their variable as content", () => {
  const rest = "configs:\n  c: {environment: A}\n  d: {content: x}\n";
  const used = "    configs: [c, d]\n";
  expect(bundled(used, rest).bundle?.model).toMatchObject({
    configs: { c: { content: "1" }, d: { content: "x" } },
  });
});

test.each([
  ["in the content of a config", "configs: [c]", "configs: {c: {content: $PWD}}\n", ["LYC2313"]],
  ["in the file of a config, which is read here", "configs: [c]", "configs: {c: {file: $PWD/none}}\n", ["LYC2501"]],
  ["in the file of a secret, which is read here", "secrets: [s]", "secrets: {s: {file: $PWD/none}}\n", ["LYC2501"]],
  ["in the name of a config", "configs: [c]", "configs: {c: {external: true, name: $PWD}}\n", ["LYC2313"]],
  ["in a file that is included, which is read here", "tty: true", "include: ['$PWD/none.yaml']\n", ["LYC2501"]],
  ["in the device of a volume", "volumes: ['v:/v']", "volumes: {v: {driver_opts: {device: $PWD}}}\n", ["LYC2313"]],
])("PWD, the folder of this machine, %s", (_, settings, rest, codes) => {
  expect(bundled(`    ${settings}\n`, rest).diagnostics.map(({ code }) => code)).toEqual(codes);
});

test("a value with a wrong type is reported even if a later file replaces it", () => {
  const files = { "compose.yaml": "services: {a: {image: i, scale: $A}}\n", "b.yaml": "services: {a: {scale: 2}}\n" };
  const marks = (A: string) => marksOf(bundleOf(files, { paths: ["compose.yaml", "b.yaml"], variables: { A } }));
  expect([marks("1"), marks("x")]).toEqual([[], ["compose.yaml:1:33 LYC2112 services.a.scale"]]);
});

test("variables that make a project too large are reported once, at the first value over 5 MB", () => {
  const labels = [1, 2, 3, 4, 5, 6, 7].map((name) => `      l${name}: $X\n`).join("");
  const text = `services:\n  a:\n    image: i\n    labels:\n${labels}`;
  expect(marksOf(bundleOf({ "compose.yaml": text }, { variables: { X: "x".repeat(1_000_001) } }))).toEqual([
    "compose.yaml:10:11 LYC2502 services.a.labels.l6",
  ]);
});

test("a number whose variable is not set is reported with the variable", () => {
  const [diagnostic] = bundled("    scale: $NONE\n").diagnostics;
  expect(diagnostic?.message).toContain("NONE");
  expect(bundled("    scale: $TEXT\n").diagnostics[0]?.message).toBe("services.a.scale must be a whole number");
});

describe("the node of a text", () => {
  const variables = new Map([
    ["A", { text: "1", secret: false }],
    ["SECRET", { text: "s", secret: true }],
  ]);
  const nodes = (user: string) => {
    const { root } = document(`services: {a: {image: i, user: ${user}}}\n`);
    const sources = new SourceRow();
    sources.add("compose.yaml", "");
    const whole = interpolate(root, (name) => variables.get(name), new ProjectDiagnostics(sources));
    const at = (from: Parameters<typeof valueAt>[0]) => valueAt(valueAt(valueAt(from, "services"), "a"), "user");
    return { before: at(root), after: at(whole) };
  };

  test.each(["root", "'1'", "$$A"])("stays the same without a variable: %s", (user) => {
    const { before, after } = nodes(user);
    expect(after).toBe(before);
  });

  test.each([
    ["u$A", { value: "u1", style: "quoted" }],
    ["$A$SECRET", { value: "1s", style: "quoted", secret: true }],
    ["'$NONE${X:?}'", { value: "", style: "quoted", unset: ["NONE"], lacksRequired: true }],
    ["u$NONE", { value: "u", style: "quoted", unset: ["NONE"] }],
  ])("is quoted, and has the known facts about its variables: %s", (user, expected) => {
    const { before, after } = nodes(user);
    expect(after).toMatchObject(expected);
    for (const fact of ["secret", "unset"]) expect([fact, fact in (after ?? {})]).toEqual([fact, fact in expected]);
    expect(textOf(after)).toBe(expected.value);
    expect((after?.weight ?? 0) - (before?.weight ?? 0)).toBe(expected.value.length - user.replaceAll("'", "").length);
  });
});
