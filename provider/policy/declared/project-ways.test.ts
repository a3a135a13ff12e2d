// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { bundleProject } from "../../../compose/project";
import { memoryFiles } from "../../../compose/project/testing/memory-files";
import { checkMaps } from "../../lifecycle/testing/maps";
import { memoryProjects } from "../../lifecycle/testing/projects";
import { BOTH, options, PART, PINNED, type raw, refusedBy, text, URN } from "./testing/ways";

/**
 * The inputs of an execution whose project has these files. The provider's check has added its defaults and the model.
 */
function files(texts: Readonly<Record<string, string>>): object {
  const found = memoryFiles(Object.fromEntries(Object.entries(texts).map(([path, one]) => [`/r/${path}`, one])));
  const { bundle } = bundleProject({ paths: ["a.yaml"], from: "/r", root: "/r", variables: new Map() }, found);
  if (bundle === undefined) throw new Error("The provider refuses these files.");
  return { composeFile: "a.yaml", composeRoot: "/r", compose: bundle.model };
}

/**
 * The inputs of an execution after the provider's check, which masks the secrets of the project. The variable
 * `FROM_FILE` is in an env file, so it is a secret.
 */
function masked({ composeFileCode }: ReturnType<typeof raw>, value: string, more: object = {}): object {
  const texts = { "compose.yaml": composeFileCode, ".env": `FROM_FILE=${value}\n` };
  const given = { composeFile: "compose.yaml", $scope: "s".repeat(32), $urn: URN, $secrets: [], ...more };
  const { inputs, failures } = checkMaps({}, given, memoryProjects(texts));
  if (failures.length > 0) throw new Error("The provider refuses these files.");
  return inputs;
}

const FILES: readonly (readonly [string, object, readonly string[]])[] = [
  ["an included file", files({ "a.yaml": "include: [b.yaml]\n", "b.yaml": "services: { e: { image: evil } }" }), BOTH],
  [
    "a part of an extended service",
    files({
      "a.yaml": `services: { web: { image: ${PINNED}, extends: { file: b.yaml, service: e } } }`,
      "b.yaml": `services: { e: { image: ${PINNED}, privileged: true } }`,
    }),
    [PART],
  ],
  ["a default in a default", files({ "a.yaml": "services: { web: { image: '${A:-${B:-evil}}' } }" }), BOTH],
  ["the file .env", files({ "a.yaml": "services: { web: { image: '${I}' } }", ".env": "I=evil\n" }), BOTH],
  [
    "an image that a second file removes",
    files({
      "a.yaml": `include: [{ path: [b.yaml, c.yaml] }]\n`,
      "b.yaml": `services: { web: { image: ${PINNED}, build: . } }`,
      "c.yaml": "services: { web: { image: !reset null } }",
    }),
    [...BOTH, PART],
  ],
  [
    "a list that a second file replaces",
    files({
      "a.yaml": `include: [{ path: [b.yaml, c.yaml] }]\n`,
      "b.yaml": `services: { web: { image: ${PINNED}, cap_drop: [ALL], cap_add: [IPC_LOCK] } }`,
      "c.yaml": "services: { web: { cap_add: !override [SYS_ADMIN] } }",
    }),
    [PART],
  ],
  [
    "a volume outside the run, in files",
    files({
      "a.yaml": `services: { w: { image: ${PINNED}, volumes: ['vv:/s'] } }\nvolumes: { vv: { external: true } }`,
    }),
    [PART],
  ],
  ["a mount that an env file names", masked(text("volumes: ['${FROM_FILE}:/s']"), "/run/docker.sock"), [PART]],
  ["a whole mount of an env file", masked(text("volumes: ['${FROM_FILE}']"), "/:/host"), [PART]],
  ["a part of a mount from an env file", masked(text("volumes: ['${FROM_FILE}/run:/s']"), "/var"), [PART]],
  [
    "a mount that a secret variable names",
    masked(text("volumes: ['${SOCKET}:/s']"), "", { variables: { SOCKET: "/run/x" }, $secrets: ["variables.SOCKET"] }),
    [PART],
  ],
  [
    "an option of a volume from an env file",
    masked(options("type: nfs, o: '${FROM_FILE}', device: /run"), "bind"),
    [PART],
  ],
  [
    "a part of an option from an env file",
    masked(options("type: nfs, o: 'rw,${FROM_FILE}', device: /run"), "bind"),
    [PART],
  ],
  ["a name of JavaScript, in files", files({ "a.yaml": "services: { __proto__: { image: evil } }" }), BOTH],
];

test.each(FILES)("neither preview nor update lets through %s", (_, inputs, codes) => {
  expect(refusedBy(inputs)).toEqual([codes, codes]);
});

test.each<[string, Record<string, unknown>]>([
  ["an included artifact", { composeFile: "a.yaml", $files: { "a.yaml": "include: ['oci://evil.example/x']" } }],
  ["an included file of another machine", { composeFile: "a.yaml", $files: { "a.yaml": "include: ['https://e/x']" } }],
  ["a variable in the name of a service", { composeFile: "a.yaml", $files: { "a.yaml": "services: { '${A}': {} }" } }],
])("the provider itself refuses %s", (_, { $files, composeFile }) => {
  const texts = Object.entries($files as Record<string, string>).map(([path, one]) => [`/r/${path}`, one]);
  const found = memoryFiles(Object.fromEntries(texts));
  const paths = [String(composeFile)];
  expect(bundleProject({ paths, from: "/r", root: "/r", variables: new Map() }, found).bundle).toBeUndefined();
});
