// @ts-check
/** Files are only stripped of types here; `npm run typecheck` is what checks them. */
const transform = {
  "^.+\\.ts$": /** @type {[string, object]} */ (["ts-jest", { tsconfig: "tsconfig.check.json", diagnostics: false }]),
};

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    {
      displayName: "unit",
      transform,
      testEnvironment: "node",
      testMatch: ["<rootDir>/{sdk,provider,emulator/src,tools}/**/*.test.ts"],
    },
    {
      displayName: "stories",
      transform,
      testEnvironment: "node",
      testMatch: ["<rootDir>/tests/**/*.test.ts"],
    },
  ],
};
