import type { ComposeMapping } from "../model/model";
import { diagnosticsOf, document, marks, places, web } from "../testing/read-marks";
import { readCompose } from "./read";
import { UNKNOWN_MARKER } from "./text";

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

  it("reads no line break at the end of a block that ends with the text, with or without blanks after it", () => {
    const userOf = (end: string) => document(`${web}    user: |\n      one\n      two${end}`).model.services;
    for (const end of ["", " ", " \t "]) expect(userOf(end)).toMatchObject({ web: { user: `one\ntwo${end}` } });
    for (const end of ["\n", "\n   "]) expect(userOf(end)).toMatchObject({ web: { user: "one\ntwo\n" } });
  });

  it("reads a quoted << as an ordinary key", () => {
    expect(document(`${web}    labels: {"<<": x}\n`).model.services).toEqual({
      web: { image: "nginx", labels: { "<<": "x" } },
    });
  });

  it("takes the last of two anchors with one name", () => {
    const text = "x-a: &a one\nx-b: *a\nx-c: &a two\nx-d: *a\nservices: {web: {image: i}}\n";
    expect(document(text).model).toMatchObject({ "x-b": "one", "x-d": "two" });
  });

  it("removes values tagged !reset, keeps values tagged !override, and ignores unknown tags", () => {
    const text =
      "services:\n  web:\n    image: !other nginx\n    ports: !reset [1]\n    dns: !override [a, !reset b, c]\n";
    expect(document(text).model.services).toEqual({ web: { image: "nginx", dns: ["a", "c"] } });
  });

  it("may have keys such as `__proto__` and `constructor`", () => {
    const { model } = document("services: {constructor: {image: i}}\n__proto__: {toString: x}\n");
    expect(Object.keys(model)).toEqual(["services", "__proto__"]);
    expect(Object.keys(model.services as ComposeMapping)).toEqual(["constructor"]);
    expect(({} as Record<string, unknown>).toString).toBe(Object.prototype.toString);
  });

  it("may have an include instead of services, and a build, extends or provider instead of an image", () => {
    expect(document("include: [other.yaml]\n").kind).toBe("document");
    expect(document("services: {a: {build: .}, b: {extends: {service: a}}, c: {provider: {type: t}}}\n").kind).toBe(
      "document",
    );
  });
});

describe("a text that is not known yet", () => {
  it("is not validated, whatever else is wrong with it", () => {
    expect(readCompose(UNKNOWN_MARKER)).toEqual({ kind: "unknown" });
    expect(readCompose(`services: [${UNKNOWN_MARKER}`)).toEqual({ kind: "unknown" });
    expect(readCompose(new TextEncoder().encode(UNKNOWN_MARKER))).toEqual({ kind: "unknown" });
  });
});

describe("the text", () => {
  it.each([undefined, null, 5, true, {}, [web], () => web])("must be a text: %p", (input) => {
    expect(marks(input)).toEqual(["LYC2001"]);
  });

  it("has at most 1 MB in UTF-8, for any content", () => {
    const left = 1_048_576 - Buffer.byteLength(`${web}#\n`);
    expect(document(`${web}#${"x".repeat(left)}\n`).kind).toBe("document");
    expect(marks(`${web}#${"x".repeat(left + 1)}\n`)).toEqual(["LYC2002"]);
    expect(marks(`${web}#${"é".repeat(left / 2 + 1)}\n`)).toEqual(["LYC2002"]);
    expect(readCompose(new TextEncoder().encode(`${web}#${"x".repeat(left)}\n`)).kind).toBe("document");
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
    // JSON joins two surrogates to one character, but Compose's YAML reader does not.
    expect(marks('services: {web: {image: "\\ud83d\\ude00"}}')).toEqual(["LYC2004@1:26", "LYC2004@1:32"]);
    expect(marks('services: {web: {image: "\\U0000d800"}}')).toEqual(["LYC2004@1:26"]);
    expect(document(`${web}    labels: {a: 🚀}\n`).kind).toBe("document");
  });

  it.each(["", " \n  ", "# only a comment\n", "---\n...\n"])("must not be empty: %j", (text) => {
    expect(marks(text)).toEqual(["LYC2005"]);
  });
});

