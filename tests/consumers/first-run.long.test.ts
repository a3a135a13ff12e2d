import { readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { blocks } from "../docs/guides";
import { NO_DOCKER, testUnless } from "../harness/needs";
import { installPlugin, type PluginName, pluginFolder } from "../harness/processes/plugins";
import { installSdk } from "../harness/processes/python";
import { ROOT } from "../harness/root";
import { foldersBelow } from "../harness/workspace";
import { generate, livesOnce, UserEmulator } from "./first-run";
import { Installation } from "./installation";
import { type Obtained, packageRegistry } from "./obtain";
import { farFolder, pack } from "./workspace";

/**
 * The first steps of a person without an account: install the package, start its emulator, run the program of the
 * README, and then the program of each template.
 */
const SDK = "3.248.0";
const registry = packageRegistry();
const venv = process.env.LYCEUM_TEST_PYTHON_VENV || undefined;

const base = farFolder();
const folders = foldersBelow(base);
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** One installation for all programs. Each program replaces the one before it. */
let installing: Promise<Installation> | undefined;
function installed(): Promise<Installation> {
  installing ??= (async () => {
    const tarball = await pack(ROOT, base);
    return Installation.make({ base }, "first", { sdk: SDK, node: process.execPath }, [tarball]);
  })();
  return installing;
}

function unlessMissing(title: string, needs: Obtained<unknown>, act: () => Promise<void>): void {
  testUnless(needs.kind === "missing" ? needs.reason : undefined, title, act);
}

/** Runs commands while the emulator of the installation runs in another terminal. */
async function withEmulator(
  words: readonly string[],
  act: (emulator: UserEmulator, installation: Installation) => Promise<void>,
): Promise<void> {
  const installation = await installed();
  const emulator = await UserEmulator.start(installation, folders, ["--port", "0", ...words]);
  try {
    await act(emulator, installation);
    expect(emulator.printed()).toMatch(/completed \(exit code 0\)/);
  } finally {
    await emulator.stop();
  }
}

unlessMissing("what is installed runs no script and has no native module", registry, async () => {
  const modules = join((await installed()).folder, "node_modules");
  const gained = new Set<string>();
  const add = (name: string): void => {
    if (gained.has(name)) return;
    gained.add(name);
    const { dependencies = {}, scripts = {} } = JSON.parse(
      readFileSync(join(modules, name, "package.json"), "utf8"),
    ) as { dependencies?: Record<string, string>; scripts?: Record<string, string> };
    // npm runs `prepare` only if the package is a Git dependency.
    expect(Object.keys(scripts).filter((script) => /^(pre|post)?install$/.test(script))).toEqual([]);
    const files = readdirSync(join(modules, name), { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => /\.node$|^binding\.gyp$/.test(file))).toEqual([]);
    Object.keys(dependencies).forEach(add);
  };
  add("pulumi-lyceum");
  expect([...gained]).toEqual(["pulumi-lyceum", "undici", "yaml"]);
});

const docker: Obtained<unknown> = NO_DOCKER === undefined ? registry : { kind: "missing", reason: NO_DOCKER };

/** The files of the first program that the README shows. */
function readmeProgram(): readonly { readonly name: string; readonly text: string }[] {
  const shown = blocks.filter(({ guide, file }) => guide === "README.md" && file?.startsWith("examples/"));
  const [{ file: first = "" } = {}] = shown;
  return shown
    .filter(({ file = "" }) => dirname(file) === dirname(first))
    .map(({ file = "", text }) => ({ name: basename(file), text }));
}

// The programs of the templates run on the simulated engine.
unlessMissing("the first program of the README, on containers", docker, () =>
  withEmulator(["--engine", "docker"], async (emulator, installation) => {
    installation.occupy();
    installation.write("Pulumi.yaml", "name: readme\nruntime: nodejs\n");
    const files = readmeProgram();
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(["compose.yaml", "index.ts"]));
    for (const { name, text } of files) installation.write(name, text);
    await livesOnce(emulator.shell(installation, folders));
  }),
);

unlessMissing("the template typescript", registry, () =>
  withEmulator(["--engine", "simulated"], async (emulator, installation) => {
    installation.occupy();
    const pulumi = emulator.shell(installation, folders);
    await generate(pulumi, installation, "typescript");
    // The template's dependencies are already installed.
    await installation.add({ base }, []);
    await livesOnce(pulumi);
  }),
);

/** What the machine needs for a language. */
function hostOf(language: PluginName): Obtained<unknown> {
  if (pluginFolder(language) === undefined) return { kind: "missing", reason: `no language host for ${language}` };
  return registry;
}

unlessMissing("the template yaml", hostOf("yaml"), () =>
  withEmulator(["--engine", "simulated"], async (emulator, installation) => {
    installPlugin("yaml", folders.pulumiHome);
    installation.occupy();
    const pulumi = emulator.shell(installation, folders);
    await generate(pulumi, installation, "yaml");
    await installation.add({ base }, []);
    await livesOnce(pulumi);
  }),
);

const python: Obtained<unknown> =
  venv === undefined ? { kind: "missing", reason: "there is no Python for it" } : hostOf("python");

unlessMissing("the template python, with a generated SDK", python, () =>
  withEmulator(["--engine", "simulated"], async (emulator, installation) => {
    installPlugin("python", folders.pulumiHome);
    installation.occupy();
    const pulumi = emulator.shell(installation, folders, join(venv ?? "", "bin"));
    await generate(pulumi, installation, "python");
    installSdk(venv ?? "", join(folders.temporary, "sdk"));
    const project = installation.read("Pulumi.yaml");
    installation.write("Pulumi.yaml", project.replace("virtualenv: venv", `virtualenv: ${venv}`));
    await livesOnce(pulumi);
  }),
);
