import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PATTERN_WORDS } from "./remedies";
import type { Schema } from "./schema";
import { DOCUMENT_SCHEMA, SCHEMA_DEFINITIONS, SCHEMA_SOURCE } from "./schema.generated";

const root = join(__dirname, "../..");

function schemasIn(schema: Schema): Schema[] {
  const inner = [
    ...(schema.oneOf ?? []),
    ...(schema.items ? [schema.items] : []),
    ...Object.values(schema.properties ?? {}),
    ...Object.values(schema.patternProperties ?? {}),
  ];
  return [schema, ...inner.flatMap(schemasIn)];
}

const all = [DOCUMENT_SCHEMA, ...Object.values(SCHEMA_DEFINITIONS)].flatMap(schemasIn);

it("refers only to definitions that exist", () => {
  const names = all.flatMap(({ $ref }) => ($ref === undefined ? [] : [$ref]));
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => !Object.hasOwn(SCHEMA_DEFINITIONS, name))).toEqual([]);
});

it("has unions whose branches differ in type, so that the type selects one branch", () => {
  const typesOf = (schema: Schema): string[] => {
    const resolved = schema.$ref === undefined ? schema : (SCHEMA_DEFINITIONS[schema.$ref] ?? {});
    return resolved.oneOf?.flatMap(typesOf) ?? [resolved.type ?? []].flat();
  };
  for (const { oneOf } of all) {
    const types = oneOf?.flatMap(typesOf) ?? [];
    expect(new Set(types).size).toBe(types.length);
  }
});

it("has patterns that can be compiled", () => {
  for (const { pattern, patternProperties = {} } of all) {
    for (const source of [...(pattern === undefined ? [] : [pattern]), ...Object.keys(patternProperties)]) {
      expect(() => new RegExp(source, "u")).not.toThrow();
    }
  }
});

it("has a description in words for each pattern of a value", () => {
  const patterns = all.flatMap(({ pattern }) => pattern ?? []);
  expect(patterns.length).toBeGreaterThan(0);
  expect(patterns.filter((pattern) => !Object.hasOwn(PATTERN_WORDS, pattern))).toEqual([]);
});

it("names the file that it was made from", () => {
  expect(SCHEMA_SOURCE).toMatch(/^[0-9a-f]{64}$/);
});

it("is the output of its generator for the bundled schema; otherwise run `npm run generate`", () => {
  const generator = join(root, "tools/generate/compose-schema.mjs");
  const made = execFileSync(process.execPath, [generator, "--stdout"], { encoding: "utf8" });
  expect(readFileSync(join(__dirname, "schema.generated.ts"), "utf8")).toBe(made);
});
