// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { bundleProject } from "../../../compose/project";
import { memoryFiles } from "../../../compose/project/testing/memory-files";
import { subjectOf } from "./document";
import { declaredViolations } from "./plaintext";

/**
 * Locations of images that come from a registry which the policy does not allow. The files are below the folder of the
 * repository.
 */
function places(
  inputs: Readonly<Record<string, unknown>>,
  texts: Readonly<Record<string, string>>,
  hidden: object = {},
) {
  const files = memoryFiles(Object.fromEntries(Object.entries(texts).map(([path, text]) => [`/r/${path}`, text])));
  const { composeFile, variables = {} } = inputs;
  const given = Object.entries(variables as Record<string, string>);
  const { bundle } = bundleProject(
    {
      paths: [composeFile].flat() as string[],
      from: "/r/infra",
      root: "/r",
      variables: new Map(given.map(([name, text]) => [name, { text, secret: false }])),
    },
    files,
  );
  const declared = { composeRoot: "/r", ...inputs, compose: bundle?.model, ...hidden };
  const subject = subjectOf({ name: "train", stack: "dev" }, declared);
  const project = { folder: "/r/infra", files, variable: () => undefined };
  return declaredViolations("registries", { registries: ["ghcr.io"] }, subject, declared, project).map(
    ({ file, range, message }) => `${file}:${range?.start.line}:${range?.start.column} ${/evil\S*/.exec(message)?.[0]}`,
  );
}

const EVIL = "services:\n  web:\n    image: evil:1\n";
const MOUNT =
  "services:\n  web:\n    image: ghcr.io/a\n    volumes:\n      - { type: image, source: evil:2, target: /e }\n";

test.each<[string, object, Record<string, string>, string[]]>([
  ["the file itself", { composeFile: "a.yaml" }, { "infra/a.yaml": EVIL }, ["a.yaml:3:12 evil:1"]],
  [
    "an included file",
    { composeFile: "a.yaml" },
    { "infra/a.yaml": "include: [in/b.yaml]\n", "infra/in/b.yaml": "include: [c.yaml]\n", "infra/in/c.yaml": EVIL },
    ["in/c.yaml:3:12 evil:1"],
  ],
  [
    "an extended file",
    { composeFile: "a.yaml" },
    { "infra/a.yaml": "services: { own: { extends: { file: b.yaml, service: web } } }\n", "infra/b.yaml": EVIL },
    ["b.yaml:3:12 evil:1"],
  ],
  [
    "the service that extends another file",
    { composeFile: "a.yaml" },
    {
      "infra/a.yaml": "services: { web: { image: evil:3, extends: { file: b.yaml, service: web } } }\n",
      "infra/b.yaml": EVIL,
    },
    ["a.yaml:1:27 evil:3"],
  ],
  [
    "a second file",
    { composeFile: ["a.yaml", "../b.yaml"] },
    { "infra/a.yaml": "services: { web: { image: ghcr.io/a } }\n", "b.yaml": EVIL },
    ["../b.yaml:3:12 evil:1"],
  ],
  [
    "a file that the override of a folder extends",
    { composeFile: "../compose" },
    {
      "compose/compose.yaml": "services: { web: { image: ghcr.io/a } }\n",
      "compose/compose.override.yaml": "services: { web: { extends: { file: x.yaml, service: web } } }\n",
      "compose/x.yaml": EVIL,
    },
    ["../compose/x.yaml:3:12 evil:1"],
  ],
  [
    "a mount of a second file, after one of the first",
    { composeFile: ["a.yaml", "b.yaml"] },
    { "infra/a.yaml": "services: { web: { volumes: ['data:/d'] } }\nvolumes: { data: }\n", "infra/b.yaml": MOUNT },
    ["b.yaml:5:32 evil:2"],
  ],
  [
    "a file that a variable names",
    { composeFile: "a.yaml", variables: { DIR: "in", IMAGE: "evil:4" } },
    { "infra/a.yaml": "include: ['${DIR}/b.yaml']\n", "infra/in/b.yaml": "services: { web: { image: '${IMAGE}' } }\n" },
    ["in/b.yaml:1:27 evil:4"],
  ],
])("a violation has the location of its image: %s", (_, inputs, texts, expected) => {
  expect(places({ ...inputs }, texts)).toEqual(expected);
});

test("a violation has no location where a path may be secret", () => {
  const texts = { "infra/a.yaml": `include: ['\${DIR}/b.yaml']\n${EVIL}`, "infra/in/b.yaml": "services: {}\n" };
  const hidden = { variables: { DIR: "[secret]" } };
  expect(places({ composeFile: "a.yaml", variables: { DIR: "in" } }, texts)).toEqual(["a.yaml:4:12 evil:1"]);
  expect(places({ composeFile: "a.yaml", variables: { DIR: "in" } }, texts, hidden)).toEqual([
    "undefined:undefined:undefined evil:1",
  ]);
});

/** Locations of the document's parts that the rules about images refuse. */
function partPlaces(inputs: object, files = memoryFiles({})): readonly string[] {
  const subject = subjectOf({ name: "train", stack: "dev" }, { ...inputs });
  const project = { folder: "/r/infra", files, variable: () => undefined };
  return declaredViolations("allowedKeys", { registries: ["ghcr.io"] }, subject, { ...inputs }, project).map(
    ({ file, range }) => `${file}:${range?.start.line}:${range?.start.column}`,
  );
}

const SOCKET = "services:\n  web:\n    image: ghcr.io/a\n    volumes: ['./a:/a', '/run/x:/x']\n";

test("the source of a mount in its short form has the location of the mount", () => {
  const files = memoryFiles({ "/r/infra/a.yaml": SOCKET, "/r/infra/a/x": "" });
  const { bundle } = bundleProject({ paths: ["a.yaml"], from: "/r/infra", root: "/r", variables: new Map() }, files);
  const inputs = { composeFile: "a.yaml", composeRoot: "/r", compose: bundle?.model };
  expect(partPlaces(inputs, files)).toEqual(["a.yaml:4:25"]);
});

test.each<[string, object, string[]]>([
  ["a mount", { composeFileCode: SOCKET }, ["composeFileCode:4:25"]],
  ["a key of the document", { composeFileCode: `include: [x]\n${EVIL}` }, ["composeFileCode:1:10"]],
  ["an empty value", { composeFileCode: "services: { web: { image: ghcr.io/a, pid: } }" }, ["composeFileCode:1:43"]],
  [
    "a job",
    { composeFileCode: "jobs:\n  train: {image: ghcr.io/a, triggers: {manual: true}, pid: host}\n", job: "train" },
    ["composeFileCode:2:60"],
  ],
  [
    "what is behind an alias",
    { composeFileCode: "x-web: &web\n  image: ghcr.io/a\n  pid: host\nservices: { a: *web }" },
    ["composeFileCode:3:8"],
  ],
])("a violation of a text in the program has its line: %s", (_, inputs, expected) => {
  expect(partPlaces(inputs)).toEqual(expected);
});
