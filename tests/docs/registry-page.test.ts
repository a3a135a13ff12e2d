import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../harness/root";

/** The languages for which Pulumi's Registry asks a tab, in its order. */
const LANGUAGES = ["typescript", "python", "go", "csharp", "java", "yaml", "hcl"];

const page = readFileSync(join(ROOT, "docs", "_index.md"), "utf8");
const schema = JSON.parse(readFileSync(join(ROOT, "plugin", "schema.json"), "utf8"));
const section = (name: string) => page.split(`\n## ${name}\n`)[1]?.split("\n## ")[0] ?? "";

/** What the Registry's guidelines for the Overview page ask, and its generator refuses. */
test("the page for Pulumi's Registry begins with its front matter, and has the sections in order", () => {
  expect(page).toMatch(/^---\ntitle: .+\nmeta_desc: .+\nlayout: package\n---\n\n[^#]/);
  expect(page).toContain(`\ntitle: ${schema.displayName}\n`);
  const headings = page.replace(/```[\s\S]*?```/g, "").match(/^#+ .+$/gm);
  expect(headings).toEqual(["## Installation", "## Example Usage", "## Configuration"]);
});

test.each([
  ["Installation", LANGUAGES],
  // How a program in HCL names the type of a resource could not be tried with its language host.
  ["Example Usage", LANGUAGES.filter((language) => language !== "hcl")],
])("%s has a filled tab for each language", (name, languages) => {
  const text = section(name);
  expect(text.match(/\{\{.*?\}\}/g)).toEqual([
    `{{< chooser language "${languages.join(",")}" >}}`,
    ...languages.flatMap((language) => [`{{% choosable language ${language} %}}`, "{{% /choosable %}}"]),
    "{{< /chooser >}}",
  ]);
  const tabs = text.split(/\{\{% choosable language \w+ %\}\}/).slice(1);
  for (const tab of tabs) expect(tab.split("{{% /choosable")[0]).toMatch(/```\w+\n[\s\S]+\n```/);
});

test("the page installs the packages that the schema names", () => {
  const { nodejs, python } = schema.language;
  const text = section("Installation");
  expect(text).toContain(`npm install ${nodejs.packageName}\n`);
  expect(text).toContain(`pip install ${python.packageName.replaceAll("_", "-")}\n`);
  expect(text).toContain(`--server ${schema.pluginDownloadURL}\n`);
  expect(text).toContain(`pulumi package add ${schema.name}\n`);
});

test("the page describes the settings of the schema", () => {
  const described = [...section("Configuration").matchAll(/^\* `(\w+)` \((Required|Optional)(, Secret)?\): /gm)];
  const settings = Object.entries<{ secret?: boolean }>(schema.config.variables);
  expect(described.map(([, name, , secret]) => [name, secret !== undefined])).toEqual(
    settings.map(([name, { secret = false }]) => [name, secret]),
  );
});
