import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../harness/root";
import { nodeSdk, PULUMI_FOR_SDK, runTool } from "./node-sdk";

const out = join(ROOT, ".cache", "sdk-tests");

beforeAll(() => rmSync(out, { recursive: true, force: true }));

function isInstalled(command: string, version = "version"): boolean {
  try {
    execFileSync(command, [version], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function generated(language: string): string {
  runTool([join(ROOT, "tools", "release", "gen-sdk.mjs"), "--language", language, "--out", out], ROOT);
  return join(out, language);
}

const missing = PULUMI_FOR_SDK.kind === "missing" ? ` (left out: ${PULUMI_FOR_SDK.reason})` : "";
(missing === "" ? test : test.skip)(
  `the SDK for Node.js compiles${missing}`,
  () => {
    const manifest = JSON.parse(readFileSync(join(nodeSdk(out), "package.json"), "utf8"));
    expect(manifest.name).toBe("pulumi-lyceum-sdk");
  },
  600_000,
);

// CI has Go, a JDK and Maven, and there a skipped test fails.
const withoutGo = isInstalled("go") ? "" : " (left out: Go is not installed)";
(withoutGo === "" ? test : test.skip)(
  `the SDK in Go compiles${withoutGo}`,
  () => {
    const folder = generated("go");
    const module = /^module .*$/m.exec(readFileSync(join(folder, "go.mod"), "utf8"))?.[0] ?? "";
    expect(module).toBe("module github.com/pulumi-lyceum/pulumi-lyceum/sdk/go");
    // With the versions that the generator is built with: their packages are compiled already.
    const from = join(ROOT, "tools", "go", "pulumi-codegen");
    const requirements = readFileSync(join(from, "go.mod"), "utf8");
    writeFileSync(join(folder, "go.mod"), requirements.replace(/^module .*$/m, module));
    copyFileSync(join(from, "go.sum"), join(folder, "go.sum"));
    const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "" };
    execFileSync("go", ["build", "-mod=mod", "-trimpath", "./..."], { cwd: folder, env, stdio: "pipe" });
  },
  600_000,
);

(withoutGo === "" ? test : test.skip)(
  `the SDK for .NET is generated, without a download${withoutGo}`,
  () => {
    const folder = generated("dotnet");
    const project = readFileSync(join(folder, "Pulumi.Lyceum.csproj"), "utf8");
    expect(project).toContain("<PackageIcon>logo.png</PackageIcon>");
    expect(readFileSync(join(folder, "logo.png")).subarray(1, 4).toString()).toBe("PNG");
    const resource = readFileSync(join(folder, "ComposeExecution.cs"), "utf8");
    expect(resource).toContain("public Output<int?> ReturnCode { get; private set; } = null!;");
  },
  600_000,
);

const withoutJava = [
  ...(isInstalled("go") ? [] : ["Go"]),
  ...(isInstalled("javac", "--version") ? [] : ["a JDK"]),
  ...(isInstalled("mvn", "--version") ? [] : ["Maven"]),
].join(", ");
(withoutJava === "" ? test : test.skip)(
  `the SDK for Java compiles${withoutJava === "" ? "" : ` (left out: no ${withoutJava} installed)`}`,
  () => {
    const folder = generated("java");
    const build = readFileSync(join(folder, "build.gradle"), "utf8");
    writeFileSync(join(folder, "pom.xml"), mavenProject(build));
    execFileSync("mvn", ["-B", "-q", "-ntp", "compile"], { cwd: folder, stdio: "pipe" });
    expect(existsSync(join(folder, "target", "classes", "com", "pulumi", "lyceum", "ComposeExecution.class"))).toBe(
      true,
    );
  },
  600_000,
);

/** The project of a generated `build.gradle` as Maven has it: Debian's Gradle is too old for the generated one. */
function mavenProject(build: string): string {
  const needed = [...build.matchAll(/implementation\("(.+):(.+):(.+)"\)/g)];
  expect(needed.map(([, group, name]) => `${group}:${name}`)).toContain("com.pulumi:pulumi");
  const element = (name: string, content: string) => `<${name}>${content}</${name}>`;
  const coordinates = (group = "", name = "", version = "") =>
    element("groupId", group) + element("artifactId", name) + element("version", version);
  const compiler = coordinates("org.apache.maven.plugins", "maven-compiler-plugin", "3.13.0");
  return element(
    "project",
    [
      element("modelVersion", "4.0.0"),
      coordinates("com.pulumi", "lyceum", "1.0.0"),
      element("properties", element("maven.compiler.release", "11") + element("project.build.sourceEncoding", "UTF-8")),
      element("dependencies", needed.map(([, ...parts]) => element("dependency", coordinates(...parts))).join("")),
      element("build", element("plugins", element("plugin", compiler))),
    ].join("\n"),
  );
}
