import { COMPOSE_KEYS } from "./keys";

it("has each key in one row", () => {
  const patterns = COMPOSE_KEYS.map(([pattern]) => pattern);
  expect(patterns.filter((pattern, index) => patterns.indexOf(pattern) !== index)).toEqual([]);
});
