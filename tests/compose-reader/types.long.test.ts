import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { loadProject, memoryFiles } from "../../compose";
import { readCorpus } from "../differential/corpus";

// The types of a loaded project come from the schema of the Compose Specification, but the values come from the reader.
// So the test writes the loaded projects of the corpus as values of the types, and compiles them.

const sections = ["services", "jobs", "networks", "volumes", "configs", "secrets", "models"] as const;
const model = join(__dirname, "../../compose/loading/model.generated");
/** Compose accepts unknown keys of GPUs, which the types do not have. */
const WITH_UNKNOWN_KEYS = ["deploy: gpus with an unknown key"];
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "loaded-types-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The errors of the compiler about loaded projects, by the names of the projects. */
function errorsIn(projects: readonly (readonly [name: string, sections: object])[]): readonly string[] {
  const file = join(folder, "projects.ts");
  const lines = projects.map(
    ([name, loaded], index) => `// ${name}\nexport const p${index}: ProjectSections = ${JSON.stringify(loaded)};\n`,
  );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `import type { ProjectSections } from ${JSON.stringify(model)};\n${lines.join("")}`);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    types: [],
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    target: ts.ScriptTarget.ES2022,
    exactOptionalPropertyTypes: true,
  };
  const program = ts.createProgram([file], options);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file: source, start = 0 }) => {
    const line = source?.getLineAndCharacterOfPosition(start).line ?? 0;
    const name = projects[Math.floor((line - 1) / 2)]?.[0];
    return `${name}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

test("a value of another type is found", () => {
  const wrong = {
    services: { web: { image: "a", ports: ["80"] } },
    jobs: {},
    networks: {},
    volumes: {},
    configs: {},
    secrets: {},
    models: {},
  };
  expect(errorsIn([["planted", wrong]])).toEqual([expect.stringContaining("planted: Type 'string' is not assignable")]);
});

test("every loaded project has the types", () => {
  const loaded = readCorpus().flatMap(({ name, files, run }) => {
    const path = (file: string) => join("/p", file);
    const project = loadProject(run.files.map(path), {
      files: memoryFiles(Object.fromEntries(Object.entries(files).map(([file, text]) => [path(file), text]))),
      profiles: run.profiles,
      ...(run.envFiles.length === 0 ? {} : { envFiles: run.envFiles.map(path) }),
    });
    return project.isValid && !WITH_UNKNOWN_KEYS.includes(name)
      ? [[name, Object.fromEntries(sections.map((section) => [section, project[section]]))] as const]
      : [];
  });
  expect(loaded.length).toBeGreaterThan(200);
  expect(errorsIn(loaded)).toEqual([]);
});
