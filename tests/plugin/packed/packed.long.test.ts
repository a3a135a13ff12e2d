import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { livesOnce } from "../../consumers/first-run";
import { farFolder } from "../../consumers/workspace";
import { PulumiCommands } from "../../harness/commands";
import { type Emulator, startEmulator } from "../../harness/emulator/emulator";
import { emulatorEnvironment, pulumiEnvironment } from "../../harness/environment";
import { testUnless } from "../../harness/needs";
import { installPlugin, type PluginName, pluginFolder } from "../../harness/processes/plugins";
import { pulumiFolder } from "../../harness/processes/tools";
import { ROOT } from "../../harness/root";
import { foldersBelow } from "../../harness/workspace";
import { ARCHIVE, archives, NO_ARCHIVE, version } from "../archive";

/**
 * Tests the packages for Python, Go and Java as they are published, installed outside the repository. The plugin is
 * installed too, and no `Pulumi.yaml` names it.
 */
const MODULE = "github.com/pulumi-lyceum/pulumi-lyceum";
const venv = process.env.LYCEUM_TEST_PYTHON_VENV ?? "";
const marker = `packed-${process.pid}`;
const base = farFolder();
const folders = foldersBelow(base);
const sdks = join(base, "sdks");
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator("simulated", join(base, "emulator"), emulatorEnvironment(folders, marker));
  if (NO_ARCHIVE !== undefined) return;
  execFileSync(process.execPath, [join(ROOT, "tools", "release", "sdks.mjs"), "--out", sdks], { stdio: "pipe" });
  const install = ["plugin", "install", "resource", "lyceum", `v${version}`, "--file", join(archives, ARCHIVE)];
  await new PulumiCommands(base, environment()).quietly(install);
});

afterAll(async () => {
  await emulator.stop();
  rmSync(base, { recursive: true, force: true });
});

/** The environment of Pulumi's commands. Further folders are first in its PATH. */
function environment(...path: string[]): Readonly<Record<string, string>> {
  const env = pulumiEnvironment(folders, pulumiFolder(), marker, emulator);
  return { ...env, PATH: [...path, env.PATH].join(delimiter) };
}

/** A folder with the project of a language and the Compose file. */
function project(language: PluginName, runtime: string): string {
  const folder = join(base, language);
  mkdirSync(folder);
  writeFileSync(join(folder, "Pulumi.yaml"), `name: packed-${language}\nruntime: ${runtime}\n`);
  copyFileSync(join(ROOT, "templates", "python", "compose.yaml"), join(folder, "compose.yaml"));
  installPlugin(language, folders.pulumiHome);
  return folder;
}

/**
 * An environment in which Go, and programs that Go starts, find the module. Nothing is written into the user's cache.
 */
function goEnvironment(): Readonly<Record<string, string>> {
  const of = (name: string) => execFileSync("go", ["env", name], { encoding: "utf8" }).trim();
  const repository = join(base, "repository");
  return {
    GOCACHE: of("GOCACHE"),
    GOMODCACHE: join(base, "modules"),
    GOPROXY: [`file://${of("GOMODCACHE")}/cache/download`, of("GOPROXY")].join(","),
    // The tools of this repository are built with the same flags. So most packages are already compiled.
    GOFLAGS: "-modcacherw -trimpath",
    CGO_ENABLED: "0",
    GOWORK: "off",
    GOPRIVATE: MODULE,
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.file://${repository}.insteadOf`,
    GIT_CONFIG_VALUE_0: `https://${MODULE}`,
  };
}

/** Tags the repository as a release does. The module is on a separate commit. */
function tagModule(): void {
  const repository = join(base, "repository");
  const git = (...args: string[]) => execFileSync("git", args, { cwd: repository, stdio: "pipe" });
  cpSync(join(sdks, "go"), join(repository, "sdk", "go"), { recursive: true });
  copyFileSync(join(ROOT, "LICENSE"), join(repository, "LICENSE"));
  git("init", "--quiet");
  git("add", "--force", ".");
  git("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message", "Go SDK");
  git("tag", `sdk/go/v${version}`);
}

const noPython = venv === "" || pluginFolder("python") === undefined ? "there is no Python for it" : NO_ARCHIVE;
testUnless(noPython, "the wheel for Python", async () => {
  const own = join(base, "venv");
  const folder = project("python", `{name: python, options: {virtualenv: ${own}}}`);
  copyFileSync(join(ROOT, "templates", "python", "__main__.py"), join(folder, "__main__.py"));
  const shared = join(venv, "bin", "python");
  execFileSync(shared, ["-m", "venv", "--without-pip", own]);
  // The dependencies of the wheel are already installed, and their hashes were verified.
  const where = "import sysconfig; print(sysconfig.get_path('purelib'))";
  const ask = (python: string) => execFileSync(python, ["-c", where], { encoding: "utf8" }).trim();
  writeFileSync(join(ask(join(own, "bin", "python")), "shared.pth"), `${ask(shared)}\n`);
  const [wheel = ""] = readdirSync(join(sdks, "wheel"));
  const install = ["-m", "pip", "--python", own, "install", "--quiet", "--no-deps", "--no-index"];
  execFileSync(shared, [...install, join(sdks, "wheel", wheel)]);
  await livesOnce(new PulumiCommands(folder, environment(join(own, "bin"))));
});

testUnless(
  pluginFolder("go") === undefined ? "there is no Go for it" : NO_ARCHIVE,
  "the Go module by its tag",
  async () => {
    tagModule();
    const folder = project("go", "go");
    copyFileSync(join(__dirname, "main.go"), join(folder, "main.go"));
    // These versions are also used to build the tools.
    const from = join(ROOT, "tools", "go", "pulumi-codegen");
    const requirements = readFileSync(join(from, "go.mod"), "utf8");
    writeFileSync(join(folder, "go.mod"), requirements.replace(/^module .*$/m, "module program"));
    copyFileSync(join(from, "go.sum"), join(folder, "go.sum"));
    const go = execFileSync("which", ["go"], { encoding: "utf8" }).trim();
    const env = { ...environment(dirname(go)), ...goEnvironment() };
    execFileSync(go, ["get", `${MODULE}/sdk/go@v${version}`], { cwd: folder, env, stdio: "pipe" });
    await livesOnce(new PulumiCommands(folder, env));
  },
);

testUnless(
  pluginFolder("java") === undefined ? "there is no Java for it" : NO_ARCHIVE,
  "the JAR for Java",
  async () => {
    // Maven builds with the pom.xml of the release, and finds its plugins in the user's cache.
    execFileSync("mvn", ["-B", "-q", "-ntp", "package"], { cwd: join(sdks, "java"), stdio: "pipe" });
    const folder = project("java", "java");
    copyFileSync(join(__dirname, "pom.xml"), join(folder, "pom.xml"));
    const sources = join(folder, "src", "main", "java");
    mkdirSync(sources, { recursive: true });
    copyFileSync(join(__dirname, "App.java"), join(sources, "App.java"));
    const jar = join(sdks, "java", "target", `lyceum-${version}.jar`);
    copyFileSync(jar, join(folder, "lyceum.jar"));
    const programs = ["mvn", "java"].map((name) => dirname(execFileSync("which", [name], { encoding: "utf8" }).trim()));
    await livesOnce(new PulumiCommands(folder, environment(...programs)));
  },
);
