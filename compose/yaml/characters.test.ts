import { bundleText } from "../project";
import { printModel } from "../project/print/print-model";
import { places, web } from "../testing/read-marks";
import { readCompose } from "./read";

describe("characters that end a line for Compose alone", () => {
  it.each(["\u2028", "\u2029", "\u0085"])("%j is reported at its position, wherever it is", (sign) => {
    expect(places(`# reviewed${sign}    privileged: true\n${web}`)).toEqual(["LYC2016@1:11"]);
    expect(places(`${web}    # ok${sign}    env_file: /etc/passwd\n`)).toEqual(["LYC2016@4:9"]);
    expect(places(`${web}    user: a${sign}b\n`)).toEqual(["LYC2016@4:12"]);
    expect(places(`${web}    user: 'a${sign}b'\n    "t${sign}ty": true\n`)).toEqual(["LYC2016@4:13", "LYC2016@5:7"]);
    expect(places(`${web}x-a: |\n  b\n${sign}  c\n`)).toEqual(["LYC2016@6:1"]);
    expect(places(`${web}x-a: [b,${sign}c]\n`)).toEqual(["LYC2016@4:9"]);
  });

  it("may be written as an escape", () => {
    expect(places(`${web}    user: "a\\u2028\\u2029\\u0085\\N\\L\\P"\n`)).toEqual([]);
  });

  it("a byte order mark may only be the first character", () => {
    expect(places(`\ufeff${web}`)).toEqual([]);
    expect(places(`${web}\ufeff    tty: true\n`)).toEqual(["LYC2016@4:1"]);
  });
});

describe("tabs that Compose refuses", () => {
  it.each([
    [`${web}\t\n`, "4:1"],
    [`${web}  \t# note\n`, "4:3"],
    [`${web}x-a:\n  -\tb\n`, "5:4"],
    [`${web}x-a:\n  - \tb\n`, "5:5"],
    [`${web}x-a:\n  ?\tb\n  : c\n`, "5:4"],
    [`${web}x-a:\n  ? b\n  :\tc\n`, "6:4"],
    [`${web}x-a: b\n  \tc\n`, "5:3"],
    [`${web}x-a: |\n  \tb\n`, "5:3"],
    [`${web}x-a: |\n\t\n  b\n`, "5:1"],
    [`${web}x-a: |\n  b\n \t\n  c\n`, "6:2"],
    [`\t\n${web}`, "1:1"],
    [`${web}x-a: |\n  b\n\tx-b: c\n`, "6:1"],
    [`${web}x-a: |2\n  b\n \t\n  c\n`, "6:2"],
    [`${web}x-a: |\r\n\r\n  \tb\r\n`, "6:3"],
  ])("refuses %j", (text, location) => {
    expect(places(text)).toContain(`LYC2006@${location}`);
  });

  it.each([
    `${web}x-a:\tb\t# note\n`,
    `${web}x-a: b\tc\t\n`,
    `{"services": {"web":\n\t{"image": "nginx"}}}\n`,
    `${web}x-a: "b\n  \tc"\n`,
    `${web}x-a: |\n  b\n  \tc\n`,
    `${web}x-a: |2\n  \tb\n`,
    `${web}x-a: |2\n    b\n  c\n   \td\n`,
    `${web}x-a: [b\n  \tc]\n`,
    `${web}x-a: &b\tc\n`,
  ])("accepts %j", (text) => {
    expect(places(text)).toEqual([]);
  });
});

