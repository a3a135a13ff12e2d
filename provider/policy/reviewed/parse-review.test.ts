import { parseReview, printReview } from "./parse-review";
import type { Review } from "./review";

const review: Review = {
  project: "training",
  stack: "prod",
  salt: "salt",
  executions: [
    { urn: "train", action: "start", ends: [], isUnchanged: false, inputs: { timeout: { digest: "x", text: "300" } } },
  ],
  resources: [{ urn: "db", action: "update", inputs: {}, changes: { size: { to: { unknown: true } } } }],
};
const text = printReview(review);

test("a review is read as it was written", () => {
  expect(parseReview(text)).toMatchObject({ kind: "review", review });
});

test.each([
  ["an empty file", "", "is not a file of `ci preview --save`"],
  ["a file of another command", '{"stack": "prod"}', "is not a file of `ci preview --save`"],
  ["a file that was cut off", text.slice(0, -40), "is not a file of `ci preview --save`"],
  ["an edited file", text.replace("300", "600"), "was changed after `ci preview --save` wrote it, or is incomplete"],
  [
    "a file without its checksum",
    text.replace(/,\s*"checksum": "\w+"/, ""),
    "was changed after `ci preview --save` wrote it, or is incomplete",
  ],
  [
    "a newer file",
    text.replace('"version": 1', '"version": 2'),
    "has version 2 of the format, and this version of pulumi-lyceum reads 1",
  ],
  [
    "another form",
    printReview({ ...review, executions: [{ urn: 1 }] } as unknown as Review),
    "has not the form of a review",
  ],
  [
    "other values",
    printReview({ ...review, resources: [{ ...review.resources[0], inputs: { a: 1 } }] } as unknown as Review),
    "has not the form of a review",
  ],
])("%s is refused", (_, content, reason) => {
  expect(parseReview(content)).toEqual({ kind: "error", reason });
});

const [execution] = review.executions;
const [resource] = review.resources;

test.each([
  ["urn", 1],
  ["action", 1],
  ["aborts", 1],
  ["provider", 1],
  ["from", 1],
  ["imports", 1],
  ["mayStart", false],
  ["ends", "run"],
  ["ends", [1]],
  ["isUnchanged", "no"],
  ["inputs", { timeout: 300 }],
])("a review of an execution is refused whose %s is %j", (name, value) => {
  const other = { ...review, executions: [{ ...execution, [name]: value }] } as Review;
  expect(parseReview(printReview(other))).toEqual({ kind: "error", reason: "has not the form of a review" });
});

test.each([
  ["urn", 1],
  ["action", 1],
  ["id", 1],
  ["provider", 1],
  ["from", 1],
  ["imports", 1],
  ["stays", false],
  ["inputs", { size: 1 }],
  ["changes", { size: 1 }],
  ["changes", { size: { to: 1 } }],
])("a review of a resource is refused whose %s is %j", (name, value) => {
  const other = { ...review, resources: [{ ...resource, [name]: value }] } as Review;
  expect(parseReview(printReview(other))).toEqual({ kind: "error", reason: "has not the form of a review" });
});
