import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import ts from "typescript";

const root = resolve(__dirname, "../..");
/** What a program imports, and the source of each. */
const ENTRIES = {
  "pulumi-lyceum": join(root, "sdk", "index.ts"),
  "pulumi-lyceum/plugin": join(root, "sdk", "plugin", "index.ts"),
  "pulumi-lyceum/policy": join(root, "sdk", "policy", "index.ts"),
};
const sources = readdirSync(join(root, "sdk"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => join(root, "sdk", name));

/** What an example may use without an import of its own. */
const PRELUDE = {
  pulumi: 'import * as pulumi from "@pulumi/pulumi";',
  lyceum: 'import * as lyceum from "pulumi-lyceum";',
  config: "declare const config: pulumi.Config;",
};

interface Example {
  readonly file: string;
  readonly text: string;
}

/** The programs behind `@example` in the comments of a source. */
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

/** What the compiler reports about programs that exist in memory only; of each the first line. */
function errorsOf(programs: readonly string[]): string[] {
  const files = new Map(programs.map((text, index) => [join(root, "examples", `in-memory-${index}.ts`), text]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, language, ...rest) => {
    const text = files.get(file);
    return text === undefined
      ? getSourceFile(file, language, ...rest)
      : ts.createSourceFile(file, text, language, true);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([file, text]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => `${ts.flattenDiagnosticMessageText(messageText, " ")} in: ${text}`),
  );
}

function withPrelude(text: string): string {
  const missing = Object.values(PRELUDE).filter((line) => !text.includes(line));
  return [...missing, text, "export {};"].join("\n");
}

const examples = sources.flatMap((file) => examplesOf(file, readFileSync(file, "utf8")));

test("a planted example that does not compile is found", () => {
  const planted = "/**\n * Text.\n *\n * @example\n * ```ts\n * new lyceum.ComposeExecution(1);\n * ```\n */";
  const found = errorsOf(examplesOf("planted.ts", planted).map(({ text }) => withPrelude(text)));
  expect(found).toEqual([expect.stringContaining("Expected 2-3 arguments, but got 1.")]);
}, 60_000);

test("every example compiles against the package", () => {
  expect(examples.length).toBeGreaterThan(35);
  expect(errorsOf(examples.map(({ text }) => withPrelude(text)))).toEqual([]);
}, 60_000);

/** Programs in files. Scenarios run them without their types. `examples/unit-tests` has a test that runs its compiler. */
const programs = ["examples", "templates", "tests/scenarios/lifecycle/program"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /^(?!.*node_modules).*(?<!\.test)\.ts$/.test(path))
    .map((path) => join(root, folder, path)),
);
let compiled: ts.Program;
beforeAll(() => {
  compiled = ts.createProgram([...Object.values(ENTRIES), ...programs], options);
});

test("every program of the examples, of the templates and of a scenario in TypeScript compiles", () => {
  expect(programs.length).toBeGreaterThan(12);
  expect(ts.formatDiagnostics(ts.getPreEmitDiagnostics(compiled), ts.createCompilerHost(options))).toBe("");
}, 60_000);

/** So many exports are found at least, or the test looks at nothing. */
const LEAST = { "pulumi-lyceum": 6, "pulumi-lyceum/plugin": 6, "pulumi-lyceum/policy": 3 } as const;

test.each(Object.keys(ENTRIES) as (keyof typeof ENTRIES)[])(
  "everything that %s exports has an example",
  (name) => {
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
  },
  60_000,
);
