// @ts-check
/**
 * Functions that decide for a release, without effects on the machine. This is a CommonJS file, so that both the tool
 * and jest can load it.
 */

/** @typedef {{ title: string, date?: string, notes: string }} Section */

/**
 * Returns the sections of a changelog: one for each version, and one for changes that are not released.
 * @param {string} changelog
 * @returns {Section[]}
 */
function sectionsOf(changelog) {
  return changelog
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const [heading = "", ...lines] = text.split("\n");
      const [title = "", date] = heading.trim().split(" - ");
      return { title, ...(date === undefined ? {} : { date }), notes: lines.join("\n").trim() };
    });
}

/**
 * Returns the reasons why the repository cannot be released, each as a sentence. Returns an empty list if there is no
 * such reason.
 * @param {{ version: string, changelog: string, gitStatus: string }} facts `gitStatus` is the output of
 * `git status --porcelain`
 * @returns {string[]}
 */
function problemsOfRelease({ version, changelog, gitStatus }) {
  /** @type {string[]} */
  const problems = [];
  const [first, second] = sectionsOf(changelog);
  const newest = first?.title === "Unreleased" ? second : first;
  if (first?.title === "Unreleased" && first.notes !== "")
    problems.push(`CHANGELOG.md has changes below "Unreleased": move them below "## ${version} - YYYY-MM-DD".`);
  if (newest?.title !== version) {
    const found = newest === undefined ? "has no version" : `has the version ${newest.title}`;
    problems.push(`package.json has the version ${version}, but CHANGELOG.md ${found}: make both equal.`);
  } else if (!/^\d{4}-\d{2}-\d{2}$/.test(newest.date ?? "")) {
    problems.push(`CHANGELOG.md has no date of ${version}: write "## ${version} - YYYY-MM-DD".`);
  } else if (!/^- /m.test(newest.notes)) problems.push(`CHANGELOG.md names no change of ${version}.`);
  const changed = gitStatus.split("\n").filter((line) => line.trim() !== "");
  if (changed.length > 0)
    problems.push(
      `Files are changed or new: commit or remove them.\n${changed.map((line) => `    ${line}`).join("\n")}`,
    );
  return problems;
}

/**
 * Returns the reason why a GitHub Actions job for a tag cannot publish this version. Returns an empty list if it can.
 * @param {string} version
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
function problemsOfTag(version, { GITHUB_REF_TYPE: type, GITHUB_REF_NAME: name }) {
  if (type !== "tag" || name === `v${version}`) return [];
  return [`The tag is ${name}, but package.json has the version ${version}: tag the commit v${version}.`];
}

/**
 * Returns the arguments with which npm publishes a tarball. A prerelease gets the tag `next`, so that `npm install`
 * does not choose it.
 * @param {string} tarball
 * @param {string} version
 */
function publishArguments(tarball, version) {
  return ["publish", tarball, "--provenance", "--access", "public", "--tag", version.includes("-") ? "next" : "latest"];
}

/**
 * Returns the file name of the plugin's archive for a system. Pulumi looks for this name.
 * @param {string} version
 * @param {string} system such as `linux-amd64`
 */
function pluginArchive(version, system) {
  return `pulumi-resource-lyceum-v${version}-${system}.tar.gz`;
}

module.exports = {
  pluginArchive,
  problemsOfRelease,
  problemsOfTag,
  publishArguments,
  sectionsOf,
};
