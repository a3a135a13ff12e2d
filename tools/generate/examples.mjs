// @ts-check
/**
 * `npm run generate:examples` makes the examples in the schema: one YAML program for each resource and each function.
 * Pulumi's converter translates the programs into the other languages. `npm run generate` does not make the examples,
 * because the converter has to be built first. `--out DIR` writes the YAML programs.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse, stringify } from "yaml";
import { bundlePlugin, PLUGIN_FILE } from "../bundle/plugin-bundle.mjs";
import { withConverter } from "../converter.mjs";
import { checkNode, ROOT } from "../project.mjs";
import { runMain } from "../run.mjs";
import { hclOf } from "./hcl.cjs";
import schema from "./reference/load-schema.cjs";
import { generatedFrom } from "./reference/sentences.mjs";

/** The name of each language in the generators, and its name in code blocks of Pulumi's Registry. */
const LANGUAGES = { nodejs: "typescript", python: "python", go: "go", csharp: "csharp", java: "java" };

/**
 * The example of an execution, without arguments that are enums. For Java, the converter writes an enum as text, which
 * does not compile. For Node.js, the converter writes an enum of the generated SDK, which users of this package do not
 * have.
 */
const RESOURCE = {
  resources: {
    train: {
      type: "lyceum:ComposeExecution",
      properties: { composeFile: "compose.yaml", executionType: "gpu.a100", timeout: 600 },
    },
  },
  outputs: { executionId: reference("train.executionId"), status: reference("train.status") },
};

/** The example of stored files: files in the bucket, and a run that uses them. */
const FILES = {
  resources: {
    data: { type: "lyceum:StoredFiles", properties: { source: "data", exclude: ["**/*.tmp"] } },
    train: {
      type: "lyceum:ComposeExecution",
      properties: {
        composeFile: "compose.yaml",
        enableS3Mount: true,
        variables: { DATA: reference("data.mountPath") },
        triggers: [reference("data.hash")],
      },
    },
  },
  outputs: { hash: reference("data.hash") },
};

/** @param {string} path */
function reference(path) {
  return `\${${path}}`;
}

/**
 * Returns a program that calls a function. If a result is a text or a number, the program exports one such result. For
 * Go and Java, the converter cannot write a part of a list correctly.
 * @param {readonly [string, import("../../provider/schema/functions.js").FunctionRow]} entry
 */
function callOf([name, { inputs, outputs, example }]) {
  const own = Object.entries(outputs).filter(([output]) => !Object.hasOwn(inputs, output));
  const plain = own.find(([, { type, shape = type.shape }]) => "type" in shape)?.[0];
  return {
    variables: {
      result: { "fn::invoke": { function: `lyceum:${name}`, arguments: parse(`{ ${example} }`) } },
    },
    outputs: { [plain ?? own[0]?.[0] ?? ""]: reference(plain === undefined ? "result" : `result.${plain}`) },
  };
}

const programs = {
  ComposeExecution: RESOURCE,
  StoredFiles: FILES,
  ...Object.fromEntries(schema.functions.map((f) => [f[0], callOf(f)])),
};

/** @param {string} folder */
async function onlyFileIn(folder) {
  const [file = ""] = await readdir(folder);
  return readFile(join(folder, file), "utf8");
}

/**
 * @param {string} folder for the programs
 * @returns {Promise<string>} the text of the generated module
 */
async function convertAll(folder) {
  await bundlePlugin(join(folder, "bin", PLUGIN_FILE));
  const project = { name: "example", runtime: "yaml", plugins: { providers: [{ name: "lyceum", path: "../bin" }] } };
  /** @type {Record<string, string>} */
  const examples = {};
  await withConverter(async (convert) => {
    for (const [name, program] of Object.entries(programs)) {
      const target = join(folder, name);
      await mkdir(target);
      // In YAML 1.1, a time without quotes is not a text, so `stringify` puts a time in quotes.
      const yaml = stringify(program, { version: "1.1" });
      await writeFile(join(target, "Pulumi.yaml"), stringify(project) + yaml);
      await convert(target, target, Object.keys(LANGUAGES));
      const blocks = [];
      for (const [language, block] of Object.entries(LANGUAGES)) {
        const text = await onlyFileIn(join(target, language));
        blocks.push(`\`\`\`${block}\n${text.trim()}\n\`\`\`\n`);
      }
      blocks.push(`\`\`\`yaml\n${yaml.trim()}\n\`\`\`\n`, `\`\`\`hcl\n${hclOf(program).trim()}\n\`\`\`\n`);
      examples[name] =
        `{{% examples %}}\n## Example Usage\n{{% example %}}\n\n${blocks.join("")}{{% /example %}}\n{{% /examples %}}\n`;
    }
  });
  const entries = Object.entries(examples).map(([name, text]) => `  ${name}: ${JSON.stringify(text)},\n`);
  return `${generatedFrom("tools/generate/examples.mjs").replace("npm run generate", "npm run generate:examples")}
/** The examples of each resource and function, in the form of Pulumi's schema. */
export const EXAMPLES: Readonly<Record<string, string>> = {
${entries.join("")}};
`;
}

await runMain(async () => {
  checkNode();
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  const folder = values.out ?? (await mkdtemp(join(tmpdir(), "lyceum-examples-")));
  try {
    const text = await convertAll(folder);
    if (values.out === undefined) await writeFile(join(ROOT, "provider/hosts/plugin/examples.generated.ts"), text);
    else process.stdout.write(text);
    return 0;
  } finally {
    if (values.out === undefined) await rm(folder, { recursive: true });
  }
});
