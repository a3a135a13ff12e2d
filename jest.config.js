// @ts-check
const { availableParallelism } = require("node:os");
const { NOT_WITH_PLUGIN, ON_CONTAINERS, PIPELINES_OF_BOTH_HOSTS } = require("./tools/test/jest-projects.cjs");

/** Files are only stripped of types here; `npm run typecheck` is what checks them. */
const transform = {
  "^.+\\.ts$": /** @type {[string, object]} */ ([
    "@swc/jest",
    {
      jsc: {
        parser: { syntax: "typescript" },
        target: "es2022",
        // As in tsconfig.base.json.
        transform: { useDefineForClassFields: false },
      },
      module: { type: "commonjs" },
    },
  ]),
};

/** Copies of the package that tests make and unpack are no modules of ours. */
const modulePathIgnorePatterns = ["<rootDir>/.cache", "<rootDir>/dist", "<rootDir>/emulator/dist"];

/** Tests that take minutes, or look for what is rare, end so; `npm run test:long` runs them and `npm test` does not. */
const long = ".long.test.ts";
const withoutLong = { testPathIgnorePatterns: ["/node_modules/", `${long.replaceAll(".", "[.]")}$`] };

/** @type {import("jest").Config} */
module.exports = {
  // The machine may be busy: a slow turn is no failure. Tests that bound time measure it themselves. Every other limit
  // of time, such as that of a command, is shorter, so that its message says what has hung.
  testTimeout: 600_000,
  // Scenarios are independent, and each waits for a third of its time. Each worker may have an emulator, an engine and
  // containers with a network, of which Docker has about thirty.
  maxWorkers: Math.min(12, Math.ceil(1.5 * availableParallelism())),
  testSequencer: "<rootDir>/tools/test/slow-first.cjs",
  projects: [
    {
      displayName: "unit",
      transform,
      modulePathIgnorePatterns,
      testEnvironment: "node",
      testMatch: ["<rootDir>/{sdk,compose,provider,cli,emulator/src,tools}/**/*.test.ts"],
      ...withoutLong,
    },
    {
      displayName: "scenarios",
      transform,
      modulePathIgnorePatterns,
      testEnvironment: "node",
      testMatch: ["<rootDir>/tests/**/*.test.ts"],
      testPathIgnorePatterns: [...withoutLong.testPathIgnorePatterns, "<rootDir>/tests/plugin/"],
    },
    {
      // The other host in `npm test`: a life from the first up to the destroy.
      displayName: "lifecycle-plugin",
      transform,
      modulePathIgnorePatterns,
      testEnvironment: "node",
      testMatch: ["<rootDir>/tests/scenarios/lifecycle/scenario.test.ts"],
      globals: { LYCEUM_HOST: "plugin" },
    },
    {
      // The same scenarios through the provider plugin; `npm run test:long` runs them.
      displayName: "plugin",
      transform,
      modulePathIgnorePatterns,
      testEnvironment: "node",
      testMatch: [
        "<rootDir>/tests/{scenarios,plugin}/**/scenario{,.long}.test.ts",
        "<rootDir>/tests/scenarios/stored-files/{failing,killed}.long.test.ts",
        `<rootDir>/tests/gitops/*/{${PIPELINES_OF_BOTH_HOSTS}}{,.long}.test.ts`,
      ],
      // `lifecycle` runs in `npm test`, and `leaking` is about the harness.
      testPathIgnorePatterns: [`/scenarios/(leaking|lifecycle|${NOT_WITH_PLUGIN.join("|")})/`],
      globals: { LYCEUM_HOST: "plugin" },
    },
    {
      // The same scenarios on real containers; `npm run test:long` runs them.
      displayName: "containers",
      transform,
      modulePathIgnorePatterns,
      testEnvironment: "node",
      testMatch: [`<rootDir>/tests/scenarios/{${ON_CONTAINERS}}/scenario{,.long}.test.ts`],
      globals: { LYCEUM_ENGINE: "docker" },
    },
    {
      displayName: "long",
      transform,
      modulePathIgnorePatterns,
      testEnvironment: "node",
      testMatch: [`<rootDir>/{sdk,compose,provider,cli,emulator/src,tools,tests}/**/*${long}`],
    },
  ],
};
