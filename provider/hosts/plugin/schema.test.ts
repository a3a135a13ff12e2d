import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EXECUTION_TOKEN } from "../../schema/type-tokens";
import { packageSchema } from "./schema";

const schema = JSON.parse(JSON.stringify(packageSchema("1.2.3")));
const resource = schema.resources[EXECUTION_TOKEN];

test("every reference names a type", () => {
  const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/types\/([^"]+)"/g)].map(([, name]) => name);
  expect(references.length).toBeGreaterThan(5);
  expect(references.filter((name) => !Object.hasOwn(schema.types, name ?? ""))).toEqual([]);
});

test("credentials and the stream of the output are always secret", () => {
  expect(resource.inputProperties.registryCredentials.secret).toBe(true);
  expect(resource.properties.streamingUrl.secret).toBe(true);
});

test("whole numbers are integers in typed languages", () => {
  for (const name of ["attempt", "gracefulTimeout", "returnCode", "timeout"])
    expect(resource.properties[name].type).toBe("integer");
  expect(resource.properties.cost.type).toBe("number");
});

test("the schema names the repository of package.json, from whose releases an engine downloads the plugin", () => {
  const manifest = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8"));
  expect(manifest).toMatchObject({ homepage: schema.homepage, repository: { url: `git+${schema.repository}.git` } });
  const [, owner, name] = new URL(schema.repository).pathname.split("/");
  expect(schema.pluginDownloadURL).toBe(`github://api.github.com/${owner}/${name}`);
  expect(schema.license).toBe(manifest.license);
  expect(schema.keywords).toEqual(expect.arrayContaining(manifest.keywords.slice(0, 4)));
});

test("a setting with a few words is an enum for a provider resource, and text in the configuration", () => {
  expect(schema.provider.inputProperties.whenUnverified.$ref).toBe("#/types/lyceum:index:WhenUnverified");
  expect(schema.config.variables.whenUnverified.$ref).toBeUndefined();
});

test("the settings name their variables of the environment, and inputs of a provider resource do not", () => {
  expect(schema.config.variables.apiKey.defaultInfo).toEqual({ environment: ["LYCEUM_API_KEY"] });
  // An SDK would pass the value of the variable as an input, and the state would have it.
  expect(JSON.stringify(schema.provider.inputProperties)).not.toContain("defaultInfo");
});

test("every word of an enum has a description", () => {
  const enums = Object.values<{ enum?: { description?: string }[] }>(schema.types).flatMap(
    ({ enum: words = [] }) => words,
  );
  expect(enums.length).toBeGreaterThan(20);
  expect(enums.filter(({ description = "" }) => description === "")).toEqual([]);
});
