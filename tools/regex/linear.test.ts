// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that holds templates
import { join } from "node:path";
import { documentSchema, schemaDefinitions } from "../../provider/compose/validate/schema.generated";
import { expressionsIn, expressionsUnder } from "./expressions";
import { findGrowth } from "./growth";

const root = join(__dirname, "..", "..");
const { found, computed } = expressionsUnder(root, ["provider", "cli", "sdk"]);

/** Expressions made while the program runs, and why each is linear. */
const explained = [
  // One character at a time is tested.
  "provider/secrets/character-class.ts: new RegExp(source)",
  // Alternatives without a repetition; each stands as a literal in shapes.ts.
  'provider/secrets/find-shapes.ts: new RegExp(shapes.map(({ sign }) => `(?:${sign.source})`).join("|"), "i")',
  // Patterns of the Compose schema, see below.
  'provider/compose/validate/shape.ts: new RegExp(source, "u")',
];

/** Every pattern that the schema holds, as a value or as a key. */
function patternsOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => [
    ...(key === "pattern" && typeof value === "string" ? [value] : []),
    ...(key === "patternProperties" && typeof value === "object" && value !== null ? Object.keys(value) : []),
    ...patternsOf(value),
  ]);
}

test("every regular expression of the source takes time in proportion to the text", () => {
  expect(found.length).toBeGreaterThan(200);
  const schema = patternsOf([documentSchema, schemaDefinitions]).map((source) => ({
    where: "schema",
    pattern: new RegExp(source, "u"),
  }));
  expect(schema.length).toBeGreaterThan(10);
  const distinct = new Map([...found, ...schema].map((one) => [String(one.pattern), one]));
  const slow = [...distinct.values()].flatMap(({ where, pattern }) => {
    const growth = findGrowth(pattern);
    return growth === undefined ? [] : [`${where}: ${pattern} on ${JSON.stringify(growth.pump)}, ${growth.factor}`];
  });
  expect(slow).toEqual([]);
});

test("what is only known when it runs is explained", () => {
  expect([...computed].sort()).toEqual([...explained].sort());
});

test.each([
  ["/^(a+)+$/", "nested repetitions"],
  ["/^(?:[a-z]|[a-c])*$/", "alternatives that meet"],
  [String.raw`/^\d+\d+$/`, "neighbours that meet"],
  [String.raw`/^\s*[\s,]*;$/`, "classes that meet"],
  [String.raw`/\/+$/`, "a repetition that is begun anew at each character"],
  [String.raw`/<script\b[^>]*>/g`, "a word that is looked for anew behind each of its kind"],
  ["/^x: (?:y|z[0-9]*[0-9a-f]*)!/", "neighbours behind a beginning, in a branch"],
])("a planted %s is found: %s", (literal) => {
  const [planted] = expressionsIn("planted.ts", `export const planted = ${literal};`).found;
  expect(planted && findGrowth(planted.pattern)).toBeDefined();
});

test("a planted expression of constants is found", () => {
  const text =
    'const digits = "[0-9]+";\nconst PARTS = { more: "[0-9]*" } as const;\nRegExp(`^${digits}${PARTS.more}$`);';
  const [planted] = expressionsIn("planted.ts", text).found;
  expect(planted && findGrowth(planted.pattern)).toBeDefined();
});
