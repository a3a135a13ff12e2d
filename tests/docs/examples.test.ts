import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import ts from "typescript";

const root = resolve(__dirname, "../..");
/** The imports that programs use, and the source file of each. */
const ENTRIES = {
  "pulumi-lyceum": join(root, "sdk", "index.ts"),
  "pulumi-lyceum/plugin": join(root, "sdk", "plugin", "index.ts"),
  "pulumi-lyceum/policy": join(root, "sdk", "policy", "index.ts"),
};
const sources = readdirSync(join(root, "sdk"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => join(root, "sdk", name));

/** Names that an example may use without importing them. */
const PRELUDE = {
  pulumi: 'import * as pulumi from "@pulumi/pulumi";',
  lyceum: 'import * as lyceum from "pulumi-lyceum";',
  config: "declare const config: pulumi.Config;",
};

interface Example {
  readonly file: string;
  readonly text: string;
}

/** The programs after `@example` in the comments of a source. */
function examplesOf(file: string, source: string): Example[] {
  return [...source.matchAll(/@example\n\s*\* ```ts\n([\s\S]*?)\* ```/g)].map(([, block = ""]) => ({
    file: basename(file),
    text: block.replace(/^ *\* ?/gm, "").trimEnd(),
  }));
}

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: ["node"],
  paths: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, [file]])),
};

function withPrelude(text: string): string {
  const missing = Object.values(PRELUDE).filter((line) => !text.includes(line));
  return [...missing, text, "export {};"].join("\n");
}

const examples = sources.flatMap((file) => examplesOf(file, readFileSync(file, "utf8")));

/**
 * Programs in files, except those whose types a scenario checks. The test of `examples/unit-tests` runs its own
 * compiler.
 */
const programs = ["examples", "templates", "tests/scenarios/lifecycle/program"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /^(?!.*node_modules).*(?<!\.test)\.ts$/.test(path))
    .map((path) => join(root, folder, path)),
);

const planted = join(root, "examples", "planted.ts");
const PLANTED = "/**\n * Text.\n *\n * @example\n * ```ts\n * new lyceum.ComposeExecution(1);\n * ```\n */";
/** The examples exist only in memory. */
const inMemory = new Map([
  ...examples.map(({ text }, index) => [join(root, "examples", `in-memory-${index}.ts`), withPrelude(text)] as const),
  ...examplesOf(planted, PLANTED).map(({ text }) => [planted, withPrelude(text)] as const),
]);

/** The compiler treats all examples as one program, because loading their imports takes long. */
let compiled: ts.Program;
beforeAll(() => {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => inMemory.has(file) || fileExists(file);
  host.readFile = (file) => inMemory.get(file) ?? readFile(file);
  host.getSourceFile = (file, language, ...rest) => {
    const text = inMemory.get(file);
    return text === undefined
      ? getSourceFile(file, language, ...rest)
      : ts.createSourceFile(file, text, language, true);
  };
  compiled = ts.createProgram([...inMemory.keys(), ...Object.values(ENTRIES), ...programs], options, host);
});

/** The compiler's errors for one program, each with its line. */
function errorsOf(file: string): string[] {
  const source = compiled.getSourceFile(file);
  if (source === undefined) throw new Error(`${file} was not compiled.`);
  return ts.getPreEmitDiagnostics(compiled, source).map(({ messageText, start = 0 }) => {
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    return `${file}:${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")} in: ${source.text.split("\n")[line - 1]}`;
  });
}

test("finds an example that does not compile, and every other one compiles against the package", () => {
  expect(examples.length).toBeGreaterThan(35);
  const found = [expect.stringContaining("Expected 2-3 arguments, but got 1.")];
  expect(errorsOf(planted)).toEqual(found);
  expect([...inMemory.keys()].flatMap(errorsOf)).toEqual(found);
});

test("every program of the examples, of the templates and of a scenario in TypeScript compiles", () => {
  expect(programs.length).toBeGreaterThan(12);
  expect(programs.flatMap(errorsOf)).toEqual([]);
});

/** The smallest expected number of exports. With fewer, the test would prove too little. */
const LEAST = { "pulumi-lyceum": 6, "pulumi-lyceum/plugin": 6, "pulumi-lyceum/policy": 3 } as const;

test.each(Object.keys(ENTRIES) as (keyof typeof ENTRIES)[])("every export of %s has an example", (name) => {
  const entry = ENTRIES[name];
  const checker = compiled.getTypeChecker();
  const source = compiled.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  const exported = module === undefined ? [] : checker.getExportsOfModule(module);
  expect(exported.length).toBeGreaterThanOrEqual(LEAST[name]);
  const without = exported.filter((symbol) => {
    const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return !own.getJsDocTags(checker).some(({ name }) => name === "example");
  });
  expect(without.map(({ name }) => name)).toEqual([]);
});
