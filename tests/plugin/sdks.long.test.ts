import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testUnless, whyNoGo, whyNotInstalled } from "../harness/needs";
import { ROOT } from "../harness/root";
import { compile, NO_PULUMI_FOR_SDK, nodeSdk, runTool } from "./node-sdk";

const out = join(ROOT, ".cache", "sdk-tests");

beforeAll(() => rmSync(out, { recursive: true, force: true }));

function generated(language: string): string {
  runTool([join(ROOT, "tools", "release", "gen-sdk.mjs"), "--language", language, "--out", out], ROOT);
  return join(out, language);
}

/** The schema's example programs, by name. The test generates them again in every language. */
const examples = join(out, "examples");
let generatedExamples: string | undefined;
function makeExamples(): readonly string[] {
  generatedExamples ??= runTool([join(ROOT, "tools", "generate", "examples.mjs"), "--out", examples], ROOT);
  return readdirSync(examples).filter((name) => name !== "bin");
}

/** The one file of an example in a language. */
function example(name: string, language: string): string {
  const folder = join(examples, name, language);
  const [file = ""] = readdirSync(folder);
  return readFileSync(join(folder, file), "utf8");
}

function put(folder: string, file: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), text);
}

testUnless(NO_PULUMI_FOR_SDK, "the SDK for Node.js compiles", () => {
  const manifest = JSON.parse(readFileSync(join(nodeSdk(out), "package.json"), "utf8"));
  expect(manifest.name).toBe("pulumi-lyceum");
});

testUnless(
  whyNoGo(),
  "the examples in the schema are what the converter makes, else: npm run generate:examples",
  () => {
    const names = makeExamples();
    expect(names.length).toBeGreaterThan(5);
    const module = join(ROOT, "provider", "hosts", "plugin", "examples.generated.ts");
    expect(readFileSync(module, "utf8")).toBe(generatedExamples);
    const folder = join(out, "typescript");
    for (const name of names) put(folder, `${name}.ts`, example(name, "nodejs"));
    const compilerOptions = { strict: true, noEmit: true, module: "nodenext", target: "es2022", types: [] };
    put(folder, "tsconfig.json", JSON.stringify({ compilerOptions }));
    compile(folder);
  },
);

testUnless(whyNoGo(), "the SDK in Go compiles, and the examples with it", () => {
  const folder = generated("go");
  for (const name of makeExamples()) put(join(folder, "examples", name), "main.go", example(name, "go"));
  const module = /^module .*$/m.exec(readFileSync(join(folder, "go.mod"), "utf8"))?.[0] ?? "";
  expect(module).toBe("module github.com/pulumi-lyceum/pulumi-lyceum/sdk/go");
  // These versions are also used to build the generator, so their packages are already compiled.
  const from = join(ROOT, "tools", "go", "pulumi-codegen");
  const requirements = readFileSync(join(from, "go.mod"), "utf8");
  writeFileSync(join(folder, "go.mod"), requirements.replace(/^module .*$/m, module));
  copyFileSync(join(from, "go.sum"), join(folder, "go.sum"));
  const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "" };
  execFileSync("go", ["vet", "-mod=mod", "-trimpath", "./..."], { cwd: folder, env, stdio: "pipe" });
});

testUnless(
  whyNoGo(),
  // The SDK for .NET is not compiled. No package of Debian, npm or PyPI contains the .NET SDK, or Pulumi's library for
  // .NET. Mono's compiler does not know the language version of the generated code.
  "the SDK for .NET is generated, without a download",
  () => {
    const folder = generated("dotnet");
    const project = readFileSync(join(folder, "PulumiLyceum.Lyceum.csproj"), "utf8");
    expect(project).toContain("<PackageIcon>logo.png</PackageIcon>");
    expect(readFileSync(join(folder, "logo.png")).subarray(1, 4).toString()).toBe("PNG");
    const resource = readFileSync(join(folder, "ComposeExecution.cs"), "utf8");
    expect(resource).toContain("public Output<int?> ReturnCode { get; private set; } = null!;");
    // A text converts to this type. It does not convert to a union of inputs, because C# applies only one conversion.
    expect(resource).toContain("public Union<string, ImmutableArray<string>>? ComposeFile { get; set; }");
  },
);

testUnless(
  whyNoGo() ?? whyNotInstalled("a JDK", "javac", "--version") ?? whyNotInstalled("Maven", "mvn", "--version"),
  "the SDK for Java compiles, and the examples with it",
  () => {
    const folder = generated("java");
    for (const name of makeExamples()) {
      const text = example(name, "java").replace("package generated_program", `package examples.${name}`);
      put(join(folder, "src", "main", "java", "examples", name), "App.java", text);
    }
    execFileSync("mvn", ["-B", "-q", "-ntp", "compile"], { cwd: folder, stdio: "pipe" });
    expect(existsSync(join(folder, "target", "classes", "com", "pulumi", "lyceum", "ComposeExecution.class"))).toBe(
      true,
    );
  },
);
