// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { UNKNOWN_MARKER } from "../../yaml/text";
import { bundleText } from "../bundle/bundle";
import { bundleOf, inlineOf, marksOf, messagesOf } from "../testing/bundle";

const two = "services: {a: {image: 'i:${COMPOSE_PROJECT_NAME}'}, b: {image: i, profiles: [x]}}\n";
const servicesOf = (bundled: ReturnType<typeof bundleOf>) =>
  Object.keys((bundled.bundle?.model.services as object | undefined) ?? {});

it("enables the profiles of COMPOSE_PROFILES, unless others are given", () => {
  const files = { "compose.yaml": two, ".env": "COMPOSE_PROFILES=x\n" };
  expect(servicesOf(bundleOf(files))).toEqual(["a", "b"]);
  expect(servicesOf(bundleOf({ ...files, ".env": "COMPOSE_PROFILES=y, x\n" }))).toEqual(["a", "b"]);
  expect(servicesOf(bundleOf(files, { profiles: ["y"] }))).toEqual(["a"]);
  expect(servicesOf(bundleOf(files, { variables: { COMPOSE_PROFILES: "y" } }))).toEqual(["a"]);
  expect(servicesOf(bundleOf(files, { envFiles: [] }))).toEqual(["a"]);
});

test.each([
  "COMPOSE_PROFILES=x,$X",
  "COMPOSE_FILE=$X",
  "COMPOSE_FILE=compose.yaml:$X.yaml",
  "COMPOSE_FILE=compose.yaml:b.yaml\nCOMPOSE_PATH_SEPARATOR=$X",
])("makes the whole project unknown while a variable in %s is", (line) => {
  const files = { "/q/compose.yaml": two, "/q/.env": `${line}\n` };
  const variables = { X: UNKNOWN_MARKER };
  const unknown = bundleOf(files, { paths: ["/q"], variables });
  expect([unknown.unknown, unknown.bundle, unknown.diagnostics]).toEqual([true, undefined, []]);
  const given = bundleOf(files, { paths: ["/q/compose.yaml"], variables, profiles: ["x"] });
  expect([given.unknown, servicesOf(given)]).toEqual([false, ["a", "b"]]);
});

test.each(["1.5", "[a]", "2024-01-01", ""])(
  "a name %j that is not a text is refused, even when COMPOSE_PROJECT_NAME gives another",
  (name) => {
    const files = { "compose.yaml": `name: ${name}\n${two}`, ".env": "COMPOSE_PROJECT_NAME=given\n" };
    expect(marksOf(bundleOf(files))).toEqual([expect.stringMatching(/^compose\.yaml:1:\d LYC2104 name$/)]);
  },
);

it("gives COMPOSE_PROJECT_NAME a value: a variable's, else the file's, else the folder's", () => {
  const imageOf = (files: Record<string, string>) => bundleOf(files).bundle?.model;
  const a = (tag: string) => ({ services: { a: { image: `i:${tag}` } } });
  expect(imageOf({ "compose.yaml": two })).toEqual(a("p"));
  expect(imageOf({ "compose.yaml": two, ".env": "COMPOSE_PROJECT_NAME=\n" })).toEqual(a("p"));
  expect(imageOf({ "compose.yaml": `name: -_My.$X\n${two}`, ".env": "X=app\n" })).toMatchObject(a("myapp"));
  const named = bundleOf({ "compose.yaml": `name: other\n${two}`, ".env": "COMPOSE_PROJECT_NAME=given\n" });
  expect(named.bundle?.model).toEqual({ name: "given", ...a("given") });
  // The name is not a secret value. Otherwise every message would mask it.
  for (const bundled of [named, bundleOf({ "compose.yaml": two })]) {
    expect([bundled.bundle?.secret, bundled.secrets]).toEqual([false, []]);
  }
});

it("gives the variables of an env file no value of a variable without a value in `environment`", () => {
  const text = "services: {a: {image: i, env_file: x.env, environment: {A: }}}\n";
  const { bundle } = bundleOf({ "compose.yaml": text, "x.env": "B=${A:-none}\n", "y.env": "" });
  expect(bundle?.model.services).toEqual({ a: { image: "i", environment: { A: null, B: "none" } } });
  expect(
    bundleOf({ "compose.yaml": text.replace("x.env, environment: {A: }", "y.env"), "y.env": "" }).bundle?.model,
  ).toEqual({ services: { a: { image: "i" } } });
});

it("reports an error in `.env` once", () =>
  expect(marksOf(bundleOf({ "compose.yaml": two, ".env": "A B=1\n" }))).toEqual([".env:1:1 LYC2508"]));

it("refuses a name that Compose refuses, at its position", () => {
  const bundled = bundleOf({
    "compose.yaml": "services: {a: {image: i}}\n",
    ".env": "A=1\nCOMPOSE_PROJECT_NAME=My App\n",
  });
  expect(marksOf(bundled)).toEqual([".env:2:22 LYC2108"]);
});

