// @ts-check
/**
 * Scenarios that run on containers, too: in `npm test` they run on the simulated engine, on containers in `npm run test:long`,
 * in the jest project `containers`.
 */
const ON_CONTAINERS = [
  "dependencies",
  "examples",
  "failing",
  "fields",
  "guides",
  "killed",
  "lifecycle",
  "local-files",
  "project",
  "replace",
  "report",
  "results",
  "timeout",
  "waits",
];

module.exports = { ON_CONTAINERS };
