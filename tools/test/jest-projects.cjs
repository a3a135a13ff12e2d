// @ts-check
/**
 * The tests that jest runs more than once. The lists are in this file, because mutation testing copies the repository
 * without the tests.
 */

/**
 * Scenarios that also run with containers, in the jest project `containers` of `npm run test:long`. Without containers,
 * `npm test` runs the scenario `lifecycle`, and `npm run test:long` runs the other scenarios.
 */
const ON_CONTAINERS = ["examples", "job", "lifecycle", "local-files", "project", "uploaded-results"];

/** Folders of scenarios that do not run with the plugin, so the jest project `plugin` leaves them out. */
const NOT_WITH_PLUGIN = [
  "clocks",
  "elsewhere",
  "examples",
  "forgotten",
  "grace",
  "guides",
  "images",
  "local-files",
  "long-output",
  "policies",
  "project",
  "redirected",
  "refused",
  "report",
  "shared-scope",
  "targets",
  "unclear",
  "upstream",
  "validated",
];

/**
 * Tests of pipelines that run a second time with the plugin, because the hosts differ in these tests: in how previews
 * and states contain resources and settings, in what a policy pack receives, and in how a refused update ends. The
 * other tests of pipelines are about Pulumi's events, locks and operations, which are the same with both hosts.
 */
const PIPELINES_OF_BOTH_HOSTS = ["destroy", "late", "policy-pack", "preview", "review", "unknown"];

/**
 * Parts of the paths of the slowest test files, slowest first. These files start first, and `--shard` deals them
 * evenly. The list only saves time, so no test checks that it is complete.
 */
const SLOWEST = [
  "tests/hostile/bounds",
  "provider/lifecycle/lifecycle.model.long",
  "tests/consumers/matrix",
  "tests/scenarios/guides/",
  "tests/gitops/forge/forge",
  "tests/options/",
  "tests/plugin/packed/",
  "tests/gitops/policy/built-images",
  "tools/test/canary-scan",
  "tests/scenarios/options/",
  "tests/bench/rows",
  "tests/scenarios/unclear/",
  "tests/scenarios/stored-files/killed",
  "tests/gitops/all/",
  "tests/differential/differential",
  "tests/gitops/apply/kills",
  "tests/gitops/review/review",
  "tests/chaos/",
  "tests/consumers/first-run",
  "tests/scenarios/hundred/",
  "tests/scenarios/unclear-recorded/",
  "tools/test/regular-expressions",
  "tests/gitops/apply/postgres",
  "tests/gitops/apply/s3",
  "tests/gitops/destroy/destroy",
  "tests/command-line/emulator-ends",
];

module.exports = { NOT_WITH_PLUGIN, ON_CONTAINERS, PIPELINES_OF_BOTH_HOSTS, SLOWEST };
