import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printReview } from "../../../provider/policy/reviewed";
import { fakeSurface } from "../../testing/surface";
import { newSalt, readReview, saveReview, withPlanFile } from "./review-file";

const reading = (reviewed: string, stack: string) => {
  const review = { project: "shop", stack: reviewed, salt: "s", executions: [], resources: [] };
  const surface = fakeSurface({ "review.json": printReview(review) });
  return () => readReview("/project/review.json", { project: "shop", stack }, surface);
};

test.each([
  ["prod", "prod"],
  ["organization/shop/prod", "prod"],
  ["acme/shop/prod", "acme/prod"],
])("a review of stack %s counts for stack %s", (reviewed, stack) => {
  expect(reading(reviewed, stack)()).toMatchObject({ stack: reviewed });
  expect(reading(stack, reviewed)()).toMatchObject({ stack });
});

test.each([
  ["prod", "dev"],
  ["acme/shop/prod", "evil/shop/prod"],
  ["acme/prod", "evil/prod"],
  ["acme/shop/prod", "prod"],
])("a review of stack %s does not count for stack %s", (reviewed, stack) => {
  for (const read of [reading(reviewed, stack), reading(stack, reviewed)])
    expect(read).toThrow(/LYC5010: .* is a review of/);
});

test.each([
  ["is missing", {}, "review.json cannot be read: does not exist."],
  ["is no review", { "review.json": "{}" }, /review\.json \S.*\.$/],
])("a file of a review that %s is an error", (_what, files, message) => {
  const read = () => readReview("/project/review.json", { project: "shop", stack: "prod" }, fakeSurface(files));
  expect(read).toThrow(message);
  expect(read).toThrow(/^LYC5010: /);
});

const REVIEW = { project: "shop", stack: "prod", salt: "s", executions: [], resources: [] };

test("a preview without a review removes the file of an earlier one, or leaves no file", () => {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-review-"));
  const path = join(folder, "review.json");
  saveReview(path, undefined);
  saveReview(path, REVIEW);
  expect(readFileSync(path, "utf8")).toBe(printReview(REVIEW));
  saveReview(path, undefined);
  expect(existsSync(path)).toBe(false);
  rmSync(folder, { recursive: true });
});

test("the plan for the provider is a file that only the user can read, and that is gone afterwards", async () => {
  let file = "";
  const found = await withPlanFile(REVIEW, async (path) => {
    file = path;
    return [readFileSync(path, "utf8"), statSync(path).mode & 0o777];
  });
  expect(found).toEqual([printReview(REVIEW), 0o600]);
  expect(existsSync(join(file, ".."))).toBe(false);
});

test("each review has digests with another key", () => {
  expect(newSalt()).toMatch(/^[0-9a-f]{32}$/);
  expect(newSalt()).not.toBe(newSalt());
});
