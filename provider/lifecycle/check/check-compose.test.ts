import { UNKNOWN_MARKER } from "../../../compose";
import { checkMaps as check } from "../testing/maps";
import { memoryProjects } from "../testing/projects";
import { runContext } from "./check-compose";

const registry = (value: unknown) => runContext({ registryCredentials: value }).registry;

test.each([
  ["no credentials", undefined, { type: "none" }],
  ["credentials that are not known", UNKNOWN_MARKER, undefined],
  ["another kind", { type: "token" }, undefined],
  ["an unknown kind", { type: UNKNOWN_MARKER }, undefined],
  ["a user", { type: "basic", username: "u", password: "p" }, { type: "basic", username: "u" }],
  ["an unknown user", { type: "basic", username: UNKNOWN_MARKER }, { type: "basic" }],
  ["a user that is no text", { type: "basic", username: 7 }, { type: "basic" }],
  ["AWS", { type: "aws" }, { type: "aws", region: "us-east-1" }],
  ["a region of AWS", { type: "aws", region: "eu-west-1" }, { type: "aws", region: "eu-west-1" }],
  ["an unknown region", { type: "aws", region: UNKNOWN_MARKER }, { type: "aws" }],
])("what check knows about the registry: %s", (_, credentials, expected) =>
  expect(registry(credentials)).toEqual(expected),
);

test.each([
  [
    { waitFor: "completed", executionType: "cpu" },
    { untilCompleted: true, executionType: "cpu" },
  ],
  [{ waitFor: "running", executionType: UNKNOWN_MARKER }, { untilCompleted: false }],
  [{ executionType: 7 }, { untilCompleted: false }],
])("what check knows about a run with %j: %j", (values, expected) => {
  expect(runContext({ ...values, registryCredentials: UNKNOWN_MARKER })).toEqual(expected);
});

const build = "services: {a: {build: ., image: i}}";
const image = "services: {a: {image: busybox}}";
const codes = (news: Record<string, unknown>) => {
  const { failures, warnings } = check({}, { $scope: "s", $urn: "u", $secrets: [], ...news });
  return [...failures.map(({ reason }) => reason), ...warnings].flatMap((text) => text.match(/LYC\d{4}/g) ?? []);
};

test.each([
  ["a build without an image", { composeFileCode: build }, ["LYC2302"]],
  ["a build with images that are not known", { composeFileCode: build, images: UNKNOWN_MARKER }, []],
  ["a build with an image", { composeFileCode: build, images: { a: "shop:1" } }, []],
  ["an image for a service that does not exist", { composeFileCode: image, images: { b: "shop:1" } }, ["LYC2513"]],
  ["the same, next to another error", { composeFileCode: "services: {a: {}}", images: { b: "shop:1" } }, ["LYC2201"]],
  ["the same, next to an unknown text", { composeFileCode: `${image}\n# ${UNKNOWN_MARKER}`, images: { b: "i" } }, []],
])("a text with %s has the diagnostics %j", (_, news, expected) => expect(codes(news)).toEqual(expected));

test("if the severities are unknown, only errors that no severity can turn off are reported", () => {
  const text = "services: {a: {image: busybox, ports: [x], cpus: x}, b: {}}";
  const all = codes({ composeFileCode: text });
  const fixed = codes({ composeFileCode: text, diagnostics: { LYC2201: UNKNOWN_MARKER } });
  expect(all.length).toBeGreaterThan(fixed.length);
  expect(all).toEqual(expect.arrayContaining(fixed));
});

test("if the severities are unknown, errors that may be turned off are not counted", () => {
  const keys = Array.from({ length: 102 }, (_, index) => `k${index}: 1`);
  const composeFileCode = `services: {a: {image: busybox, ${keys}}}`;
  expect(codes({ composeFileCode })).toContain("LYC2099");
  expect(codes({ composeFileCode, diagnostics: { LYC2105: UNKNOWN_MARKER } })).toEqual([]);
});

describe("a project", () => {
  const files = {
    "compose.yaml": "services: {a: {image: busybox, user: $USER_NAME}}",
    "other.yaml": "services: {a: {tty: true}}",
  };
  const of = (news: Record<string, unknown>) =>
    check({}, { $scope: "s", $urn: "u", $secrets: [], composeFile: "compose.yaml", ...news }, memoryProjects(files));

  test.each([
    ["files", { composeFile: [UNKNOWN_MARKER] }],
    ["profiles", { profiles: [UNKNOWN_MARKER] }],
    ["variables", { variables: UNKNOWN_MARKER }],
    ["images", { images: UNKNOWN_MARKER }],
  ])("with %s that are not known has no model yet", (_, news) => {
    expect(of(news)).toMatchObject({ failures: [], warnings: [], inputs: { compose: UNKNOWN_MARKER } });
  });

  test.each([
    ["variables", { variables: { USER_NAME: "u", B: UNKNOWN_MARKER } }],
    ["no variables", {}],
  ])("with %s that are known has its model, and a record", (_, news) => {
    expect(of(news).inputs).toMatchObject({
      compose: { services: { a: {} } },
      $record: { digest: expect.any(String) },
    });
  });

  test("whose text uses a variable that is not known has its model later, and its diagnostics now", () => {
    const found = of({ variables: { USER_NAME: UNKNOWN_MARKER }, composeFile: ["compose.yaml", "none.yaml"] });
    expect(found.failures.map(({ property, reason }) => [property, reason.match(/LYC\d{4}/)?.[0]])).toEqual([
      ["", "LYC2501"],
    ]);
    expect(of({ variables: { USER_NAME: UNKNOWN_MARKER } }).inputs).not.toHaveProperty("$record");
  });

  test("names its files relative to the program's folder, or else to its own folder", () => {
    const path = (program: unknown) =>
      /(\S+):1:1 error/.exec(
        check(
          {},
          { $scope: "s", $urn: "u", $secrets: [], composeFile: "sub/bad.yaml", $program: program },
          memoryProjects({ "sub/bad.yaml": "- a" }),
        ).failures[0]?.reason ?? "",
      )?.[1];
    expect([path({ directory: "/p" }), path(undefined), path({ directory: 7 })]).toEqual([
      "sub/bad.yaml",
      "bad.yaml",
      "bad.yaml",
    ]);
  });
});
