// @ts-check
/** What a release decides without touching the machine. CommonJS, so that both the tool and jest can load it. */

/** The groups of Keep a Changelog, in its order. */
const GROUPS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

/** @typedef {{ title: string, date?: string, groups: string[], notes: string }} Section */

/**
 * The sections of a changelog: one for each version, and one for what is not released.
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
      const notes = lines.join("\n").trim();
      const groups = [...notes.matchAll(/^### (.+?) *$/gm)].map(([, group = ""]) => group);
      return { title, ...(date === undefined ? {} : { date }), groups, notes };
    });
}

/**
 * What is wrong with the form of a changelog, one sentence each.
 * @param {string} changelog
 * @returns {string[]}
 */
function problemsOfChangelog(changelog) {
  const sections = sectionsOf(changelog);
  const titles = sections.map(({ title }) => title);
  return sections.flatMap(({ title, date, groups, notes }, index) => {
    /** @type {string[]} */
    const problems = [];
    const report = (/** @type {string} */ text) => problems.push(`CHANGELOG.md, "${title}": ${text}`);
    const unreleased = title === "Unreleased";
    if (!unreleased && !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(title))
      report('the heading must be "Unreleased" or a version.');
    if (!unreleased && !isDate(date)) report('the heading must have a date, such as "## 1.2.3 - 2026-01-31".');
    if (unreleased && index > 0) report("it must be the first section.");
    if (titles.indexOf(title) !== index) report("there is a second section of this name.");
    for (const group of groups.filter((each) => !GROUPS.includes(each)))
      report(`"${group}" is not one of the groups ${GROUPS.join(", ")}.`);
    const places = groups.map((group) => GROUPS.indexOf(group)).filter((place) => place >= 0);
    if (places.some((place, at) => at > 0 && place <= (places[at - 1] ?? 0)))
      report(`each group may appear once, in the order ${GROUPS.join(", ")}.`);
    if (/^- /m.test(notes.split(/^### /m)[0] ?? "")) report("a change must be below one of the groups.");
    return problems;
  });
}

/** @param {string | undefined} text */
function isDate(text) {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * Why the tree cannot be released, one sentence each; empty where it can.
 * @param {{ version: string, changelog: string, gitStatus: string }} facts `gitStatus` is what `git status --porcelain` prints.
 * @returns {string[]}
 */
function problemsOfRelease({ version, changelog, gitStatus }) {
  const problems = problemsOfChangelog(changelog);
  const [first, second] = sectionsOf(changelog);
  const newest = first?.title === "Unreleased" ? second : first;
  if (first?.title === "Unreleased" && first.notes !== "")
    problems.push(`CHANGELOG.md has changes below "Unreleased": move them below "## ${version} - YYYY-MM-DD".`);
  if (newest?.title !== version) {
    const found = newest === undefined ? "has no version" : `has the version ${newest.title}`;
    problems.push(`package.json has the version ${version}, but CHANGELOG.md ${found}: make both equal.`);
  } else if (newest.groups.length === 0) problems.push(`CHANGELOG.md names no change of ${version}.`);
  const changed = gitStatus.split("\n").filter((line) => line.trim() !== "");
  if (changed.length > 0)
    problems.push(
      `Files are changed or new: commit or remove them.\n${changed.map((line) => `    ${line}`).join("\n")}`,
    );
  return problems;
}

/**
 * Why npm would not publish with a provenance statement; empty where it does.
 * @param {{ repository?: unknown, env: NodeJS.ProcessEnv }} facts
 * @returns {string[]}
 */
function problemsOfProvenance({ repository, env }) {
  const problems = [];
  if (repository === undefined)
    problems.push('package.json has no "repository": npm compares it with the one that builds.');
  const own = urlOf(repository);
  if (own !== undefined && env.GITHUB_REPOSITORY !== undefined && own !== `https://github.com/${env.GITHUB_REPOSITORY}`)
    problems.push(
      `package.json has the repository ${own}, but this is ${env.GITHUB_REPOSITORY}: set it there and in provider/hosts/plugin/publisher.ts.`,
    );
  // npm gets the identity of the build from these two services alone.
  if (env.GITHUB_ACTIONS === undefined && env.GITLAB_CI === undefined)
    problems.push("npm makes a provenance statement only in GitHub Actions or GitLab CI.");
  return problems;
}

/**
 * Why a job of GitHub Actions for a tag cannot publish this version.
 * @param {string} version
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
function problemsOfTag(version, { GITHUB_REF_TYPE: type, GITHUB_REF_NAME: name }) {
  if (type !== "tag" || name === `v${version}`) return [];
  return [`The tag is ${name}, but package.json has the version ${version}: tag the commit v${version}.`];
}

/**
 * The page of the repository that package.json names.
 * @param {unknown} repository
 * @returns {string | undefined}
 */
function urlOf(repository) {
  const { url } = /** @type {{ url?: unknown }} */ (repository ?? {});
  return typeof url === "string" ? url.replace(/^git\+/, "").replace(/\.git$/, "") : undefined;
}

/**
 * The arguments of npm that publish a tarball. A prerelease does not become what `npm install` chooses.
 * @param {string} tarball
 * @param {string} version
 */
function publishArguments(tarball, version) {
  return ["publish", tarball, "--provenance", "--access", "public", "--tag", version.includes("-") ? "next" : "latest"];
}

/**
 * The name of a plugin's archive, as Pulumi looks for it.
 * @param {string} version
 * @param {string} system such as `linux-amd64`
 */
function pluginArchive(version, system) {
  return `pulumi-resource-lyceum-v${version}-${system}.tar.gz`;
}

module.exports = {
  pluginArchive,
  problemsOfChangelog,
  problemsOfProvenance,
  problemsOfRelease,
  problemsOfTag,
  publishArguments,
  sectionsOf,
};
