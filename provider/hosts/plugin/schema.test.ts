import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ARGUMENTS, inputRow, PUBLIC_OUTPUTS } from "../../schema";
import { EXECUTION_TOKEN } from "../../schema/type-tokens";
import { packageSchema } from "./schema";

const schema = JSON.parse(JSON.stringify(packageSchema("1.2.3")));
const resource = schema.resources[EXECUTION_TOKEN];

test("has every argument and every output, with a description", () => {
  expect(Object.keys(resource.inputProperties)).toEqual(ARGUMENTS);
  expect(Object.keys(resource.properties)).toEqual(PUBLIC_OUTPUTS);
  for (const property of Object.values<{ description?: string }>({
    ...resource.inputProperties,
    ...resource.properties,
  })) {
    expect(property.description?.length).toBeGreaterThan(10);
  }
});

test("every reference leads to a type", () => {
  const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/types\/([^"]+)"/g)].map(([, name]) => name);
  expect(references.length).toBeGreaterThan(5);
  expect(references.filter((name) => !Object.hasOwn(schema.types, name ?? ""))).toEqual([]);
});

test("has the defaults, the words and the secrets of the table", () => {
  expect(resource.inputProperties.timeout).toMatchObject({ type: "integer", default: 60 });
  expect(schema.types["lyceum:index:WaitFor"].enum).toEqual([
    { value: "accepted" },
    { value: "running" },
    { value: "completed" },
  ]);
  expect(resource.inputProperties.registryCredentials.secret).toBe(true);
  expect(resource.properties.streamingUrl.secret).toBe(true);
  for (const name of ARGUMENTS) {
    const { default: value } = inputRow(name);
    const expected = typeof value === "object" ? undefined : value;
    expect(resource.inputProperties[name].default).toBe(expected);
  }
});

test("whole numbers are integers, so that a typed language has no fraction of an attempt", () => {
  for (const name of ["attempt", "gracefulTimeout", "returnCode", "timeout"])
    expect(resource.properties[name].type).toBe("integer");
  expect(resource.properties.cost.type).toBe("number");
});

test("names the repository of package.json, from whose releases an engine downloads the plugin", () => {
  const manifest = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8"));
  expect(manifest).toMatchObject({ homepage: schema.homepage, repository: { url: `git+${schema.repository}.git` } });
  const [, owner, name] = new URL(schema.repository).pathname.split("/");
  expect(schema.pluginDownloadURL).toBe(`github://api.github.com/${owner}/${name}`);
  expect(schema.license).toBe(manifest.license);
  expect(schema.keywords).toEqual(expect.arrayContaining(manifest.keywords.slice(0, 4)));
});

test("the documentation has what starts a new run by itself", () => {
  const marked = ARGUMENTS.filter((name) => resource.inputProperties[name].willReplaceOnChanges === true);
  expect(marked).toEqual(["executionType", "enableS3Mount", "triggers", "existingExecutionId"]);
});

test("a setting that is a word is an enum for a provider resource, and text in the configuration", () => {
  expect(schema.provider.inputProperties.whenUnverified.$ref).toBe("#/types/lyceum:index:WhenUnverified");
  expect(schema.config.variables.whenUnverified.$ref).toBeUndefined();
});
