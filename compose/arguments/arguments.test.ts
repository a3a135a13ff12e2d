import * as main from "..";
import * as node from "../node";
import * as project from "../project";
import * as rule from "../rule";
import { document } from "../testing/read-marks";
import * as wording from "../wording";
import { checkArguments } from ".";
import { SIGNATURES } from "./signatures";

type Callable = (...values: unknown[]) => unknown;

const FILES = main.memoryFiles({ "compose.yaml": "services: {web: {image: nginx}}" });
const loaded = main.loadProject("compose.yaml", { files: FILES });

/** Every exported function, by its name in the table. The class is a function too. */
const exported = new Map<string, Callable>(
  [
    ...Object.entries(main),
    ...Object.entries(project),
    ...Object.entries(rule),
    ...Object.entries(wording),
    ...Object.entries(node).map(([name, own]) => [name === "loadProject" ? "node.loadProject" : name, own] as const),
    ...["positionOf", "validate", "explainChange", "bundle"].map(
      (name) => [`project.${name}`, loaded[name as keyof typeof loaded]] as const,
    ),
  ].flatMap(([name, own]) => {
    if (typeof own !== "function") return [];
    const call = own as Callable;
    return [[name, name === "LineIndex" ? (text: unknown) => new main.LineIndex(text as string) : call] as const];
  }),
);

test("the table has every exported function, and no other", () => {
  expect([...exported.keys()].sort()).toEqual(Object.keys(SIGNATURES).sort());
});

/** Each kind refuses at least one of these values, unless it accepts any value. */
const WRONG: readonly unknown[] = [Symbol("wrong"), 3, null];
/** The only parameters that accept any value: a value that is not a text leads to a diagnostic, not to an error. */
const ANY = ["isSecretLeaf.value", "validateCompose.input", "readCompose.input"];

const parameters = Object.entries(SIGNATURES).flatMap(([name, all]) =>
  all.map(([parameter], index) => [`${name}.${parameter}`, name, index] as const),
);

test.each(parameters.filter(([title]) => !ANY.includes(title)))(
  "%s: a wrong argument is a TypeError",
  (_, name, index) => {
    // The arguments before the wrong one must be right, so the check is called with what the kinds accept.
    const kinds = SIGNATURES[name as keyof typeof SIGNATURES];
    const [parameter, kind] = kinds[index] ?? kinds[0];
    const wrong = WRONG.find((value) => kind.errorOf(value, parameter) !== undefined);
    expect(wrong).toBeDefined();
    if (index === 0) expect(() => exported.get(name)?.(wrong)).toThrow(TypeError);
    expect(kind.errorOf(wrong, parameter)).toBe(
      `\`${parameter}\` must be ${kind.expected}, and it is ${wrong === 3 ? "a number" : wrong === null ? "null" : "a symbol"}`,
    );
  },
);

