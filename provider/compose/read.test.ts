import type { Diagnostic } from "./diagnostic";
import type { ComposeMapping } from "./model";
import { type ComposeDocument, readCompose } from "./read";
import { unknownMarker } from "./text";

function document(text: unknown): ComposeDocument {
  const result = readCompose(text);
  if (result.kind !== "document") throw new Error(`not a document: ${JSON.stringify(result)}`);
  return result;
}

function diagnosticsOf(text: unknown): readonly Diagnostic[] {
  const result = readCompose(text, { file: "compose.yaml" });
  if (result.kind !== "faults") throw new Error(`no faults: ${result.kind}`);
  return result.diagnostics;
}

/** `code@line:column path` of each diagnostic. */
function marks(text: unknown): string[] {
  return diagnosticsOf(text).map(({ code, range, path }) => {
    const location = range === undefined ? "" : `@${range.start.line}:${range.start.column}`;
    return `${code}${location}${path === undefined || path === "" ? "" : ` ${path}`}`;
  });
}

const web = "services:\n  web:\n    image: nginx\n";

describe("a text that can be run", () => {
  it("becomes plain data", () => {
    expect(document(`${web}    ports: ["80:80", 8080]\n    tty: true\n`).model).toEqual({
      services: { web: { image: "nginx", ports: ["80:80", 8080], tty: true } },
    });
  });

  it("may start with a byte order mark, end its lines with CRLF or CR, and come as bytes", () => {
    const { model } = document(web);
    expect(document(`\ufeff${web}`).model).toEqual(model);
    expect(document(web.replaceAll("\n", "\r\n")).model).toEqual(model);
    expect(document(web.replaceAll("\n", "\r")).model).toEqual(model);
    expect(document(new TextEncoder().encode(web)).model).toEqual(model);
  });

  it("has its aliases and merge keys resolved as Compose does: written out first, then the earlier source", () => {
    const text = `
x-a: &a {image: a, user: a, tty: true}
x-b: &b {image: b, user: b, init: true}
services:
  one: {<<: *a, image: own}
  two: {<<: [*a, *b]}
  three: *a
`;
    expect(document(text).model.services).toEqual({
      one: { image: "own", user: "a", tty: true },
      two: { image: "a", user: "a", tty: true, init: true },
      three: { image: "a", user: "a", tty: true },
    });
  });

  it("takes a quoted << for a key like any other", () => {
    expect(document(`${web}    labels: {"<<": x}\n`).model.services).toEqual({
      web: { image: "nginx", labels: { "<<": "x" } },
    });
  });

  it("takes the last of two anchors with one name", () => {
    const text = "x-a: &a one\nx-b: *a\nx-c: &a two\nx-d: *a\nservices: {web: {image: i}}\n";
    expect(document(text).model).toMatchObject({ "x-b": "one", "x-d": "two" });
  });

  it("takes out what is tagged !reset, keeps what is tagged !override, and ignores tags it does not know", () => {
    const text =
      "services:\n  web:\n    image: !other nginx\n    ports: !reset [1]\n    dns: !override [a, !reset b, c]\n";
    expect(document(text).model.services).toEqual({ web: { image: "nginx", dns: ["a", "c"] } });
  });

  it("has keys that JavaScript would stumble over", () => {
    const { model } = document("services: {constructor: {image: i}}\n__proto__: {toString: x}\n");
    expect(Object.keys(model)).toEqual(["services", "__proto__"]);
    expect(Object.keys(model.services as ComposeMapping)).toEqual(["constructor"]);
    expect(({} as Record<string, unknown>).toString).toBe(Object.prototype.toString);
  });

  it("may leave the services to an include, and an image to a build, an extended service or a provider", () => {
    expect(document("include: [other.yaml]\n").kind).toBe("document");
    expect(document("services: {a: {build: .}, b: {extends: {service: a}}, c: {provider: {type: t}}}\n").kind).toBe(
      "document",
    );
  });
});

describe("a text that is not known yet", () => {
  it("is not validated, whatever else is wrong with it", () => {
    expect(readCompose(unknownMarker)).toEqual({ kind: "unknown" });
    expect(readCompose(`services: [${unknownMarker}`)).toEqual({ kind: "unknown" });
    expect(readCompose(new TextEncoder().encode(unknownMarker))).toEqual({ kind: "unknown" });
  });
});

