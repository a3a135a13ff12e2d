// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable

import { readCompose } from "../..";
import { LARGEST_COMPOSE_TEXT } from "../../yaml/text";
import { bundleOf, inlineOf, marksOf, messagesOf } from "../testing/bundle";
import { bundleText, relativeToFolder } from "./bundle";

const many = {
  "compose.yaml": [
    "include: [shared/db.yaml]",
    "services:",
    "  api:",
    "    image: api:${TAG:?}",
    "    extends: {file: base.yaml, service: app}",
    "    env_file: [api.env, {path: missing.env, required: false}]",
    "    environment: {URL: 'db://$HOST/', COST: '5$$', ONE: mine}",
    "    ports: ['80:80']",
    "    configs: [settings]",
    "    secrets: [token, {source: key, target: key.pem, mode: 0400}]",
    "  debug: {image: busybox, profiles: [debug], env_file: not-there.env}",
    "configs: {settings: {file: settings.conf}, unused: {file: not-there}}",
    "secrets: {token: {file: token.txt}, key: {environment: SECRET_KEY}}",
    "",
  ].join("\n"),
  "over.yaml": "services: {api: {ports: !override ['81:80'], labels: {a: b}}}\n",
  "base.yaml": "services: {app: {command: run 'all of it', depends_on: [db]}}\n",
  "api.env": "ONE=file\nTWO=2 and $ONE\n",
  ".env": "TAG=old\nHOST=from-file\n",
  "settings.conf": "cost = 5$\n",
  "token.txt": "t0k$n\n",
  "shared/db.yaml": "services: {db: {image: 'db:$VERSION', volumes: ['data:/data']}}\nvolumes: {data: }\n",
  "shared/.env": "VERSION=16\n",
};
const given = { variables: { TAG: "v1", SECRET_KEY: "k$y" } };

it("makes one text of a project that needs no other file and no variable", () => {
  const bundled = bundleOf(many, { paths: ["compose.yaml", "over.yaml"], ...given });
  expect(marksOf(bundled)).toEqual([]);
  expect(bundled.bundle?.text).toBe(
    [
      "configs:",
      "  secret_key:",
      '    content: "k$$y"',
      "  secret_token:",
      "    content: |",
      "      t0k$$n",
      "  settings:",
      "    content: |",
      "      cost = 5$$",
      "services:",
      "  api:",
      "    command:",
      "      - run",
      '      - "all of it"',
      "    configs:",
      "      - source: settings",
      "      - source: secret_token",
      "        target: /run/secrets/token",
      '      - mode: "0400"',
      "        source: secret_key",
      "        target: /run/secrets/key.pem",
      "    depends_on:",
      "      db:",
      "        condition: service_started",
      "    environment:",
      '      COST: "5$$"',
      "      ONE: mine",
      '      TWO: "2 and mine"',
      "      URL: db://from-file/",
      "    image: api:v1",
      "    labels:",
      "      a: b",
      "    ports:",
      "      - mode: ingress",
      "        protocol: tcp",
      '        published: "81"',
      "        target: 80",
      "  db:",
      "    image: db:16",
      "    volumes:",
      "      - source: data",
      "        target: /data",
      "        type: volume",
      "volumes:",
      "  data: {}",
      "",
    ].join("\n"),
  );
  expect(bundled.sources.map(({ file }) => file)).toEqual([
    ".env",
    "compose.yaml",
    "shared/.env",
    "shared/db.yaml",
    "base.yaml",
    "over.yaml",
    "api.env",
    "settings.conf",
    "token.txt",
  ]);
  expect([...bundled.names()]).toEqual(expect.arrayContaining(["api", "settings", "COST", "pids_limit"]));
});

it("bundles its own bundle to the same text", () => {
  const { bundle } = bundleOf(many, { paths: ["compose.yaml", "over.yaml"], ...given });
  const again = bundleOf({ "compose.yaml": bundle?.text ?? "" });
  expect(marksOf(again)).toEqual([]);
  expect(again.bundle?.text).toBe(bundle?.text);
  const read = readCompose(bundle?.text);
  expect(read.kind === "document" && read.model).toEqual(bundle?.model);
});

