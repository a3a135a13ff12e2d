import { dependenciesOf, uses } from "./dependencies";
import { indexFiles } from "./file-index";

/** Returns the paths that a project in `infra` depends on, in a repository with these texts. */
function pathsOf(
  files: Readonly<Record<string, string>>,
  folder = "infra",
  links: Readonly<Record<string, string>> = {},
) {
  const texts = {
    index: indexFiles([...Object.keys(files), ...Object.keys(links)].sort()),
    textOf: (path: string) => files[path],
    linkOf: (path: string) => links[path],
  };
  return dependenciesOf(folder, texts);
}

const sorted = (files: Readonly<Record<string, string>>, folder?: string, links?: Readonly<Record<string, string>>) =>
  [...pathsOf(files, folder, links).paths].sort();

const COMPOSE = {
  "compose/a.yaml": "services: { a: { image: x } }",
  "compose/b.yaml": "services: { b: { image: x } }",
  "compose/base.yaml": "services: {}",
  "compose/conf/x.env": "A=1",
  "compose/more files/y.env": "A=1",
  "shared files (eu)/c.yaml": "services: {}",
  // Git lists a submodule as one path, and not its files.
  "third/vendor": "",
};

test.each<[string, string, readonly string[]]>([
  ["a Compose file", "composeFile: ../compose/a.yaml", ["compose/a.yaml"]],
  ["a list of them", 'composeFile: ["../compose/a.yaml", "../compose/b.yaml"]', ["compose/a.yaml", "compose/b.yaml"]],
  ["a path from the folder of a module", 'readFileSync(join(__dirname, "../compose/a.yaml"))', ["compose/a.yaml"]],
  ["parts that the program joins", 'join("..", "compose", name)', ["."]],
  ["a variable in a path", "composeFile: ../compose/$name.yaml", ["compose"]],
  ["a variable right after the dots", "composeFile: ../$dir/a.yaml", ["."]],
  ["a path without its ending", 'import x from "../compose/a"', ["compose/a.yaml"]],
  ["a blank and parentheses in a path", 'composeFile: "../shared files (eu)/c.yaml"', ["shared files (eu)/c.yaml"]],
  ["the same without quotes", "composeFile: ../shared files (eu)/c.yaml # x", ["shared files (eu)/c.yaml"]],
  ["a blank, and a variable", 'composeFile: "../shared files (eu)/$name.yaml"', ["shared files (eu)"]],
  ["a file of a submodule", "composeFile: ../third/vendor/compose.yaml", ["third/vendor"]],
  ["a file that does not exist", "composeFile: ../compose/nowhere.yaml", ["compose"]],
  ["a folder that does not exist", "composeFile: ../nowhere/a.yaml", ["."]],
  ["a package that is installed", "extends: ../node_modules/@acme/tsconfig/base.json", []],
  ["a path out of the repository", "composeFile: ../../elsewhere/a.yaml", []],
  ["three dots", "const all = [...args]", []],
  ["dots in a sentence", "Wait.. it begins", []],
  ["nothing", "image: compose/a.yaml", []],
])("the files that a project in YAML names: %s", (_what, text, paths) => {
  expect(sorted({ ...COMPOSE, "infra/Pulumi.yaml": text })).toEqual(paths);
});

test.each<[string, string, readonly string[]]>([
  ["extends", "services: { a: { extends: { file: base.yaml, service: x } } }", ["compose/base.yaml"]],
  ["include", "include:\n  - ./base.yaml\n", ["compose/base.yaml"]],
  ["a mount", 'services: { a: { volumes: ["./conf:/etc/conf"] } }', ["compose/conf"]],
  ["an env file", "services: { a: { env_file: conf/x.env } }", ["compose/conf/x.env"]],
  ["an env file with a blank", "services: { a: { env_file: 'more files/y.env' } }", ["compose/more files/y.env"]],
  ["the same in a list", "env_file:\n  - more files/y.env\n", ["compose/more files/y.env"]],
  ["a file that is not there", "include:\n  - ./other.yaml\n", ["compose"]],
  ["a variable for a folder", "services: { a: { env_file: $DIR/x.env } }", ["compose"]],
  ["a folder above", "services: { a: { build: .. } }", ["."]],
  ["a comment, and a path of the machine", "// x\nvolumes: [/:/host]", []],
])("a file that a Compose file names is a dependency: %s", (_what, text, more) => {
  const files = { ...COMPOSE, "compose/a.yaml": text, "infra/Pulumi.yaml": "composeFile: ../compose/a.yaml" };
  expect(sorted(files)).toEqual([...new Set(["compose/a.yaml", ...more])].sort());
});

