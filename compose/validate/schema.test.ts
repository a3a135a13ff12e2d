import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PATTERN_WORDS } from "./remedies";
import type { Schema } from "./schema";
import { COMPOSE_GO_VERSION, COMPOSE_RELEASES, DOCUMENT_SCHEMA, SCHEMA_DEFINITIONS } from "./schema.generated";

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

it("is the schema of the compose-go that the newest Docker Compose of the tests has", () => {
  const module = (name: string) => readFileSync(join(root, "tools/go/compose-newest", name), "utf8");
  const pinned = JSON.parse(readFileSync(join(root, "tools/generate/compose-spec/releases.json"), "utf8"));
  expect(pinned.version).toBe(COMPOSE_GO_VERSION);
  expect(module("go.mod")).toContain(`github.com/compose-spec/compose-go/v2 v${COMPOSE_GO_VERSION}`);
  expect(module("go.sum")).toContain(
    `github.com/compose-spec/compose-go/v2 v${COMPOSE_GO_VERSION} ${pinned.checksum}\n`,
  );
});

it("names the release that a key needs, for keys that it has", () => {
  const needed = all.flatMap(({ since = {}, properties = {} }) =>
    Object.entries(since).map(([key, release]) => [
      Object.hasOwn(properties, key),
      COMPOSE_RELEASES.indexOf(release) > 0,
    ]),
  );
  expect(needed.length).toBeGreaterThan(5);
  expect(needed.flat().every(Boolean)).toBe(true);
  expect(DOCUMENT_SCHEMA.since).toEqual({ jobs: "5.6.0" });
});

it("is what its generator makes of the schema in tools/generate: run `npm run generate`", () => {
  const generator = join(root, "tools/generate/compose-schema.mjs");
  const made = execFileSync(process.execPath, [generator, "--stdout"], { encoding: "utf8" });
  expect(readFileSync(join(__dirname, "schema.generated.ts"), "utf8")).toBe(made);
});
