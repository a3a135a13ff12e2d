import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validateCompose } from ".";

interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

type Path = readonly (string | 0)[];

const file = join(__dirname, "../../tools/generate/compose-spec/compose-spec.json");
const newest: JsonSchema = JSON.parse(readFileSync(file, "utf8"));

/**
 * The path of every key in the schema of compose-go, read without the generator. A name of the author is `nofile`,
 * which is also a name of a limit.
 */
function* keysIn(schema: JsonSchema, path: Path, open: readonly string[] = []): Generator<Path> {
  const { $ref, properties = {}, patternProperties = {}, items, oneOf = [], anyOf = [], allOf = [] } = schema;
  const name = $ref?.split("/").at(-1);
  if (name !== undefined && !open.includes(name)) yield* keysIn(newest.$defs?.[name] ?? {}, path, [...open, name]);
  for (const part of [...oneOf, ...anyOf, ...allOf]) yield* keysIn(part, path, open);
  if (items !== undefined) yield* keysIn(items, [...path, 0], open);
  for (const [key, inner] of Object.entries(properties)) {
    yield [...path, key];
    yield* keysIn(inner, [...path, key], open);
  }
  for (const [pattern, inner] of Object.entries(patternProperties)) {
    if (pattern !== "^x-") yield* keysIn(inner, [...path, "nofile"], open);
  }
}

const unknownIn = (path: Path) => {
  const document = path.reduceRight<unknown>((value, step) => (step === 0 ? [value] : { [step]: value }), null);
  const { diagnostics } = validateCompose(JSON.stringify(document));
  return diagnostics.filter(({ code }) => code === "LYC2105" || code === "LYC2108");
};

test("every key of the newest schema of Compose is known", () => {
  const paths = new Map([...keysIn(newest, [])].map((path) => [path.join("."), path]));
  expect(paths.size).toBeGreaterThan(500);
  expect([...paths.keys()]).toEqual(
    expect.arrayContaining([
      "jobs.nofile.triggers",
      "services.nofile.pre_start",
      "services.nofile.umask",
      "services.nofile.build.no_cache_filter",
      "services.nofile.networks.nofile.use_service_name_alias",
    ]),
  );
  expect([...paths].filter(([, path]) => unknownIn(path).length > 0).map(([shown]) => shown)).toEqual([]);
});

test("finds a key that is not known", () => {
  expect(unknownIn(["services", "nofile", "build", "no_cache_filters"])).toHaveLength(1);
});
