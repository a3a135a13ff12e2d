import { memoryFiles } from "../../compose/project/testing/memory-files";
import { filesMatching } from "./globs";

const files = memoryFiles(
  Object.fromEntries(
    [
      "/p/compose.yaml",
      "/p/stacks/a/compose.yaml",
      "/p/stacks/a/compose.override.yaml",
      "/p/stacks/b/deep/compose.yml",
      "/p/stacks/.hidden/compose.yaml",
      "/p/stacks/node_modules/x/compose.yaml",
      "/p/stacks/[id]/compose.yaml",
      "/other/compose.yaml",
    ].map((path) => [path, ""]),
  ),
);
const linked = memoryFiles({ "/p/a/compose.yaml": "", "/p/a/loop": "-> ..", "/p/link.yaml": "-> a/compose.yaml" });

it.each([
  ["*.yaml", ["compose.yaml"]],
  ["./*.yaml", ["./compose.yaml"]],
  ["**/compose.yaml", ["compose.yaml", "stacks/[id]/compose.yaml", "stacks/a/compose.yaml"]],
  [
    "stacks/**/compose*.y{a,}ml",
    [
      "stacks/[id]/compose.yaml",
      "stacks/a/compose.override.yaml",
      "stacks/a/compose.yaml",
      "stacks/b/deep/compose.yml",
    ],
  ],
  ["stacks/*/compose.yaml", ["stacks/[id]/compose.yaml", "stacks/a/compose.yaml"]],
  ["stacks/{a,b/deep}/compose.y*ml", ["stacks/a/compose.yaml", "stacks/b/deep/compose.yml"]],
  ["stacks/[ab]/*.yaml", ["stacks/a/compose.override.yaml", "stacks/a/compose.yaml"]],
  ["stacks/.*/compose.yaml", ["stacks/.hidden/compose.yaml"]],
  ["stacks/node_modules/*/compose.yaml", ["stacks/node_modules/x/compose.yaml"]],
  ["../other/*.yaml", ["../other/compose.yaml"]],
  ["/other/*", ["/other/compose.yaml"]],
  ["stacks/?/compose.yaml", ["stacks/a/compose.yaml"]],
  ["stacks/*", []],
  ["nothing/**", []],
])("finds the files of %s", (pattern, found) => {
  expect(filesMatching(pattern, "/p", files)).toEqual(found);
});

it("follows links to files, but not links to folders", () => {
  expect(filesMatching("**/*.yaml", "/p", linked)).toEqual(["a/compose.yaml", "link.yaml"]);
});