describe("what else Compose's reader does not take", () => {
  it.each([
    [`${web}x-a: "b\\/c"\n`, "4:8"],
    [`${web}x-a: "b \\\n\n  c"\n`, "4:9"],
    [`${web}x-a: &b.c d\n`, "4:8"],
    [`${web}x-a: &b c\nx-d: *b\u200d\n`, "5:8"],
    [`${web}x-a: {"b\n  c": d}\n`, "4:7"],
    [`${web}x-a: {"b"\n  : c}\n`, "4:7"],
    [`${web}x-a: {b: c? d}\n`, "4:11"],
    [`${web}x-a: {"b": c?}\n`, "4:13"],
    [`${web}x-a: ! 1\n`, "4:6"],
    [`${web}x-a: {"${"b".repeat(1_025)}": c}\n`, "4:7"],
  ])("refuses %j", (text, location) => {
    expect(places(text)).toContain(`LYC2006@${location}`);
  });

  it.each([
    `${web}x-a: "b\\\\/c"\n`,
    `${web}x-a: 'b\\/c'\n`,
    `${web}x-a: {? "b\n  c" : d}\n`,
    `${web}x-a: &b-1_c !!str d\nx-e: *b-1_c\n`,
  ])("accepts %j", (text) => {
    expect(places(text)).toEqual([]);
  });

  it.each(["\u017f", "\u212a"])("%j, which Compose reads as a letter in the name of a variable, is refused", (sign) => {
    const { diagnostics } = bundleText(`${web}    user: $A${sign}\n    hostname: \${A${sign}}\n`);
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "LYC2310 services.web.user",
      "LYC2310 services.web.hostname",
    ]);
  });
});

describe("a text that is made of a model", () => {
  it("contains no character that another reader could read in another way", () => {
    const signs = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
      (sign) => !/[\ud800-\udfff]/.test(sign),
    );
    const model = Object.fromEntries(
      signs.flatMap((sign) => [
        [`k${sign}`, `a${sign}b`],
        [`l${sign}`, `a\n${sign}b\nc${sign}\nd`],
      ]),
    );
    const text = printModel(model);
    expect(text.match(/[^\t\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/g)).toBeNull();
    expect(text).not.toMatch(/\\\//);
  });

  it("has the values of the model", () => {
    for (const sign of ["\u2028", "\u2029", "\u0085", "\ufeff", "\u007f", "\u009f", "\ufffe", "\t", "\u001b", "/"]) {
      const model = { services: { web: { image: "nginx", labels: { [`a${sign}`]: `b\nc${sign}\n\\d${sign}e` } } } };
      const result = readCompose(printModel(model));
      expect(result.kind === "document" && result.model).toEqual(model);
    }
  });
});

test.each([
  ["services:\n ? web\n  : image: nginx\n", "LYC2006@3:3"],
  ["services:\n\r\n ? web\n  : image: nginx\n    tty: true\n", "LYC2006@4:3"],
  ["? services\n  : {web: {image: a}}\n", "LYC2006@2:3"],
])("the : of an explicit key must be in the column of its ?: %j", (text, mark) => {
  expect(places(text)).toEqual([mark]);
});

test.each([
  "services:\n  ? web\n  : image: nginx\n",
  "services:\n  ? web\n\n  # why\n  : image: nginx\n",
  "x-a: {? b : c}\nservices:\n  web:\n    image: nginx\n",
])("an explicit key that Compose reads is read: %j", (text) => {
  expect(places(text)).toEqual([]);
});

test.each([
  [`services:\n  2024-01-01:\n    image: nginx\n`, ["LYC2102@1:1", "LYC2014@2:3"]],
  [`${web}    labels: {2024-01-01: a}\n`, ["LYC2014@4:14"]],
  [`${web}x-a: {2024-01-01T10:00:00Z: a}\n`, ["LYC2014@4:7"]],
  [`${web}    labels: {'2024-01-01': a, !!str 2024-01-02: b, 2024-13-01: c}\n`, []],
])("a date without quotes is not a valid key: %j", (text, expected) => {
  expect(places(text)).toEqual(expected);
});

test.each([
  ["x-a: {b: !c, d: e}", ["LYC2006@4:12"]],
  ["x-a: [!c, d]", ["LYC2006@4:9"]],
  ["x-a: [!!str, d]", ["LYC2006@4:12"]],
  ["x-a: [!c , '!d', !c e, f]", []],
])("Compose's reader reads a comma directly after a tag differently: %s", (text, expected) => {
  expect(places(`${web}${text}\n`)).toEqual(expected);
});
