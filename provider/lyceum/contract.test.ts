import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ARGUMENT_OF_FIELD } from "../schema";
import { INPUTS } from "../schema/inputs";
import type { InputRow } from "../schema/rows";
import { DEFAULT_BASE_URL } from "./configuration/base-url";
import { OPERATIONS } from "./operations";
import { propertyOf } from "./port";

const root = join(__dirname, "../..");
type Property = { readonly minimum?: number; readonly maximum?: number; readonly default?: unknown };
const contract = parse(readFileSync(join(__dirname, "contract/openapi.yaml"), "utf8")) as {
  servers: { url: string }[];
  paths: Record<string, Record<string, { operationId?: string }>>;
  components: { schemas: Record<string, { properties: Record<string, Property> }> };
};
const fields = Object.keys(contract.components.schemas.StartComposeExecutionRequest?.properties ?? {});

test("the generated types are those of the contract; otherwise run `npm run generate`", () => {
  const fresh = execFileSync(process.execPath, [join(root, "tools/generate/contract-types.mjs"), "--stdout"], {
    encoding: "utf8",
  });
  expect(readFileSync(join(__dirname, "contract/types.generated.ts"), "utf8")).toBe(fresh);
});

test("each call in use (operations.ts) has the method and path of contract/openapi.yaml", () => {
  const known = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => [operationId, { method: method.toUpperCase(), path }]),
  );
  expect(Object.fromEntries(known)).toMatchObject(
    Object.fromEntries(Object.entries(OPERATIONS).map(([id, { method, path }]) => [id, { method, path }])),
  );
});

test("the default base URL is the contract's server", () => {
  expect(contract.servers.map(({ url }) => url)).toEqual([DEFAULT_BASE_URL]);
});

test("only the start may not be repeated", () => {
  const once = Object.entries(OPERATIONS).filter(([, { repeatable }]) => !repeatable);
  expect(once.map(([id]) => id)).toEqual(["startComposeExecution"]);
});

test("provider/schema/inputs.ts (`apiField`) has every field of a start in contract/openapi.yaml, and no other", () => {
  expect(Object.keys(ARGUMENT_OF_FIELD).sort()).toEqual([...fields].sort());
});

test("the runs in tests/scenarios/fields/program/index.js have every argument of a start", () => {
  const program = readFileSync(join(root, "tests/scenarios/fields/program/index.js"), "utf8");
  const names = Object.values(ARGUMENT_OF_FIELD).flatMap((path) => path.split("."));
  expect(names.filter((name) => !program.includes(`${name}:`))).toEqual([]);
});

test.each(["simulated.txt", "plugin/simulated.txt"])(
  "tests/scenarios/fields/golden/%s has every field of a start; UPDATE_GOLDEN=1 npm run test:long -- tests/scenarios/fields writes it",
  (name) => {
    const golden = readFileSync(join(root, "tests/scenarios/fields/golden", name), "utf8");
    expect(fields.filter((field) => !golden.includes(`\n      ${field}: `))).toEqual([]);
  },
);

test("only arguments of 0.1.0 have a `default` in provider/schema/inputs.ts: a later one has `whenAbsent`, or existing stacks would change", () => {
  const rows: Readonly<Record<string, object>> = INPUTS;
  const names = Object.values(ARGUMENT_OF_FIELD).filter((name) => "default" in (rows[name] ?? {}));
  expect(names.sort()).toEqual(["enableS3Mount", "executionType", "gracefulTimeout", "timeout"]);
});

const properties = contract.components.schemas.StartComposeExecutionRequest?.properties ?? {};
const rows = Object.entries(ARGUMENT_OF_FIELD).flatMap(([field, name]) => {
  const row = (INPUTS as Readonly<Record<string, InputRow>>)[name];
  return row === undefined ? [] : [{ field, name, row, ...properties[field] }];
});

test.each(rows)(
  "$field in contract/openapi.yaml has the default and the limits of the row $name in provider/schema/inputs.ts",
  ({ row, minimum, maximum, default: written }) => {
    const isRefused = (value: number) => "rule" in row.type && row.type.rule?.(value) !== undefined;
    const absent = row.default ?? row.whenAbsent;
    if (!Array.isArray(absent)) expect(absent).toEqual(written);
    if (minimum !== undefined) expect([minimum, minimum - 1].map(isRefused)).toEqual([false, true]);
    if (maximum !== undefined) expect([maximum, maximum + 1].map(isRefused)).toEqual([false, true]);
  },
);

test("an error of each field is reported on an argument of the resource", () => {
  const reported = Object.fromEntries(fields.map((name) => [name, propertyOf(["body", name])]));
  expect(Object.values(reported)).not.toContain(undefined);
  expect(reported).toMatchObject({
    compose_file_code: "composeFileCode",
    docker_registry_credential_type: "registryCredentials.type",
    docker_password: "registryCredentials.password",
    enable_s3_mount: "enableS3Mount",
  });
  expect(propertyOf(["body", "user_callback_urls", 1])).toBe("userCallbackUrls[1]");
  expect(propertyOf(["query", "limit"])).toBeUndefined();
  expect(propertyOf([])).toBeUndefined();
});
