import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectsOf } from "./projects";
import { repositories } from "./repositories";

it("lists at least 60 repositories, each with a commit, in the order of their names", () => {
  const names = repositories.map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(60);
  expect(names).toEqual([...names].sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)));
  expect(
    repositories.filter(({ name, commit }) => !/^[\w.-]+\/[\w.-]+$/.test(name) || !/^[0-9a-f]{40}$/.test(commit)),
  ).toEqual([]);
});

it("finds a project in each folder with a default file name of Compose, and in each other file with such a name", () => {
  const root = mkdtempSync(join(tmpdir(), "lyceum-corpus-"));
  const texts = {
    "compose.yaml": "a",
    "compose.override.yaml": "b",
    "docker-compose.prod.yml": "left out: it is a variant of the first",
    "x/docker-compose.yml": "c",
    "y/my-compose.yml": "d",
    "y/compose.ci.yaml": "e",
    "z/compose.yaml": "c",
    "vendor/compose.yaml": "f",
  };
  try {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const found = projectsOf({ name: "o/r", commit: "", variables: { A: "1" } }, root, new Set());
    expect(found.map(({ project }) => [project.name, project.run.files])).toEqual([
      ["o/r: compose.yaml", ["compose.yaml", "compose.override.yaml"]],
      ["o/r: x/docker-compose.yml", ["docker-compose.yml"]],
      ["o/r: y/compose.ci.yaml", ["compose.ci.yaml"]],
      ["o/r: y/my-compose.yml", ["my-compose.yml"]],
    ]);
    expect(found[0]?.project.run.variables).toEqual({ A: "1" });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
