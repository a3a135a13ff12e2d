import { printReview } from "../../../provider/policy/reviewed";
import { fakeSurface } from "../../testing/surface";
import { readReview } from "./review-file";

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