it("marks values as secret: those of secret variables, of env files, and of files of configs and secrets", () => {
  const { bundle } = bundleOf(many, { paths: ["compose.yaml", "over.yaml"], ...given });
  expect(bundle?.secret).toBe(true);
  const values: string[] = [];
  const text = JSON.stringify(bundle?.redacted((value) => String(values.push(value))));
  expect(values).toEqual(expect.arrayContaining(["k$$y", "t0k$$n\n", "db://from-file/", "2 and mine", "db:16"]));
  for (const value of ["k$$y", "t0k$$n", "from-file", "2 and", "db:16", "cost = 5$$"])
    expect(text).not.toContain(value);
  // Values that are not secret must stay readable.
  for (const value of ["api:v1", "mine"]) expect(text).toContain(value);
  expect(bundleOf({ "compose.yaml": "services: {a: {image: $A}}" }, { variables: { A: "i" } }).bundle?.secret).toBe(
    false,
  );
});

it("includes the services of the requested profiles, without their `profiles` key", () => {
  const files = { "compose.yaml": "services: {a: {image: i, profiles: [x]}, b: {image: i, profiles: [y]}}" };
  expect(bundleOf(files, { profiles: ["x"] }).bundle?.model).toEqual({ services: { a: { image: "i" } } });
  const idle = bundleOf(files);
  expect(marksOf(idle)).toEqual(["compose.yaml:1:1 LYC2102 services"]);
  expect(messagesOf(idle)).toEqual(["LYC2102 every service has a profile that is not active"]);
});

it("gives each diagnostic its file and line, file by file", () => {
  const bundled = bundleOf({
    "compose.yaml": "include: [b.yaml]\nservices:\n  a: {extends: {file: c.yaml, service: c}, ports: [80]}\n",
    "b.yaml": "services:\n  b:\n    image: i\n    prots: [80]\n",
    "c.yaml": "# c\nservices:\n  c:\n    image: i\n    restart: [no]\n    volumes: ['./here:']\n",
  });
  expect(marksOf(bundled)).toEqual([
    "b.yaml:4:5 LYC2105 services.b.prots",
    "c.yaml:5:5 LYC2104 services.a.restart",
    "c.yaml:6:15 LYC2222 services.c.volumes[0]",
  ]);
  expect(bundled.bundle).toBeUndefined();
});

it("does not mistake the mount of a folder for a use of the volume with the same name", () => {
  const mounts = "[{type: bind, source: v, target: /x}, {type: volume, source: w, target: /y}]";
  const text = `services: {a: {image: i, volumes: ${mounts}}}\nvolumes: {v: {}, w: {}, x: {}}\n`;
  for (const { bundle } of [bundleOf({ "compose.yaml": text }), inlineOf(text, { "v/a": "1" })])
    expect(bundle?.model.volumes).toEqual({ w: {} });
});

const project = [
  "services:",
  "  a:",
  "    image: i",
  "    build: {context: ., secrets: [s]}",
  "    pull_policy: build",
  "secrets: {s: {file: not-there}}",
  "",
].join("\n");
const textOf = (settings: string) => `services:\n  a:\n    image: i\n${settings}`;

it("leaves `build` next to `image` out of the text, with all values that only the build needs", () => {
  const { bundle } = bundleOf({ "compose.yaml": project });
  expect([bundle?.text, bundle?.asWritten]).toEqual([textOf(""), undefined]);
});

it("keeps `build` in the model, which is compared with the models of earlier versions", () => {
  expect(bundleOf({ "compose.yaml": project }).bundle?.model).toEqual({
    services: { a: { image: "i", build: { context: "." }, pull_policy: "build" } },
  });
});

it("keeps external secrets of a build in the model, and leaves them out of the text", () => {
  const external = project
    .replace("secrets: [s]", "secrets: [s, {source: t}, u]")
    .replace(
      "s: {file: not-there}",
      (own) => `${own}, t: {external: true}, u: {external: true}, unused: {external: true}`,
    );
  const { bundle } = bundleOf({ "compose.yaml": external });
  expect(bundle?.text).toBe(textOf(""));
  expect(bundle?.model).toEqual({
    secrets: { t: { external: true }, u: { external: true } },
    services: {
      a: { image: "i", build: { context: ".", secrets: [{ source: "t" }, { source: "u" }] }, pull_policy: "build" },
    },
  });
});

it("keeps another pull policy", () => {
  const policy = bundleOf({ "compose.yaml": project.replace("policy: build", "policy: always") });
  expect(policy.bundle?.text).toBe(textOf("    pull_policy: always\n"));
});