test.each([
  [
    "canonicalText: `model` must be a model: the `model` of a document or a bundle, and it is a string.",
    () => main.canonicalText("text" as never),
  ],
  [
    "loadProject: `paths` must be a path, or a list of at least one path, and it is undefined.",
    () => main.loadProject(undefined as never, { files: FILES }),
  ],
  [
    "loadProject: `paths` must be a path, or a list of at least one path, and it is a list.",
    () => main.loadProject([], { files: FILES }),
  ],
  [
    "loadProject: `options` must be an object with `files`, and it is undefined.",
    () => (main.loadProject as Callable)(["a"]),
  ],
  [
    "loadProject: `options.files` must be access to files: `memoryFiles({ … })`, `diskFiles` of the entry for Node, or an object, and it is a number.",
    () => main.loadProject(["a"], { files: 3 as never }),
  ],
  [
    "loadProject: `options.profiles[1]` must be a string, and it is a number.",
    () => main.loadProject(["a"], { files: FILES, profiles: ["a", 2 as never] }),
  ],
  [
    "loadProject: `options` has no option `enviroment`; the options are rules, secret, secretRules, from, root, environment, envFiles, profiles, diagnostics, files.",
    () => (main.loadProject as Callable)(["a"], { files: FILES, enviroment: {} }),
  ],
  [
    "project.bundle: `options` has no option `profiles`; the options are job, withoutJobs, images, localFiles, storedMounts.",
    () => (loaded.bundle as Callable)({ profiles: [] }),
  ],
  [
    "loadProject: `options.from` must be an absolute path, which starts with `/`, and it is a string.",
    () => node.loadProject(["a"], { from: "here" }),
  ],
  [
    "loadProject: `options.from` must be an absolute path, which starts with `/`, and it is a number.",
    () => node.loadProject(["a"], { from: 5 as never }),
  ],
  [
    "loadProject: `paths` must be a path, or a list of at least one path, and it is a list.",
    () => node.loadProject(["a", 1 as never]),
  ],
  [
    'project.bundle: `options.localFiles` must be "inline" or "upload", and it is a string.',
    () => loaded.bundle({ localFiles: "other" as never }),
  ],
  [
    "nearest: `candidates` must be a list or another iterable object, and it is an object.",
    () => checkArguments("nearest", ["a", {}]),
  ],
  [
    "explainChange: `after` must be a model: the `model` of a document or a bundle, and it is a list.",
    () => main.explainChange({}, [] as never),
  ],
  ["LineIndex: `text` must be a string, and it is undefined.", () => new main.LineIndex(undefined as never)],
  [
    "project.positionOf: `path` must be a path: a list of keys and indices, and it is a string.",
    () => loaded.positionOf("services.web" as never),
  ],
])("%s", (message, act) => {
  expect(act).toThrow(new TypeError(message));
});

test.each<readonly [name: string, values: readonly unknown[]]>([
  ["namesIn", [{}, "written"]],
  ["namesIn", [{}, "resolved"]],
  ["printDiagnostics", [[], { isSecretLine: () => false, lines: new main.LineIndex("") }]],
  ["printDiagnostics", [[], { isSecretLine: () => false, lines: () => undefined }]],
  ["printDiagnostics", [[], { isSecretLine: () => false, hideSource: true, widestLine: 40 }]],
  ["secretNamesOf", [new Set(["a"])]],
  ["nearest", ["a", ["b"]]],
  ["formatPath", [["services", 0]]],
  ["project.bundle", [undefined]],
  ["project.bundle", [{ localFiles: "inline" }]],
  ["project.bundle", [{ localFiles: "upload", withoutJobs: true, images: new Map() }]],
  ["validateCompose", ["", { variables: new Set(), file: "a.yaml", secret: false }]],
])("%s accepts these arguments", (name, values) => {
  expect(() => checkArguments(name as keyof typeof SIGNATURES, values)).not.toThrow();
});

test("right arguments pass, and what a function returns is the same", () => {
  expect(() => checkArguments("loadProject", ["a", { files: FILES, environment: { A: undefined } }])).not.toThrow();
  expect(() => checkArguments("child", [undefined, "a"])).not.toThrow();
  expect(main.formatPath(["a", 0])).toBe("a[0]");
});

const { root } = document("services: {a: {ports: [80], image: nginx, tty: }}");
const service = rule.child(rule.child({ node: root }, "services"), "a");
const image = rule.child(service, "image");
const port = rule.child(service, "ports");

test.each<readonly [what: string, result: unknown, expected: unknown]>([
  ["the string at a text", rule.stringAt(image), "nginx"],
  ["no string at a number", rule.stringAt(rule.children(port)[0]), undefined],
  ["the text of a number", rule.textAt(rule.children(port)[0]), "80"],
  ["a key with a value", rule.has(service, "image"), true],
  ["a key with null", rule.has(service, "tty"), false],
  ["a text with a variable", rule.hasVariables("$TAG"), true],
  ["null", rule.isNull(rule.child(service, "tty")?.node), true],
  ["a text that means true", rule.isTrue("yes"), true],
  ["an error", rule.error("title", "remedy"), { severity: "error", title: "title", remedy: "remedy" }],
  ["a warning", rule.warning("title", "remedy"), { severity: "warning", title: "title", remedy: "remedy" }],
])("a rule reads %s", (_what, result, expected) => expect(result).toEqual(expected));
