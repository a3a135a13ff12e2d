import { diagnosticsOf, document, marks, web } from "../testing/read-marks";
import { readCompose } from "./read";

describe("the YAML", () => {
  it.each([
    ["services:\n\tweb: {}\n", "2:1", "a tab cannot indent a line"],
    ["services: [\n", "1:11", "a bracket is opened here and not closed"],
    ["services: {a: {b: 1}\n\nx: 2\n", "1:11", "a brace is opened here and not closed"],
    ["services:\n  web:\n    image: 'nginx\n", "3:12", "a quote is opened here and not closed"],
    ['services:\n  web:\n    image: "a\\q"\n', "3:14", "an escape sequence that YAML does not have"],
    ["services:\n  web:\n    image: nginx\n   tty: true\n", "4:4", "not indented like the keys it belongs to"],
    ["services:\n  web: image: nginx\n", "2:8", "a key and its value cannot start here"],
    ["services:\n  web:\n    image: @nginx\n", "3:12", "cannot start with this character"],
    ["services:\n  web\n  db: {}\n", "2:3", "a key must be on one line"],
    ["services: }\n", "1:11", "closed here that was not opened"],
    ["services: 'a' 'b'\n", "1:15", "more text here than the value takes"],
    ["services: !nope!x a\n", "1:11", "tag cannot be resolved"],
    ["services: &a &b {}\n", "1:14", "at most one anchor"],
    ["services: |x\n  text\n", "1:12", "holds other text"],
    ["# {{ .Values.a }}\nservices: [", "2:11", "a bracket is opened here and not closed"],
  ])("%j is refused at %s", (text, location, message) => {
    const [first] = diagnosticsOf(text);
    expect(`${first?.code} ${first?.range?.start.line}:${first?.range?.start.column}`).toBe(`LYC2006 ${location}`);
    expect(first?.message).toContain(message);
  });

  it("has no directives that Compose refuses", () => {
    expect(document(`%YAML 1.1\n%TAG !e! tag:e,1:\n---\n${web}`).kind).toBe("document");
    expect(marks(`%YAML 1.2\n---\n${web}`)).toEqual(["LYC2006@1:1"]);
    expect(marks(`%OTHER\n---\n${web}`)).toEqual(["LYC2006@1:1"]);
  });

  it("reports all its diagnostics at once, one for each line", () => {
    expect(marks("a: @x\nb: 1\nc: @y @z\nd: `w\n")).toEqual(["LYC2006@1:4", "LYC2006@3:4", "LYC2006@4:4"]);
  });

  it.each([
    "services:\n\tweb: {}\n",
    "services:\n  web:\n\timage: x\n",
    `${web}    environment:\n\t  A: b\n`,
    `${web}    command:\n    -\tb: c\n`,
    `${web}    command: a\n\t b\n`,
  ])("has each tab reported once: %j", (text) => {
    expect(diagnosticsOf(text).map(({ message }) => message)).toEqual([
      "not YAML to Compose: a tab cannot indent a line",
    ]);
  });

  it.each(["|#c", "|-#c", ">2+#c"])("may have a comment directly after %s, as for Compose", (header) => {
    expect(document(`${web}    command: ${header}\n      a b\n`).kind).toBe("document");
    expect(marks(`${web}    command: a|#c\n      a b\n  d: ${header}x c\n`)).not.toEqual([]);
  });

  it("never has its values repeated in a message or a remedy", () => {
    const texts = ["services: canary-1 'canary-2'", "}canary", "a: |canary", "a: {b: canary, canary", 'a: "canary\\q"'];
    for (const text of [...texts, "a: !!int canary", "services: canary", "- canary", "*canary-value"]) {
      const reported = diagnosticsOf(text).map(({ message, remedy }) => `${message} ${remedy}`);
      // The message shows no word of the text except the name of an alias.
      expect(reported.join("\n").replace("*canary-value", "").replace('*"canary-value"', "")).not.toContain("canary");
    }
  });

  it("has each key once, even when the value of the first is removed", () => {
    expect(marks("services:\n  web: {image: a, image: b}\n  web: {image: c}\n")).toEqual([
      "LYC2007@2:19 services.web.image",
      "LYC2007@3:3 services.web",
    ]);
    expect(marks(`${web}    dns: !reset a\n    dns: b\n`)).toEqual(["LYC2007@5:5 services.web.dns"]);
    expect(marks('a: {x: 1, "x": 2}\nservices: {web: {image: i}}')).toEqual(["LYC2007@1:11 a.x"]);
    expect(marks("x-a: &a {}\nservices: {web: {<<: *a, <<: *a, image: i}}")).toEqual([
      'LYC2007@2:26 services.web["<<"]',
    ]);
  });

  it("is one document", () => {
    expect(marks(`${web}---\n${web}`)).toEqual(["LYC2008@4:1"]);
    expect(document(`---\n${web}...\n`).kind).toBe("document");
  });

  it.each([
    ["- ", 203],
    ["? ", 203],
    ["a: ", 304],
  ])("is not read beyond the 101st %j in one line", (piece, column) => {
    const nested = (count: number) => `x-a:\n  ${piece.repeat(count)}b\n${web}`;
    expect(marks(nested(101))).toEqual([`LYC2009@2:${column}`]);
    expect(JSON.stringify(readCompose(nested(90)))).not.toContain("LYC2009");
  });

  it("is at most 100 levels deep, also through aliases", () => {
    const nested = (depth: number) => `x-a: ${"[".repeat(depth)}${"]".repeat(depth)}\n${web}`;
    expect(document(nested(99)).kind).toBe("document");
    expect(marks(nested(110)).map((mark) => mark.split("@")[0])).toEqual(["LYC2009"]);
    const chain = Array.from({ length: 120 }, (_, i) => `x-${i + 1}: &a${i + 1} [*a${i}]`).join("\n");
    expect(marks(`x-0: &a0 [x]\n${chain}\n${web}`)).toEqual(["LYC2009@101:14 x-100"]);
  });

  it("has aliases that stay small, are defined before their use, and do not contain themselves", () => {
    const names = "abcdefghij";
    const bomb = [...names].map((name, i) =>
      i === 0
        ? "x-a: &a [x,x,x,x,x,x,x,x,x]"
        : `x-${name}: &${name} [${Array(9)
            .fill(`*${names[i - 1]}`)
            .join()}]`,
    );
    expect(marks(`${bomb.join("\n")}\n${web}`).map((mark) => mark.split("@")[0])).toEqual(["LYC2010"]);
    expect(marks(`x-a: *a\nx-b: &a 1\nx-c: &c [*c]\n${web}`)).toEqual(["LYC2011@1:6 x-a", "LYC2012@3:10 x-c[0]"]);
  });

  it("merges only mappings", () => {
    expect(marks(`x-a: &a [1]\nx-b: {<<: 1}\nx-c: {<<: *a}\nx-d: {<<: }\n${web}`)).toEqual([
      'LYC2013@2:11 x-b["<<"]',
      'LYC2013@3:11 x-c["<<"]',
      'LYC2013@4:11 x-d["<<"]',
    ]);
    expect(marks(`x-b: {<<: *none}\n${web}`)).toEqual(['LYC2011@1:11 x-b["<<"]']);
  });

  it("has strings for keys", () => {
    expect(marks("1: a\ntrue: b\n? [x]\n: c\n? \n: d\nservices: {2.5: {image: i}, web: {image: i}}\n")).toEqual([
      "LYC2014@1:1",
      "LYC2014@2:1",
      "LYC2014@3:3",
      "LYC2014@5:3",
      "LYC2014@7:12 services",
    ]);
    const keys = "{.inf: 1, 1e6: 2, 9007199254740993: 3, 99999999999999999999: 4, 2020-01-01: 5}";
    expect(marks(`x-a: ${keys}\n${web}`)).toEqual(
      ["1:7", "1:16", "1:24", "1:45", "1:70"].map((place) => `LYC2014@${place} x-a`),
    );
    expect(document('services: {"1": {image: i}, yes: {image: i}}').kind).toBe("document");
  });

  it("has values that fit their tags", () => {
    expect(marks(`x-a: !!int one\nx-b: !!bool yes\nx-c: !!null 1\nx-d: !!float 1\nx-e: !!str 1\n${web}`)).toEqual([
      "LYC2015@1:12 x-a",
      "LYC2015@2:13 x-b",
      "LYC2015@3:13 x-c",
    ]);
    expect(document(`x-d: !!float 1\nx-e: !!str 1\nx-g: !!int "2"\n${web}`).model).toMatchObject({
      "x-d": 1,
      "x-e": "1",
      "x-g": 2,
    });
  });
});