test("another package counts if the program contains its name, and so do its own dependencies", () => {
  const files = {
    "infra/index.ts": 'import { run } from "@acme/runs"',
    "packages/runs/package.json": '{ "name": "@acme/runs", "main": "index.js" }',
    "packages/runs/index.js": 'require("@acme/base")',
    "packages/base/package.json": '{ "name": "@acme/base" }',
    "packages/other/package.json": '{ "name": "@acme/other" }',
    "net/Shared.csproj": "<Project />",
    "package.json": '{ "name": "root", "workspaces": ["packages/*"] }',
  };
  expect(sorted(files)).toEqual(["packages/base", "packages/runs"]);
  expect(sorted({ ...files, "infra/x.csproj": '<ProjectReference Include="..\\net\\Shared.csproj" />' })).toEqual([
    ".",
  ]);
});

test("the packages of a Go module in a folder above count if they are imported", () => {
  const files = {
    "go.mod": "module example.com/repo\n\ngo 1.24\n",
    "live/infra/main.go": 'import (\n\t"fmt"\n\t"example.com/repo/pkg/shared"\n)',
    "live/infra/notes.txt": "https://example.com/repo/blob/main/x",
    "pkg/shared/shared.go": 'import base "example.com/repo/live/base"',
    "pkg/other/other.go": "package other",
    "live/base/base.go": "package base",
  };
  expect(sorted(files, "live/infra")).toEqual(["live/base", "pkg/shared"]);
  // The package does not exist: a change may have removed it.
  expect(sorted({ ...files, "live/infra/more.go": 'import "example.com/repo/pkg/gone"' }, "live/infra")).toContain(
    "pkg",
  );
});

test("the packages of Python in a folder above count if they are imported", () => {
  const files = {
    "pyproject.toml": '[project]\nname = "acme"\n',
    "live/infra/__main__.py": "import os, tools\nfrom shared.net import x\nfrom live.base.names import y\n",
    "live/base/names.py": "",
    "live/other/names.py": "",
    "shared/net.py": "import plugins\n",
    "src/tools/__init__.py": "importlib.import_module('late.binding')",
    "late/binding.py": "",
    "plugins.py": "",
    "unused/x.py": "",
    "docs/os.md": "",
  };
  const found = ["late", "live/base/names.py", "plugins.py", "shared", "src/tools"];
  expect(sorted(files, "live/infra")).toEqual(found);
  expect(sorted({ ...files, "pyproject.toml": "", "live/infra/pyproject.toml": "" }, "live/infra")).toEqual(found);
});

test("a package of a workspace counts by the name with which Python imports it", () => {
  const files = {
    "infra/__main__.py": "from acme_runs import run",
    "packages/acme-runs/pyproject.toml": '[project]\nname = "acme-runs"\n',
    "packages/other/pyproject.toml": '[project]\nname = "other-runs"\n',
  };
  expect(sorted(files)).toEqual(["packages/acme-runs"]);
});

test("a link is followed", () => {
  const found = sorted({ ...COMPOSE, "infra/Pulumi.yaml": "" }, "infra", { "infra/compose.yaml": "compose/a.yaml" });
  expect(found).toEqual(["compose/a.yaml"]);
});

test("a changed file concerns a project if it is in its folder, next to a folder above, or named", () => {
  const found = pathsOf({ ...COMPOSE, "live/infra/Pulumi.yaml": "composeFile: ../../compose/a.yaml" }, "live/infra");
  const used = (changed: string) => uses("live/infra", found, changed);
  const yes = ["live/infra/deep/x.ts", "package-lock.json", "live/.tool-versions", "compose/a.yaml", ".npmrc"];
  expect(yes.filter((path) => !used(path))).toEqual([]);
  const no = ["compose/b.yaml", "live/other/Pulumi.yaml", "README.md", ".github/workflows/apply.yml", "docs/a.yaml"];
  expect(no.filter(used)).toEqual([]);
  // A submodule is one path, and a file that was moved away no longer exists.
  expect(used("compose")).toBe(true);
});

test("the time to search a large repository is proportional to the size of its texts", () => {
  const files: Record<string, string> = {};
  for (let at = 0; at < 300; at += 1) {
    files[`p${at}/Pulumi.yaml`] = `composeFile: ../compose/c${at}.yaml\n${"word ".repeat(200)}`;
    files[`compose/c${at}.yaml`] = "word ".repeat(200);
  }
  expect(sorted(files, "p7")).toEqual(["compose/c7.yaml"]);
});
