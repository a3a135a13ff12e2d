// @ts-check
/**
 * Makes a Maven project of the generated SDK for Java. The generated Gradle project cannot be published on Maven
 * Central, because its description has no name and no developer, and its group belongs to Pulumi. This is a CommonJS
 * file, so that both the tool and jest can load it.
 *
 * @typedef {{ name: string, displayName: string, version: string, description: string, license: string,
 * publisher: string, repository: string, pluginDownloadURL: string }} Schema
 */

/** The plugins of Maven, with their versions. */
const COMPILER = plugin("maven-compiler-plugin", "3.13.0");
const JAR = plugin("maven-jar-plugin", "3.4.2");
const SOURCE = plugin("maven-source-plugin", "3.3.1", execution("jar-no-fork"));
const JAVADOC = plugin(
  "maven-javadoc-plugin",
  "3.11.2",
  execution("jar"),
  // The generator writes Markdown into comments, which is not valid HTML.
  element("configuration", element("doclint", "none") + element("quiet", "true")),
);
/** Signs with the key in the environment variable `MAVEN_GPG_KEY`, without a key ring. */
const SIGN = plugin("maven-gpg-plugin", "3.2.8", execution("sign"), element("configuration", element("signer", "bc")));
const CENTRAL = element(
  "plugin",
  element("groupId", "org.sonatype.central") +
    element("artifactId", "central-publishing-maven-plugin") +
    element("version", "0.11.0") +
    element("extensions", "true") +
    element(
      "configuration",
      element("publishingServerId", "central") + element("autoPublish", "true") + element("waitUntil", "validated"),
    ),
);

/**
 * Returns the files that a Maven project has in addition to the generated sources, by their paths.
 * @param {Schema} schema
 * @param {string} build the generated `build.gradle`, which names the dependencies
 * @returns {Record<string, string>}
 */
function mavenFiles(schema, build) {
  const { name, version, pluginDownloadURL } = schema;
  const resources = `src/main/resources/com/pulumi/${name}`;
  const plugin = { resource: true, name, server: pluginDownloadURL, version };
  return {
    "pom.xml": pom(schema, build),
    // Pulumi reads these two files from the JAR. Gradle would write them during its build.
    [`${resources}/version.txt`]: version,
    [`${resources}/plugin.json`]: JSON.stringify(plugin, null, 4),
  };
}

/**
 * @param {Schema} schema
 * @param {string} build
 */
function pom({ name, displayName, version, description, license, publisher, repository }, build) {
  const dependencies = [...build.matchAll(/implementation\("([^":]+):([^":]+):([^":]+)"\)/g)].map(
    ([, group = "", artifact = "", number = ""]) =>
      element("dependency", element("groupId", group) + element("artifactId", artifact) + element("version", number)),
  );
  const project = [
    element("modelVersion", "4.0.0"),
    // Maven Central lets the owner of the GitHub organization publish in this group.
    element("groupId", `io.github.${publisher}`),
    element("artifactId", name),
    element("version", version),
    element("name", displayName),
    element("description", description),
    element("url", repository),
    element("licenses", element("license", element("name", license))),
    element("developers", element("developer", element("name", publisher) + element("url", repository))),
    element("scm", element("connection", `scm:git:${repository}.git`) + element("url", repository)),
    element(
      "properties",
      element("maven.compiler.release", "11") +
        element("project.build.sourceEncoding", "UTF-8") +
        // With a fixed time, the same sources give the same bytes.
        element("project.build.outputTimestamp", "1980-01-01T00:00:02Z"),
    ),
    element("dependencies", dependencies.join("")),
    element("build", element("plugins", COMPILER + JAR)),
    element(
      "profiles",
      element(
        "profile",
        element("id", "release") + element("build", element("plugins", SOURCE + JAVADOC + SIGN + CENTRAL)),
      ),
    ),
  ];
  const body = project.map((part) => `  ${part}\n`).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<project xmlns="http://maven.apache.org/POM/4.0.0">\n${body}</project>\n`;
}

/**
 * @param {string} artifact
 * @param {string} version
 * @param {string[]} more
 */
function plugin(artifact, version, ...more) {
  return element("plugin", element("artifactId", artifact) + element("version", version) + more.join(""));
}

/** @param {string} goal */
function execution(goal) {
  return element("executions", element("execution", element("id", goal) + element("goals", element("goal", goal))));
}

/**
 * @param {string} name
 * @param {string} content
 */
function element(name, content) {
  return `<${name}>${content}</${name}>`;
}

module.exports = { mavenFiles };
