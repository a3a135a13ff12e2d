import { readCompose } from "./read";

function placesOf(environment: string): string[] {
  const result = readCompose(`services:\n  a:\n    image: i\n    environment: ${environment}\n`);
  return result.kind !== "faults"
    ? []
    : result.diagnostics.map(({ code, range }) => `${code}@${range?.start.line}:${range?.start.column}`);
}

it.each([
  ["{A:, B: c}", ["LYC2006@4:20"]],
  ["{B: c, A:}", ["LYC2006@4:26"]],
  ["{A:[b], C:{}}", ["LYC2006@4:20", "LYC2006@4:27"]],
  ["[:a, b]", ["LYC2006@4:19"]],
  ["{A: :b}", ["LYC2006@4:22"]],
])("points at colons that Compose reads in another way: %s", (environment, places) => {
  expect(placesOf(environment)).toEqual(places);
});

it.each(["{A: , B: c}", "{'A':, B: c}", "{A: b:c}", "[a:b, ':c', a::b]", "\n      A: :b"])(
  "accepts %s",
  (environment) => {
    expect(placesOf(environment)).toEqual([]);
  },
);