describe("COMPOSE_FILE", () => {
  const files = {
    "/q/.env": "COMPOSE_FILE=sub/a.yaml:b.yaml\nZ=1\n",
    "/q/compose.yaml": "services: {main: {image: i}}\n",
    "/q/b.yaml": "services: {b: {image: i}}\n",
    "/q/sub/a.yaml": "services: {a: {image: 'i:$Z$Y', env_file: a.env}}\n",
    "/q/sub/a.env": "A=1\n",
    "/q/sub/.env": "Z=2\nY=3\n",
  };

  it("names the files of a folder; the folder of the first file is the project folder", () => {
    const bundled = bundleOf(files, { paths: ["/q"] });
    expect(marksOf(bundled)).toEqual([]);
    expect(bundled.folder).toBe("/q/sub");
    expect(bundled.bundle?.model).toEqual({
      services: { a: { image: "i:13", environment: { A: "1" } }, b: { image: "i" } },
    });
  });

  it("is not read when the program names files", () => {
    expect(servicesOf(bundleOf(files, { paths: ["/q/compose.yaml"] }))).toEqual(["main"]);
    expect(servicesOf(bundleOf(files, { paths: ["/q", "/q/b.yaml"] }))).toEqual(["b", "main"]);
    expect(servicesOf(bundleOf(files, { paths: ["/q"], envFiles: [] }))).toEqual(["main"]);
  });

  it("may contain PWD, the folder that the program names", () => {
    const env = "COMPOSE_FILE=${PWD}/sub/a.yaml\n";
    expect(servicesOf(bundleOf({ ...files, "/q/.env": env }, { paths: ["/q"] }))).toEqual(["a"]);
  });

  it("is split at COMPOSE_PATH_SEPARATOR", () => {
    const env = "COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE=compose.yaml,b.yaml\n";
    expect(servicesOf(bundleOf({ ...files, "/q/.env": env }, { paths: ["/q"] }))).toEqual(["b", "main"]);
  });

  it("is reported if a file is missing, or if the env file cannot be read", () => {
    expect(marksOf(bundleOf({ ...files, "/q/.env": "COMPOSE_FILE=no.yaml" }, { paths: ["/q"] }))).toEqual(["LYC2501"]);
    expect(marksOf(bundleOf({ ...files, "/q/.env": "COMPOSE_FILE='b.yaml" }, { paths: ["/q"] }))).toEqual([
      ".env:1:14 LYC2508",
    ]);
  });
});

it("reads PWD as the project folder, so a mount below it is a local mount", () => {
  const text = (source: string) => `services: {a: {image: i, volumes: ['${source}:/x']}}\n`;
  const messages = (compose: string) => messagesOf(inlineOf(compose, { "conf/a": "A" }));
  expect(messages(text("${PWD}/conf"))[0]).toContain('the run gets copies of "conf/a"');
  expect(messages(text("/p/conf"))[0]).toContain('the run gets copies of "conf/a"');
  expect(messages(text("/pp/conf"))).toEqual([]);
});

it("has neither PWD nor a project name for a text that is not in a folder", () => {
  const text = "services: {a: {image: i, environment: {A: '$PWD', B: '$COMPOSE_PROJECT_NAME'}}}\n";
  expect(bundleText(text).diagnostics.map(({ code }) => code)).toEqual(["LYC2308", "LYC2308"]);
  const named = bundleText(`name: n\n${text}`, { variables: new Map([["PWD", { text: "/w", secret: false }]]) });
  expect(named.bundle?.model.services).toEqual({ a: { image: "i", environment: { A: "/w", B: "n" } } });
});

it("warns once of PWD when the folder's path goes into the text, and not otherwise", () => {
  const { diagnostics } = bundleOf({
    "compose.yaml": [
      "services:",
      "  a:",
      "    image: i",
      "    env_file: ${PWD}/a.env",
      "    build: ${PWD}/b",
      "    configs: [c]",
      "    volumes: ['v:/v', '/x:/x']",
      "    environment: {A: '${PWD}/a', B: '$PWD', C: '${X:-$PWD}', D: '${Y:-$PWD}'}",
      "configs: {c: {file: '${PWD}/a.env'}}",
      "volumes: {v: {driver_opts: {device: '${PWD}/v'}}}",
      "",
    ].join("\n"),
    "a.env": "Q=1\n",
    ".env": "X=1\n",
  });
  const found = diagnostics.filter(({ code }) => code === "LYC2313");
  expect(found.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    "services.a.environment.A: services.a.environment.A holds the variable PWD, the path of the project folder on this machine (also in line 10)",
  ]);
});

it("does not warn of a PWD that the program gives", () => {
  const text = "services: {a: {image: i, environment: {A: '$PWD'}}}\n";
  expect(bundleOf({ "compose.yaml": text }, { variables: { PWD: "/app" } }).diagnostics).toEqual([]);
});
