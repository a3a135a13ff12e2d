import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeSurface } from "../../testing/surface";
import { makeFolder, reviewFile, withoutReview } from "./reviews";
import type { Target } from "./targets";

const target = (folder: string, stack = "dev"): Target => ({
  project: { folder, name: folder, runtime: "yaml", toolchain: "", settingsFolder: folder, stacks: [stack] },
  stack,
});

test.each([
  // actions/upload-artifact leaves out files whose names begin with a dot.
  [".", "dev", "_root.dev.json"],
  [".infra", "dev", "_infra.dev.json"],
  ["infra", "prod", "infra.prod.json"],
  ["live/infra", "acme/infra/prod", "live--infra.prod.json"],
])("the review of the stack of %s, %s, is %s", (folder, stack, file) => {
  expect(reviewFile(target(folder, stack))).toBe(file);
});

test("a stack without a file in the folder of reviews is not applied", () => {
  const targets = [target("."), target("app"), target("net")];
  const surface = fakeSurface({ "reviews/_root.dev.json": "{}", "reviews/net.dev.json": "{}" });
  const named = (reviewed?: string) => withoutReview(targets, { reviewed }, surface).map(({ project }) => project.name);
  expect(named("/project/reviews")).toEqual(["app"]);
  expect(named()).toEqual([]);
  expect(() => named("/project/review")).toThrow("/project/review is not a folder with the reviews of all stacks");
});

test("the folder of reviews is made, even if no stack is previewed", () => {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-reviews-"));
  try {
    makeFolder({ save: join(folder, "a/reviews") });
    makeFolder({ save: undefined });
    expect(existsSync(join(folder, "a/reviews"))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
