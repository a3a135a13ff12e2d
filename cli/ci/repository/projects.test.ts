import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readAtMost } from "../../compose/files";
import { findProjects } from "./projects";
import { repositoryFiles } from "./repository-files";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-all-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const found = () => findProjects({ folder, read: (path, most) => readAtMost(join(folder, path), most) });

const FILES = {
  "Pulumi.yaml": "name: root\nruntime: go\n",
  "Pulumi.prod.yaml": "",
  "infra/Pulumi.yml": "name: infra\nruntime: { name: python, options: { toolchain: uv } }\n",
  "infra/Pulumi.dev.yaml": "",
  "infra/Pulumi.eu-1.x.json": "{}",
  "infra/deeper/Pulumi.dev.yaml": "",
  "settings/Pulumi.yaml": "name: settings\nruntime: nodejs\nstackConfigDir: config\n",
  "settings/config/Pulumi.test.yaml": "",
  "settings/Pulumi.old.yaml": "",
  "policy-pack/PulumiPolicy.yaml": "runtime: nodejs\n",
  "node_modules/x/Pulumi.yaml": "name: foreign\n",
  "build/Pulumi.yaml": "name: built\nruntime: yaml\n",
};

test("projects are found below the folder, with language and stacks", () => {
  put(FILES);
  expect(found()).toEqual([
    { folder: ".", name: "root", runtime: "go", toolchain: "", settingsFolder: ".", stacks: ["prod"] },
    { folder: "build", name: "built", runtime: "yaml", toolchain: "", settingsFolder: "build", stacks: [] },
    {
      folder: "infra",
      name: "infra",
      runtime: "python",
      toolchain: "uv",
      settingsFolder: "infra",
      stacks: ["dev", "eu-1.x"],
    },
    {
      folder: "settings",
      name: "settings",
      runtime: "nodejs",
      toolchain: "",
      settingsFolder: "settings/config",
      stacks: ["test"],
    },
  ]);
});

test("if a folder has several project files, the one that Pulumi reads counts", () => {
  put({ "Pulumi.yml": "name: third\n", "Pulumi.yaml": "name: second\n" });
  expect(found().map(({ name }) => name)).toEqual(["second"]);
  put({ "Pulumi.json": '{ "name": "first" }' });
  expect(found().map(({ name }) => name)).toEqual(["first"]);
});

test("in a Git repository, ignored files are left out, but new files are not", () => {
  put({ ...FILES, ".gitignore": "build/\n" });
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  expect(found().map((project) => project.folder)).toEqual([".", "infra", "settings"]);
  expect(repositoryFiles(join(folder, "settings"))).toEqual([
    "Pulumi.old.yaml",
    "Pulumi.yaml",
    "config/Pulumi.test.yaml",
  ]);
});

test("caches in a folder are left out, and only tracked files count for an apply", () => {
  const cached = ["go.mod", "pkg/Pulumi.yaml"].map((path) => `.cache/go/mod/example.com/sdk/${path}`);
  put({ "infra/Pulumi.yaml": "", "vendor/x/Pulumi.yaml": "", "new/Pulumi.yaml": "", ".npm/x/Pulumi.yaml": "" });
  put(Object.fromEntries(cached.map((path) => [path, ""])));
  expect(repositoryFiles(folder, "tracked")).toEqual(["infra/Pulumi.yaml", "new/Pulumi.yaml"]);
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder });
  git("init", "--quiet");
  expect(repositoryFiles(folder, "tracked")).toEqual([]);
  // If Git tracks a folder with the name of a cache, the project itself owns the files in the folder.
  git("add", "infra", "vendor");
  expect(repositoryFiles(folder, "tracked")).toEqual(["infra/Pulumi.yaml", "vendor/x/Pulumi.yaml"]);
  expect(repositoryFiles(folder)).toEqual(["infra/Pulumi.yaml", "new/Pulumi.yaml", "vendor/x/Pulumi.yaml"]);
  // A folder that Git ignores is not a part of the repository.
  put({ ".gitignore": "out/\n", "out/Pulumi.yaml": "" });
  expect(repositoryFiles(join(folder, "out"), "tracked")).toEqual(["Pulumi.yaml"]);
});

test("a project file that cannot be parsed is a project without a language", () => {
  put({ "Pulumi.yaml": "name: [\n" });
  expect(found()).toEqual([{ folder: ".", name: "", runtime: "", toolchain: "", settingsFolder: ".", stacks: [] }]);
});
