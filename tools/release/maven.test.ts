import { mavenFiles } from "./maven.cjs";

const SCHEMA = {
  name: "lyceum",
  displayName: "Lyceum Cloud",
  version: "1.2.3",
  description: "Docker Compose executions on Lyceum Cloud.",
  license: "Apache-2.0",
  publisher: "pulumi-lyceum",
  repository: "https://github.com/pulumi-lyceum/pulumi-lyceum",
  pluginDownloadURL: "github://api.github.com/pulumi-lyceum/pulumi-lyceum",
};

const BUILD = `dependencies {
    implementation("com.google.code.gson:gson:2.8.9")
    implementation("com.pulumi:pulumi:1.0.0")
}`;

const files = mavenFiles(SCHEMA, BUILD);
const pom = files["pom.xml"] ?? "";

test("the description has everything without which Maven Central refuses a package", () => {
  for (const name of ["name", "description", "url", "licenses", "developers", "scm"])
    expect(pom).toMatch(new RegExp(`<${name}>[^<]*\\S|<${name}><`));
  expect(pom).toContain("<groupId>io.github.pulumi-lyceum</groupId>\n  <artifactId>lyceum</artifactId>");
  expect(pom).toContain("<version>1.2.3</version>");
  for (const artifact of ["maven-source-plugin", "maven-javadoc-plugin", "maven-gpg-plugin"])
    expect(pom.slice(pom.indexOf("<profiles>"))).toContain(artifact);
});

test("the dependencies are those of the generated build", () => {
  expect(pom.match(/<dependency>/g)).toHaveLength(2);
  expect(pom).toContain("<groupId>com.pulumi</groupId><artifactId>pulumi</artifactId><version>1.0.0</version>");
});

test("the JAR has the files from which Pulumi reads the plugin", () => {
  const folder = "src/main/resources/com/pulumi/lyceum";
  expect(files[`${folder}/version.txt`]).toBe("1.2.3");
  expect(JSON.parse(files[`${folder}/plugin.json`] ?? "")).toEqual({
    resource: true,
    name: "lyceum",
    server: SCHEMA.pluginDownloadURL,
    version: "1.2.3",
  });
});
