import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modelTypes } from "./testing/model-types";

const file = join(__dirname, "model.generated.ts");

test("the types have every key of the schema; UPDATE_GOLDEN=1 writes them", () => {
  const current = modelTypes();
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, current);
  expect(readFileSync(file, "utf8")).toBe(current);
});
