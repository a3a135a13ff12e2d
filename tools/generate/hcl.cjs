// @ts-check
/**
 * Writes the examples of the schema in HCL, because Pulumi's converter has no HCL. No test runs these programs, because
 * the language host for HCL cannot be obtained (docs/contributing/releasing.md). The names are as on the Registry's
 * pages: `lyceum_get_execution` for the function `lyceum:getExecution`, and `execution_id` for `executionId`. This is a
 * CommonJS file, so that both the tool and jest can load it.
 *
 * @typedef {{ type: string, properties: Record<string, unknown> }} Resource
 * @typedef {{ "fn::invoke": { function: string, arguments: Record<string, unknown> } }} Call
 * @typedef {{ resources?: Record<string, Resource>, variables?: Record<string, Call>, outputs: Record<string, string>
 * }} Program
 */

const HEADER = `terraform {
  required_providers {
    lyceum = {
      source = "pulumi/lyceum"
    }
  }
}
`;

/**
 * Returns a program in YAML as a program in HCL.
 * @param {Program} program resources, calls of functions and outputs
 * @returns {string}
 */
function hclOf({ resources = {}, variables = {}, outputs }) {
  const blocks = [
    ...Object.entries(resources).map(([name, { type, properties }]) => ({
      name,
      head: `resource "${typeName(type)}" "${name}"`,
      path: `${typeName(type)}.${name}`,
      properties,
    })),
    ...Object.entries(variables).map(([name, { "fn::invoke": call }]) => ({
      name,
      head: `data "${typeName(call.function)}" "${name}"`,
      path: `data.${typeName(call.function)}.${name}`,
      properties: call.arguments,
    })),
  ];
  const paths = new Map(blocks.map(({ name, path }) => [name, path]));
  const texts = blocks.map(({ head, properties }) => block(head, properties, paths));
  const results = Object.entries(outputs).map(([name, value]) => block(`output "${name}"`, { value }, paths));
  return [HEADER, ...texts, ...results].join("\n");
}

/** @param {string} token */
const typeName = (token) => attribute(token.replace(":", "_"));

/** @param {string} name */
const attribute = (name) => name.replace(/(?<=[a-z0-9])[A-Z]/g, "_$&").toLowerCase();

/**
 * @param {string} head
 * @param {Record<string, unknown>} properties
 * @param {ReadonlyMap<string, string>} paths
 */
function block(head, properties, paths) {
  const names = Object.keys(properties).map(attribute);
  const width = Math.max(0, ...names.map((name) => name.length));
  const lines = Object.values(properties).map(
    (value, index) => `  ${(names[index] ?? "").padEnd(width)} = ${expression(value, paths)}\n`,
  );
  return `${head} {\n${lines.join("")}}\n`;
}

/**
 * @param {unknown} value
 * @param {ReadonlyMap<string, string>} paths the path of each resource and each call, by its name
 * @returns {string}
 */
function expression(value, paths) {
  if (Array.isArray(value)) return `[${value.map((item) => expression(item, paths)).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)} = ${expression(item, paths)}`);
    return `{ ${entries.join(", ")} }`;
  }
  const [, name = "", property] = /^\$\{(\w+)(?:\.(\w+))?\}$/.exec(String(value)) ?? [];
  const path = paths.get(name);
  if (path === undefined) return JSON.stringify(value);
  return property === undefined ? path : `${path}.${attribute(property)}`;
}

module.exports = { hclOf };