it.each([
  ["a plain text", "services:\n  a: {image: i} # one\n", {}, true],
  ["a text with a list in place of a map", "services: {a: {image: i, environment: [A=1]}}\n", {}, true],
  ["a text with a variable", "services: {a: {image: 'i:$TAG'}}\n", {}, false],
  ["a text with `build` next to `image`", "services: {a: {image: i, build: .}}\n", {}, false],
  ["a text next to another file", "services: {a: {image: i}}\n", { ".env": "A=1\n" }, false],
  ["a text with an env file", "services: {a: {image: i, env_file: a.env}}\n", { "a.env": "" }, false],
])("sends %s as it was written, if that means the same", (_, text, files, isSame) => {
  const { bundle } = bundleOf({ "compose.yaml": text, ...files }, { variables: { TAG: "v1" } });
  expect(bundle?.asWritten).toBe(isSame ? text : undefined);
});

it("shows where a value of the model is written", () => {
  const included = { "compose.yaml": "include: [b.yaml]\n", "b.yaml": "services:\n  b:\n    image: i\n" };
  const { locate } = bundleOf(included);
  expect(locate(["services", "b", "image"])).toMatchObject({
    file: "b.yaml",
    range: { start: { line: 3, column: 12 } },
  });
  expect(locate(["services", "none"])).toBeUndefined();
  expect(bundleOf({}).locate(["services"])).toBeUndefined();
});

it("refuses a bundle of more than 1 MB, whose files are smaller", () => {
  const files = (size: number) => ({
    "compose.yaml": "services: {a: {image: i, env_file: [a.env, b.env]}}\n",
    "a.env": `A=${"x".repeat(size)}\n`,
    "b.env": `B=${"x".repeat(size)}\n`,
  });
  expect(marksOf(bundleOf(files(LARGEST_COMPOSE_TEXT / 2 - 100)))).toEqual([]);
  expect(messagesOf(bundleOf(files(LARGEST_COMPOSE_TEXT / 2)))).toEqual([
    "LYC2502 the one text of the project, with the values of its variables, is larger than 1 MB (1048576 bytes of UTF-8)",
  ]);
});

describe("a text by itself", () => {
  const named = (path: string) => `services:\n  a: {extends: {file: ${path}, service: b}}\n`;
  it.each([
    [".", "is a folder"],
    ["compose.txt", "does not exist"],
  ])("has no file %s", (path, message) => {
    expect(messagesOf(bundleText(named(path)))).toEqual([`LYC2501 "${path}" ${message}`]);
  });

  it("may have 1 MB", () => {
    const service = "services: {a: {image: i}}\n#";
    const text = service + "x".repeat(LARGEST_COMPOSE_TEXT - service.length);
    expect(messagesOf(bundleText(text))).toEqual([]);
    expect(messagesOf(bundleText(`${text}x`))).toEqual([expect.stringContaining("LYC2502 ")]);
  });
});

it("accepts a file of 1 MB whose canonical text is larger, and sends it as it is written", () => {
  const head = "services: {a: {image: i}}\nx-a: [";
  const text = `${head}${`${"a".repeat(20)},`.repeat((LARGEST_COMPOSE_TEXT - head.length - 2) / 21)}]\n`;
  const { bundle, diagnostics } = bundleText(text);
  expect(diagnostics).toEqual([]);
  expect([bundle?.asWritten === text, bundle?.text === text]).toEqual([true, true]);
  // The value of the variable is not in the file, so another text would have to be sent.
  const { diagnostics: refused } = bundleText(text.replace("image: i}", "image: $I}"), {
    variables: new Map([["I", { text: "i", secret: false }]]),
  });
  expect(refused.map(({ code }) => code)).toEqual(["LYC2502"]);
});

it("names files relative to the working folder", () => {
  const bundled = bundleOf({ "compose.yaml": "services:\n  a: {image: i, prots: [80]}\n", "/q/x": "" });
  const { diagnostics, linesOf } = relativeToFolder("/q", "../p", bundled);
  expect(diagnostics.map(({ file }) => file)).toEqual(["../p/compose.yaml"]);
  expect(linesOf("../p/compose.yaml")?.text).toContain("prots");
  expect([linesOf("compose.yaml"), linesOf(undefined)]).toEqual([undefined, undefined]);
  // A diagnostic that concerns no single file has the name that the user gave.
  const empty = relativeToFolder("/q", "../p", bundleOf({ "/p/": "" }, { paths: ["/p"] }));
  expect(empty.diagnostics.map(({ code, file }) => `${code} ${file}`)).toEqual(["LYC2509 ../p"]);
});
