import { isObject, type Kind, kind, listOf, object, optional, options } from "./kinds";

const isText = (value: unknown) => typeof value === "string";
const isTextIfGiven = (value: unknown) => value === undefined || isText(value);

const anything = kind("any value", () => true);
const text = kind("a string", isText);
const boolean = kind("true or false", (value) => typeof value === "boolean");
const number = kind("a number", (value) => typeof value === "number");
const functionKind = kind("a function", (value) => typeof value === "function");
const texts = listOf("a list of strings", text);
const iterable = kind("a list or another iterable object", (value) => isObjectLike(value) && Symbol.iterator in value);
const absolutePath = kind(
  "an absolute path, which starts with `/`",
  (value) => typeof value === "string" && value.startsWith("/"),
);
const mapOf = (of: string) => kind(`a Map from names to ${of}`, (value) => value instanceof Map);
const set = kind("a Set of strings", (value) => value instanceof Set);
const recordOf = (expected: string, isValid: (value: unknown) => boolean) =>
  kind(expected, (value) => isObject(value) && Object.values(value).every(isValid));

const model = object("a model: the `model` of a document or a bundle");
const path = kind(
  "a path: a list of keys and indices",
  (value) => Array.isArray(value) && value.every((step) => typeof step === "string" || typeof step === "number"),
);
const node = object("a node: the `root` of a document, or a part of it", { kind: text });
const location = optional(object("a location of a document, or undefined", { node }));
const files = object("access to files: `memoryFiles({ … })`, `diskFiles` of the entry for Node, or an object", {
  stat: functionKind,
  real: functionKind,
  read: functionKind,
  list: functionKind,
});
const diagnostic = object("a diagnostic", { code: text, severity: text, message: text, remedy: text });
const edit = object("an edit: a range and a text", {
  range: object("a range", {
    start: object("a position", { offset: number }),
    end: object("a position", { offset: number }),
  }),
  text,
});
const severities = recordOf('a record of codes with "off", "warning" or "error"', (value) =>
  ["off", "warning", "error", undefined].includes(value as string | undefined),
);
const ruleOptions = {
  rules: optional(
    object("an object with `catalogue` and `rules`", {
      catalogue: object("an object with an entry for each code"),
      rules: listOf("a list of functions", functionKind),
      texts: optional(recordOf("a record of texts", isTextIfGiven)),
    }),
  ),
  secret: optional(boolean),
  secretRules: optional(
    object("an object with the rules about secrets", {
      secretsIn: functionKind,
      knownValuesIn: functionKind,
      setOf: functionKind,
    }),
  ),
};
const projectOptions = { envFiles: optional(texts), profiles: optional(texts), diagnostics: optional(severities) };
const validationOptions = {
  ...ruleOptions,
  file: optional(text),
  diagnostics: optional(severities),
  variables: optional(set),
};
const addedBundleOptions = {
  job: optional(text),
  withoutJobs: optional(boolean),
  images: optional(mapOf("images")),
  localFiles: optional(kind('"inline" or "upload"', (value) => value === "inline" || value === "upload")),
  storedMounts: optional(functionKind),
};
const bundleOptions = {
  ...ruleOptions,
  ...addedBundleOptions,
  ...projectOptions,
  variables: optional(mapOf("values")),
};
const projectLocation = { paths: texts, from: absolutePath, root: optional(text) };
const namedProject = object("an object with `paths` and `from`", projectLocation);
const namedOptions = object("the options of a bundle", { ...bundleOptions, ...projectLocation });
const printOptions = object("an object with `isSecretLine`", {
  isSecretLine: functionKind,
  lines: optional(kind("the lines of a text, or a function", isObjectLike)),
  hideSource: optional(boolean),
  widestLine: optional(number),
});
const loadOptions = {
  ...ruleOptions,
  from: optional(absolutePath),
  root: optional(absolutePath),
  environment: optional(recordOf("a record of strings", isTextIfGiven)),
  ...projectOptions,
};
const paths = kind(
  "a path, or a list of at least one path",
  (value) => isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText)),
);
const withSecretRules = object("an object with `secretRules`", { secretRules: ruleOptions.secretRules });

/** The name of a parameter in messages, and the kind of its argument. */
export type Parameter = readonly [name: string, kind: Kind];

/**
 * The parameters of every function that the package exports, and of the methods of a project. A test compares the table
 * with the exports.
 */
