import { UNKNOWN_MARKER } from "../../../compose";
import { parseMap as parseInputs } from "../testing/maps";
import { machine, reasons } from "../testing/project-machine";

const text = "services:\n  web: {build: .}\n  db: {image: 'db:16'}\n";
const digest = (letter: string) => `registry.example/web@sha256:${letter.repeat(64)}`;
const scoped = { $scope: "scope", $urn: "urn:x", $program: { directory: "/p" } };
const ofFile = (images: unknown, more: Record<string, unknown> = {}) => ({
  composeFile: "app",
  ...scoped,
  images,
  ...more,
});
const ofText = (images: unknown, more: Record<string, unknown> = {}) => ({
  composeFileCode: text,
  ...scoped,
  images,
  ...more,
});
const { checked } = machine({ "app/compose.yaml": text });
// biome-ignore lint/suspicious/noExplicitAny: the machine takes any arguments, as a program gives them.
const check = (given: any, olds = {}) => checked(undefined, given, olds);

describe.each([
  ["a file", ofFile],
  ["a text", ofText],
] as const)("images of %s", (_what, given) => {
  test("replace the images that would be built", () => {
    const { inputs, reported } = check(given({ web: digest("a") }));
    expect(reported).toBe("");
    expect(JSON.stringify([inputs.compose, parseInputs(inputs).composeText])).toContain(digest("a"));
    expect(check(given(undefined)).reported).toContain("LYC2301");
  });

  test("that change start a new run, whose reason names the service; unchanged images start no run", () => {
    const before = check(given({ web: digest("a") })).inputs;
    expect(reasons(before, check(given({ web: digest("a") }), before).inputs)).toEqual([]);
    expect(reasons(before, check(given({ web: digest("b") }), before).inputs)).toEqual([
      "image changed in services.web",
    ]);
  });

  test("that are unknown are not an error", () => {
    expect(check(given({ web: UNKNOWN_MARKER })).reported).toBe("");
    expect(check(given(UNKNOWN_MARKER)).reported).toBe("");
  });

  test("that are secret are never shown", () => {
    const secret = given({ web: "registry.example/canary-name:BAD tag" }, { $secrets: ["images.web"] });
    expect(check(secret).reported).toContain("LYC2223");
    expect(check(secret).reported).not.toContain("canary-name");
    const good = check(given({ web: digest("c") }, { $secrets: ["images.web"] })).inputs;
    const { images: _asDeclared, composeFileCode: _text, ...rest } = good;
    expect(JSON.stringify(rest)).not.toContain("ccccc");
    expect(parseInputs(good).secretVariables).toEqual([digest("c")]);
  });

  test.each([
    [[], /images must be a map of services to images/],
    [{ web: "" }, /images\.web must be an image reference/],
    [{ web: 3 }, /images\.web must be an image reference/],
    [
      { wbe: "a:1", web: "a:1" },
      /^images\.wbe images\.wbe error LYC2513: an image is given for `wbe`, which is no service; did you mean `web`\?/,
    ],
    [{ "wbe:1": UNKNOWN_MARKER, web: "a:1" }, /^images\["wbe:1"\] images\["wbe:1"\] error LYC2513: /],
  ])("%j are refused", (images, reason) => {
    const { failures } = check(given(images));
    expect(failures.map(({ property, reason: words }) => `${property} ${words}`.trim()).join("\n")).toMatch(reason);
  });
});

test("a state without images equals the state that the version before wrote", () => {
  const without = check({ composeFile: "app", ...scoped, diagnostics: { LYC2301: "off" } }).inputs;
  const none = check(ofFile({}, { diagnostics: { LYC2301: "off" } })).inputs;
  expect(none.$record).toEqual(without.$record);
});
