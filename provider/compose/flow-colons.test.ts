import { readCompose } from "./read";

function placesOf(environment: string): string[] {
  const result = readCompose(`services:\n  a:\n    image: i\n    environment: ${environment}\n`);
  return result.kind !== "diagnostics"
    ? []
    : result.diagnostics.map(({ code, range }) => `${code}@${range?.start.line}:${range?.start.column}`);
}

it.each([
  ["{A:, B: c}", ["LYC2006@4:20"]],
  ["{B: c, A:}", ["LYC2006@4:26"]],
  ["{A:[b], C:{}}", ["LYC2006@4:20", "LYC2006@4:27"]],
  ["[:a, b]", ["LYC2006@4:19"]],
  ["{A: :b}", ["LYC2006@4:22"]],
])("points at colons that Compose reads in another way: %s", (environment, locations) => {
  expect(placesOf(environment)).toEqual(locations);
});

it.each([
  ["{?A: b}", ["LYC2006@4:19"]],
  ["{A: b,?C: d}", ["LYC2006@4:24"]],
  ['{?"A": b}', ["LYC2006@4:19"]],
  ["{??A: b}", ["LYC2006@4:19"]],
  ["{? ?A : b}", ["LYC2006@4:21"]],
  ["[?A]", ["LYC2006@4:19"]],
  ["[?A: b]", ["LYC2006@4:19"]],
  ["{A: ?b}", ["LYC2006@4:22"]],
  ["{A: !!str ?b}", ["LYC2006@4:28"]],
  ["{A: http://x/p?q=1}", ["LYC2006@4:32"]],
  ["{A?B: c}", ["LYC2006@4:20"]],
  ["[a?b?c]", ["LYC2006@4:20"]],
  ["[a ?b]", ["LYC2006@4:21"]],
  ["[a ? b]", ["LYC2006@4:21"]],
  ["[a?]", ["LYC2006@4:20"]],
  ["{A: b?, C: d}", ["LYC2006@4:23"]],
  ["{A: b? }", ["LYC2006@4:23"]],
  ["[-?]", ["LYC2006@4:20"]],
  ["[a, [b, {C: d?}]]", ["LYC2006@4:31"]],
  ["\n      - [a,\n         b?]", ["LYC2006@6:11"]],
])("points at question marks that Compose reads in another way: %s", (environment, locations) => {
  expect(placesOf(environment)).toEqual(locations);
});

it.each([
  "{A: , B: c}",
  "{'A':, B: c}",
  "{A: b:c}",
  "[a:b, ':c', a::b]",
  "\n      A: :b",
  "{? A: b}",
  "{'?A': \"b?c\"}",
  "[a] # why?",
  "\n      A: b?c",
  "\n      ?A: ?b",
])("accepts %s", (environment) => {
  expect(placesOf(environment)).toEqual([]);
});