describe("the text", () => {
  it.each([undefined, null, 5, true, {}, [web], () => web])("must be a text: %p", (input) => {
    expect(marks(input)).toEqual(["LYC2001"]);
  });

  it("is at most 1 MB of UTF-8, whatever it holds", () => {
    const left = 1_048_576 - Buffer.byteLength(`${web}#\n`);
    expect(document(`${web}#${"x".repeat(left)}\n`).kind).toBe("document");
    expect(marks(`${web}#${"x".repeat(left + 1)}\n`)).toEqual(["LYC2002"]);
    expect(marks(`${web}#${"é".repeat(left / 2 + 1)}\n`)).toEqual(["LYC2002"]);
    expect(marks(new Uint8Array(1_048_577))).toEqual(["LYC2002"]);
    expect(marks("[".repeat(2_000_000))).toEqual(["LYC2002"]);
  });

  it("has no control characters, reported once for each run of them", () => {
    expect(marks("services:\u0000\u0000\u0000\n  web: \u001b[31m\u007f\n")).toEqual([
      "LYC2003@1:10",
      "LYC2003@2:8",
      "LYC2003@2:13",
    ]);
  });

  it("is Unicode", () => {
    expect(marks("a: \ud800\n")).toEqual(["LYC2004@1:4"]);
    expect(marks(new Uint8Array([0x61, 0xff]))).toEqual(["LYC2004"]);
    expect(marks('services: {web: {image: "\\ud800"}}')).toEqual(["LYC2004@1:26"]);
    // Compose's reader joins no pairs, as JSON does.
    expect(marks('services: {web: {image: "\\ud83d\\ude00"}}')).toEqual(["LYC2004@1:26", "LYC2004@1:32"]);
    expect(marks('services: {web: {image: "\\U0000d800"}}')).toEqual(["LYC2004@1:26"]);
    expect(document(`${web}    labels: {a: 🚀}\n`).kind).toBe("document");
  });

  it.each(["", " \n  ", "# only a comment\n", "---\n...\n"])("holds something: %j", (text) => {
    expect(marks(text)).toEqual(["LYC2005"]);
  });
});

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

  it("never has its values repeated in a message or a remedy", () => {
    const texts = ["services: canary-1 'canary-2'", "}canary", "a: |canary", "a: {b: canary, canary", 'a: "canary\\q"'];
    for (const text of [...texts, "a: !!int canary", "services: canary", "- canary", "*canary-value"]) {
      const reported = diagnosticsOf(text).map(({ message, remedy }) => `${message} ${remedy}`);
      // The name of an alias is a name, and the only word of the text that is shown.
      expect(reported.join("\n").replace("*canary-value", "").replace('*"canary-value"', "")).not.toContain("canary");
    }
  });

  it("has each key once, also where nothing is left of the first", () => {
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

  it("is at most 100 levels deep, also through aliases", () => {
    const nested = (depth: number) => `x-a: ${"[".repeat(depth)}${"]".repeat(depth)}\n${web}`;
    expect(document(nested(99)).kind).toBe("document");
    expect(marks(nested(110)).map((mark) => mark.split("@")[0])).toEqual(["LYC2009"]);
    const chain = Array.from({ length: 120 }, (_, i) => `x-${i + 1}: &a${i + 1} [*a${i}]`).join("\n");
    expect(marks(`x-0: &a0 [x]\n${chain}\n${web}`)).toEqual(["LYC2009@101:14 x-100"]);
  });

  it("has aliases that stay small, are defined before, and do not hold themselves", () => {
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

describe("the shape", () => {
  it.each([
    ["- a\n", "LYC2101@1:1"],
    ["just words\n", "LYC2101@1:1"],
    ["volumes: {}\n", "LYC2102@1:1"],
    ["name: x\nservices:\n", "LYC2102@2:1 services"],
    ["services: {}\n", "LYC2102@1:1 services"],
    ["services: [web]\n", "LYC2103@1:1 services"],
    ["services: web\n", "LYC2103@1:1 services"],
  ])("%j is refused", (text, mark) => {
    expect(marks(text)).toEqual([mark]);
  });

  it("reports every service that is not valid", () => {
    expect(marks("services:\n  a:\n  b: []\n  c: {}\n  d: {image: }\n  e: {image: ''}\n  f: {image: i}\n")).toEqual([
      "LYC2104@2:3 services.a",
      "LYC2104@3:3 services.b",
      "LYC2201@4:3 services.c",
      "LYC2201@5:3 services.d",
      "LYC2201@6:3 services.e",
    ]);
  });
});

it("keeps at most 100 diagnostics, and says how many more there are", () => {
  const list = diagnosticsOf(`services:\n${"  web: {image: i}\n".repeat(251)}`);
  expect(list).toHaveLength(101);
  expect(list[100]).toMatchObject({ code: "LYC2099", message: "150 more diagnostics are not shown" });
});

it("names the file in each diagnostic", () => {
  expect(diagnosticsOf("- a")[0]?.file).toBe("compose.yaml");
  expect(readCompose("- a")).not.toHaveProperty("diagnostics.0.file");
});
