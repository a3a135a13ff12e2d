import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PUBLISHER } from "../../provider/hosts/plugin/publisher";
import { ROOT } from "../harness/root";

/** The group of the Java SDK on Maven Central, which lets the owner of the GitHub organization publish in it. */
const JAVA_GROUP = `io.github.${PUBLISHER}`;

/** The languages for which Pulumi's Registry asks a tab, in its order. */
const LANGUAGES = ["typescript", "python", "go", "csharp", "java", "yaml", "hcl"];

const read = (name: string) => readFileSync(join(ROOT, "docs", name), "utf8");
const page = read("_index.md");
const installation = read("installation-configuration.md");
const schema = JSON.parse(readFileSync(join(ROOT, "plugin", "schema.json"), "utf8"));
const section = (name: string, text = page) => text.split(`\n## ${name}\n`)[1]?.split("\n## ")[0] ?? "";

/** What the Registry's guidelines for the Overview page ask, and its generator refuses. */
test("the page for Pulumi's Registry begins with its front matter, and has the sections in order", () => {
  expect(page).toMatch(/^---\ntitle: .+\nmeta_desc: .+\nlayout: package\n---\n\n[^#]/);
  expect(page).toContain(`\ntitle: ${schema.displayName}\n`);
  const headings = page.replace(/```[\s\S]*?```/g, "").match(/^#+ .+$/gm);
  expect(headings).toEqual(["## Installation", "## Example Usage", "## Configuration"]);
});

test.each(["Installation", "Example Usage"])("%s has a filled tab for each language", (name) => {
  const text = section(name);
  expect(text.match(/\{\{.*?\}\}/g)).toEqual([
    `{{< chooser language "${LANGUAGES.join(",")}" >}}`,
    ...LANGUAGES.flatMap((language) => [`{{% choosable language ${language} %}}`, "{{% /choosable %}}"]),
    "{{< /chooser >}}",
  ]);
  const tabs = text.split(/\{\{% choosable language \w+ %\}\}/).slice(1);
  for (const tab of tabs) expect(tab.split("{{% /choosable")[0]).toMatch(/```\w+\n[\s\S]+\n```/);
});

test("the pages name the packages of the schema, and the server of the plugin", () => {
  const { nodejs, python, go, csharp } = schema.language;
  const [npm, pypi, nuget] = [
    nodejs.packageName,
    python.packageName.replaceAll("_", "-"),
    `${csharp.rootNamespace}.Lyceum`,
  ];
  const text = section("Installation");
  for (const command of [`npm install ${npm}`, `pip install ${pypi}`, `go get ${go.importBasePath}`])
    expect(text).toContain(`\n${command}\n`);
  expect(text).toContain(`\ndotnet add package ${nuget}\n`);
  expect(text).toContain(`<groupId>${JAVA_GROUP}</groupId>\n  <artifactId>${schema.name}</artifactId>`);
  expect(text).toContain(`\npulumi package add ${schema.name}\n`);
  const packages = [...section("Installation", installation).matchAll(/^\* .+?: \[`(.+?)`\]\(https:\/\/.+?\)/gm)];
  expect(packages.map(([, name]) => name)).toEqual([
    npm,
    pypi,
    go.importBasePath,
    nuget,
    `${JAVA_GROUP}:${schema.name}`,
  ]);
  expect(installation).toContain(
    `\npulumi plugin install resource ${schema.name} v${schema.version} --server ${schema.pluginDownloadURL}\n`,
  );
});

test("the installation page describes the settings of the schema", () => {
  const settings = Object.entries<{ secret?: boolean }>(schema.config.variables);
  const described = [...installation.matchAll(/^\* `(\w+)` \((Required|Optional)(, Secret)?\): /gm)];
  expect(described.map(([, name, , secret]) => [name, secret !== undefined])).toEqual(
    settings.map(([name, { secret = false }]) => [name, secret]),
  );
  const [variable] = schema.config.variables.apiKey.defaultInfo.environment;
  for (const text of [page, installation]) expect(text).toMatch(new RegExp(`^export ${variable}="lk_`, "m"));
});