describe("the shape", () => {
  it.each([
    ["- a\n", "LYC2101@1:1"],
    ["just words\n", "LYC2101@1:1"],
    ["volumes: {}\n", "LYC2102@1:1"],
    ["volumes: {}\nservcies: {}\n", "LYC2102@2:1"],
    ["volumes: {}\nx-services: {}\n", "LYC2102@1:1"],
    ["name: x\nservices:\n", "LYC2102@2:1 services"],
    ["services: {}\n", "LYC2102@1:1 services"],
    ["services: [web]\n", "LYC2103@1:1 services"],
    ["services: web\n", "LYC2103@1:1 services"],
  ])("%j is refused", (text, mark) => {
    expect(marks(text)).toEqual([mark]);
  });

  it.each([
    [" \n", "the text is empty"],
    ["# a\n", "the text holds no document, only comments"],
    ["[a]\n", "the document must be a mapping, and it is a list"],
    ["volumes: {}\n", "the document declares no services"],
    ["services:\n", "`services` is empty"],
    ["kind: Pod\napiVersion: v1\n", "the document is a Kubernetes manifest (`apiVersion`, `kind`), not a Compose file"],
    ["kind: Pod\nservices: {}\n", "`services` is empty"],
  ])("%j: %s", (text, message) => expect(diagnosticsOf(text)[0]?.message).toBe(message));

  it("reports every service that is not valid", () => {
    expect(marks("services:\n  a:\n  b: []\n  c: {}\n  d: {image: }\n  e: {image: ''}\n  f: {image: i}\n")).toEqual([
      "LYC2104@2:3 services.a",
      "LYC2104@3:3 services.b",
      "LYC2201@4:3 services.c",
      "LYC2201@5:7 services.d",
      "LYC2201@6:7 services.e",
    ]);
  });
});

it("reports a service without an image at the misspelled key, if that key is the service's own", () => {
  const text = [
    "services:",
    "  a: &a",
    "    user: u",
    "    imgae: i",
    "  b: *a",
    "  c:",
    "    <<: *a",
    "  d: {user: u, build: }",
    "  e: {image: '', provider: {type: t}}",
    "  f: {x-image: i}",
    "",
  ].join("\n");
  expect(marks(text)).toEqual([
    "LYC2201@4:5 services.a",
    "LYC2201@5:3 services.b",
    "LYC2201@6:3 services.c",
    "LYC2201@8:16 services.d",
    "LYC2201@10:3 services.f",
  ]);
});

it("keeps at most 100 errors, and says how many more there are", () => {
  const list = diagnosticsOf(`services:\n${"  web: {image: i}\n".repeat(251)}`);
  expect(list).toHaveLength(101);
  expect(list[100]).toMatchObject({ code: "LYC2099", severity: "warning", message: "150 more errors are not shown" });
});

const placesOf = (environment: string) => places(`${web}    environment: ${environment}\n`);

it("refuses a key in brackets of more than 1024 characters", () => {
  expect(placesOf(`{${"a".repeat(1024)}: b}`)).toEqual([]);
  expect(placesOf(`{${"a".repeat(1025)}: b}`)).toEqual(["LYC2006@4:19"]);
});

it.each([
  ["{A:, B: c}", ["LYC2006@4:20"]],
  ["{B: c, A:}", ["LYC2006@4:26"]],
  ["{A:[b], C:{}}", ["LYC2006@4:20", "LYC2006@4:27"]],
  ["[:a, b]", ["LYC2006@4:19"]],
  ["{A: :b}", ["LYC2006@4:22"]],
])("reports colons that Compose reads in another way: %s", (environment, locations) => {
  expect(placesOf(environment)).toEqual(locations);
});

it.each([
  ["{?A: b}", ["LYC2006@4:19"]],
  ["{A: b,?C: d}", ["LYC2006@4:24"]],
  ['{?"A": b}', ["LYC2006@4:19"]],
  ["{??A: b}", ["LYC2006@4:19"]],
  ["{? ?A : b}", ["LYC2006@4:21"]],
  ["[?A]", ["LYC2006@4:19"]],
  ["[?A: b]", ["LYC2006@4:19"]],
  ["{A: ?b}", ["LYC2006@4:22"]],
  ["{A: !!str ?b}", ["LYC2006@4:28"]],
  ["{A: http://x/p?q=1}", ["LYC2006@4:32"]],
  ["{A?B: c}", ["LYC2006@4:20"]],
  ["[a?b?c]", ["LYC2006@4:20"]],
  ["[a ?b]", ["LYC2006@4:21"]],
  ["[a ? b]", ["LYC2006@4:21"]],
  ["[a?]", ["LYC2006@4:20"]],
  ["{A: b?, C: d}", ["LYC2006@4:23"]],
  ["{A: b? }", ["LYC2006@4:23"]],
  ["[-?]", ["LYC2006@4:20"]],
  ["[a, [b, {C: d?}]]", ["LYC2006@4:31"]],
  ["\n      - [a,\n         b?]", ["LYC2006@6:11"]],
])("reports question marks that Compose reads in another way: %s", (environment, locations) => {
  expect(placesOf(environment)).toEqual(locations);
});

it.each([
  "{A: , B: c}",
  "{'A':, B: c}",
  "{A: b:c}",
  "[a:b, ':c', a::b]",
  "\n      A: :b",
  "{? A: b}",
  "{'?A': \"b?c\"}",
  "[a] # why?",
  "\n      A: b?c",
  "\n      ?A: ?b",
])("accepts %s", (environment) => {
  expect(placesOf(environment)).toEqual([]);
});