export const SIGNATURES = {
  // The signatures of the functions that the main entry point exports.
  applyEdits: [
    ["text", text],
    ["edits", listOf("a list of edits", edit)],
  ],
  fixTexts: [
    ["before", mapOf("texts")],
    ["validate", functionKind],
  ],
  canonicalCompose: [["model", model]],
  canonicalText: [["model", model]],
  explainChange: [
    ["before", model],
    ["after", model],
  ],
  isSecretLeaf: [["value", anything]],
  formatPath: [["path", path]],
  LineIndex: [["text", text]],
  diagnosticParts: [
    ["diagnostic", diagnostic],
    ["options", printOptions],
  ],
  printDiagnostic: [
    ["diagnostic", diagnostic],
    ["options", printOptions],
  ],
  printDiagnostics: [
    ["diagnostics", listOf("a list of diagnostics", diagnostic)],
    ["options", printOptions],
  ],
  loadProject: [
    ["paths", paths],
    ["options", options("an object with `files`", { ...loadOptions, files })],
  ],
  memoryFiles: [
    [
      "contents",
      recordOf("a record from paths to texts or bytes", (value) => isText(value) || value instanceof Uint8Array),
    ],
  ],
  locate: [
    ["root", node],
    ["path", path],
  ],
  secretNamesOf: [["texts", iterable]],
  imageError: [["text", text]],
  readImageReference: [["text", text]],
  isAdjustable: [["code", text]],
  validateCompose: [
    ["input", anything],
    ["options", optional(object("an object with options", validationOptions))],
  ],
  namesIn: [
    ["model", model],
    ["texts", kind('"written" or "resolved"', (value) => value === "written" || value === "resolved")],
  ],
  readCompose: [["input", anything]],
  writtenTexts: [["source", text]],
  // The methods of a project.
  "project.positionOf": [["path", path]],
  "project.validate": [
    ["options", options("an object with options", { ...ruleOptions, diagnostics: optional(severities) })],
  ],
  "project.explainChange": [
    ["after", object("a project that `loadProject` returned", { isValid: boolean, canonicalText: functionKind })],
  ],
  "project.bundle": [["options", optional(options("an object with options", addedBundleOptions))]],
  // The functions of the entry point `node`.
  "node.loadProject": [
    ["paths", paths],
    ["options", optional(options("an object with options", { ...loadOptions, files: optional(files) }))],
  ],
  watchFiles: [["files", files]],
  areSame: [
    ["observed", recordOf("a record of strings", isText)],
    ["folder", text],
    ["files", files],
    ["digest", functionKind],
  ],
  // The functions of the entry point `project`.
  bundleProject: [
    ["options", namedOptions],
    ["files", files],
  ],
  bundleText: [
    ["text", text],
    ["options", optional(object("an object with options", bundleOptions))],
  ],
  relativeToFolder: [
    ["folder", absolutePath],
    ["whole", text],
    ["bundled", object("the result of `bundleProject`", { folder: text, linesOf: functionKind })],
  ],
  fileErrorMessage: [
    ["reason", text],
    ["most", number],
  ],
  locateProject: [
    ["named", namedProject],
    ["files", files],
  ],
  projectFolder: [
    ["named", namedProject],
    ["files", files],
  ],
  mask: [
    ["bundle", object("a bundle", { redacted: functionKind })],
    ["digest", functionKind],
    ["options", withSecretRules],
  ],
  maskRecorded: [
    ["model", model],
    ["digest", functionKind],
    ["options", withSecretRules],
  ],
  withoutDigests: [["model", model]],
  printModel: [["model", model]],
  // The arguments of functions that the entry point `rule` exports.
  error: [
    ["title", text],
    ["remedy", text],
  ],
  warning: [
    ["title", text],
    ["remedy", text],
  ],
  withCodes: [
    ["known", object("a catalogue")],
    ["more", object("a catalogue")],
  ],
  isNull: [["node", optional(node)]],
  isTrue: [["text", text]],
  readVolume: [["text", text]],
  child: [
    ["location", location],
    ["key", text],
  ],
  children: [["parent", location]],
  has: [
    ["location", location],
    ["key", text],
  ],
  hasVariables: [["text", text]],
  select: [
    ["from", location],
    ["pattern", text],
  ],
  stringAt: [["location", location]],
  textAt: [["location", location]],
  mountsOf: [["service", object("a location of a service", { node })]],
  // The functions of the entry point `wording`.
  withDots: [["text", text]],
  withEscapes: [["json", text]],
  nearest: [
    ["written", text],
    ["candidates", iterable],
  ],
} as const satisfies Readonly<Record<string, readonly Parameter[]>>;

function isObjectLike(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
