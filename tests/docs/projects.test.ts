import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./guides";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const foldersOf = (path: string): string[] => readdirSync(join(root, path)).map((name) => `${path}/${name}`);
/**
 * Folders that users copy from the package. `examples/gitops` is not among them, because `ci init` writes its files and
 * it contains several projects.
 */
const copied = [...foldersOf("examples").filter((path) => path !== "examples/gitops"), ...foldersOf("templates")];

test.each(copied)("%s is a complete project, and names no folder above it", (folder) => {
  const project = read(`${folder}/Pulumi.yaml`);
  expect(project).toMatch(/^name: /m);
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8", withFileTypes: true });
  for (const file of files.filter((one) => one.isFile())) {
    expect(readFileSync(join(file.parentPath, file.name), "utf8")).not.toContain("../");
  }
  // The path of the plugin is that in the installed package.
  if (project.includes("path:")) expect(project).toContain("path: node_modules/pulumi-lyceum/bin");
});

test.each(["index.ts", "compose.yaml"])("%s of the template in TypeScript is that of the README", (name) =>
  expect(read(`templates/typescript/${name}`)).toBe(read(`examples/quickstart/${name}`)),
);
