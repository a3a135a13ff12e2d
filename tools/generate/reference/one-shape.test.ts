import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import { packageSchema } from "../../../provider/hosts/plugin/schema";
import { ARGUMENT_OUTPUTS, FUNCTION_NAMES, functionRow, OBJECTS } from "../../../provider/schema";
import { token } from "../../../provider/schema/type-tokens";

/** A property in one of three places: the TypeScript types, Pulumi's schema, or the reference page. */
interface Property {
  readonly name: string;
  readonly required: boolean;
  /** The type `string`, `number` or `boolean`, or `other` for a type that only one of the three places can express. */
  readonly type: string;
}

interface SchemaProperty {
  readonly type?: string;
}
interface SchemaObject {
  readonly properties: Readonly<Record<string, SchemaProperty>>;
  readonly required?: readonly string[];
}

const root = join(__dirname, "../../..");
const schema = JSON.parse(JSON.stringify(packageSchema("1.2.3")));
const resource = schema.resources[token("ComposeExecution")];

const plain = (type: string | undefined): string => {
  const word = (type ?? "").replace(/^integer$/, "number");
  return ["string", "number", "boolean"].includes(word) ? word : "other";
};

/** Returns the members of an interface or a class. */
function typeScript(file: string, type: string): readonly Property[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.ES2022, true);
  const found = source.statements.find(
    (each): each is ts.InterfaceDeclaration | ts.ClassDeclaration =>
      (ts.isInterfaceDeclaration(each) || ts.isClassDeclaration(each)) && each.name?.text === type,
  );
  return (found?.members ?? []).flatMap((member) => {
    if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) return [];
    const written = member.type?.getText() ?? "";
    const value = /^pulumi\.(?:Input|Output)<(.*)>$/.exec(written)?.[1] ?? written;
    const optional = member.questionToken !== undefined || / \| undefined$/.test(value);
    return [{ name: member.name.getText(), required: !optional, type: plain(value.replace(/ \| undefined$/, "")) }];
  });
}

function inSchema({ properties, required = [] }: SchemaObject): readonly Property[] {
  return Object.entries(properties).map(([name, { type }]) => ({
    name,
    required: required.includes(name),
    type: plain(type),
  }));
}

/** Returns the names in the first column of the first table after a heading. */
function inReference(heading: string): readonly string[] {
  const page = readFileSync(join(root, "docs/reference/arguments.md"), "utf8");
  const table = page.split(`\n${heading}\n`)[1]?.split(/\n\n(?=\|)/)[1] ?? "";
  return table.split("\n\n")[0]?.match(/(?<=^\| `)\w+/gm) ?? [];
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const sorted = (properties: readonly Property[]) =>
  [...properties].sort((one, other) => (one.name < other.name ? -1 : 1));
const names = (properties: readonly Property[]) => properties.map(({ name }) => name);

const SHAPES = [
  {
    of: "arguments",
    // Two interfaces have the arguments, so their order is not that of the table.
    types: sorted([
      ...typeScript("sdk/args.generated.ts", "ComposeExecutionBaseArgs"),
      ...typeScript("sdk/args.generated.ts", "ComposeExecutionSources"),
    ]),
    inSchema: sorted(inSchema({ properties: resource.inputProperties })),
    reference: [...inReference("## Arguments")].sort(),
  },
  {
    of: "outputs",
    types: typeScript("sdk/outputs.generated.ts", "ExecutionResource"),
    inSchema: inSchema(resource),
    // The page names these outputs in one sentence.
    reference: [...inReference("## Outputs"), ...ARGUMENT_OUTPUTS],
  },
  {
    of: "clocks",
    types: typeScript("sdk/args.generated.ts", "ComposeExecutionClocks"),
    inSchema: inSchema(schema.types[token("ComposeExecutionClocks")]),
    reference: inReference("### Keys of `clocks`"),
  },
  {
    of: "retries",
    types: typeScript("sdk/args.generated.ts", "ComposeExecutionRetries"),
    inSchema: inSchema(schema.types[token("ComposeExecutionRetries")]),
    reference: inReference("### Keys of `retries`"),
  },
  ...FUNCTION_NAMES.filter((name) => Object.keys(functionRow(name).inputs).length > 0).map((name) => ({
    of: `arguments of ${name}`,
    types: typeScript("sdk/functions.generated.ts", `${capital(name)}Args`),
    inSchema: inSchema(schema.functions[token(name)].inputs),
    reference: inReference(`### \`${name}\``),
  })),
  ...Object.keys(OBJECTS).map((name) => ({
    of: name,
    types: typeScript("sdk/functions.generated.ts", name),
    inSchema: inSchema(schema.types[token(name)]),
    reference: inReference(`### \`${name}\``),
  })),
  {
    of: "the provider's settings",
    types: typeScript("sdk/plugin/provider-args.generated.ts", "ProviderArgs"),
    inSchema: inSchema({ properties: schema.provider.inputProperties }),
    reference: inReference("## Settings"),
  },
];

test.each(SHAPES)("$of: the types, the schema and the reference have the same properties", (shape) => {
  expect(shape.types.length).toBeGreaterThan(0);
  expect(names(shape.types)).toEqual(names(shape.inSchema));
  expect(names(shape.types)).toEqual(shape.reference);
});

test.each(SHAPES)("$of: the types and the schema agree on required properties, and on plain types", (shape) => {
  const differing = shape.types.flatMap((property, index) => {
    const other = shape.inSchema[index];
    const sameType = property.type === "other" || other?.type === "other" || property.type === other?.type;
    return property.required === other?.required && sameType ? [] : [{ property, other }];
  });
  expect(differing).toEqual([]);
});

test.each(FUNCTION_NAMES)("the result of %s is the same in the types and in the schema", (name) => {
  const types = typeScript("sdk/functions.generated.ts", `${capital(name)}Result`);
  expect(types.length).toBeGreaterThan(0);
  expect(types).toEqual(inSchema(schema.functions[token(name)].outputs));
});
