// @ts-check
/** What jest runs more than once. Here, and not with the tests, since mutation testing copies the repository without those. */

/**
 * Scenarios that run on containers, too: in `npm test` they run on the simulated engine, on containers in `npm run test:long`,
 * in the jest project `containers`.
 */
const ON_CONTAINERS = ["examples", "lifecycle", "local-files", "project"];

/** Folders of scenarios of which none is for the plugin: the jest project `plugin` leaves them out. */
const NOT_WITH_PLUGIN = [
  "clocks",
  "elsewhere",
  "examples",
  "forgotten",
  "grace",
  "guides",
  "images",
  "local-files",
  "policies",
  "project",
  "refused",
  "report",
  "shared-scope",
  "targets",
  "unclear",
  "upstream",
  "validated",
];

/**
 * Tests of pipelines that run a second time with the plugin. `kills` does not: `tests/scenarios/start-once` and `tests/chaos` kill both
 * hosts, and the lock and the state that `ci apply` then finds are the same.
 */
const PIPELINES_OF_BOTH_HOSTS = ["destroy", "drift", "policy-pack", "preview", "stopped"];

module.exports = { NOT_WITH_PLUGIN, ON_CONTAINERS, PIPELINES_OF_BOTH_HOSTS };
