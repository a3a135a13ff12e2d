import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Obtained, obtainPyright, obtainPythonPackages } from "../../consumers/obtain";
import { testUnless, whyNoGo } from "../../harness/needs";
import { ROOT } from "../../harness/root";
import { runTool } from "../node-sdk";

/** The type checkers, with their newest versions. Mypy is the first of its packages. */
const PYRIGHT = "1.1.414";
const MYPY = ["mypy==2.4.1", "mypy-extensions==1.2.0", "typing-extensions==4.16.0", "pathspec==1.1.1"];
const MYPY_NATIVE = ["librt==0.17.0", "ast-serialize==0.13.1"];

/** The Python that has Pulumi's SDK. */
const python = join(process.env.LYCEUM_TEST_PYTHON_VENV ?? "", "bin", "python");
const noPython = process.env.LYCEUM_TEST_PYTHON_VENV ? whyNoGo() : "there is no Python for it";
const folder = join(ROOT, ".cache", "python-types");
const sdk = join(folder, "sdk", "python");

/** The programs of the documentation, and one with a wrong argument. */
beforeAll(() => {
  if (noPython !== undefined) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const generate = join(ROOT, "tools", "release", "gen-sdk.mjs");
  runTool([generate, "--language", "python", "--out", join(folder, "sdk")], ROOT);
  for (const kind of ["examples", "templates"])
    copyFileSync(join(ROOT, kind, "python", "__main__.py"), join(folder, `of_${kind}.py`));
  const page = readFileSync(join(ROOT, "docs", "_index.md"), "utf8");
  writeFileSync(join(folder, "of_registry.py"), /```python\n([\s\S]*?)```/.exec(page)?.[1] ?? "");
  const wrong = 'lyceum.ComposeExecution("wrong", compose_file="compose.yaml", timeout="long")';
  writeFileSync(join(folder, "wrong.py"), `import pulumi_lyceum as lyceum\n\n${wrong}\n`);
  const settings = { include: ["*.py"], extraPaths: [sdk], typeCheckingMode: "strict" };
  writeFileSync(join(folder, "pyrightconfig.json"), JSON.stringify(settings));
});

/** Runs a type checker. Returns the names of the files with an error. */
function filesWithErrors(command: string, args: readonly string[], env: Readonly<Record<string, string>>): unknown {
  const { stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  const files = [...stdout.matchAll(/^(?:.*\/| *)?(\w+\.py):\d+.* error/gm)].map(([, name]) => name);
  // Without a summary, the type checker did not run.
  return /Found \d+ error|\d+ errors?, /.test(stdout) ? [...new Set(files)] : stdout + stderr;
}

const missing = <T>(tool: Obtained<T>) => (tool.kind === "missing" ? tool.reason : undefined);
const pyright = noPython === undefined ? obtainPyright(PYRIGHT) : undefined;
const mypy = noPython === undefined ? obtainPythonPackages(python, [...MYPY, ...MYPY_NATIVE]) : undefined;

testUnless(
  noPython ?? (pyright && missing(pyright)),
  "pyright finds only the wrong argument, in its strict mode",
  () => {
    const script = pyright?.kind === "have" ? pyright.value : "";
    expect(filesWithErrors(process.execPath, [script, "--pythonpath", python], {})).toEqual(["wrong.py"]);
  },
);

testUnless(noPython ?? (mypy && missing(mypy)), "mypy finds only the wrong argument, in its strict mode", () => {
  // The code of the SDK itself has no complete types. Errors in it are not shown to a user.
  const args = ["-m", "mypy", "--strict", "--follow-imports=silent", "--python-executable", python, "."];
  const env = { PYTHONPATH: mypy?.kind === "have" ? mypy.value : "", MYPYPATH: sdk };
  expect(filesWithErrors(python, [...args, "--exclude", "sdk/"], env)).toEqual(["wrong.py"]);
});
