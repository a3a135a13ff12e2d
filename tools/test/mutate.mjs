// @ts-check
/**
 * `npm run mutate` changes one operator, condition or block of a module at a time, and runs the unit tests of the
 * module's group. At least one test has to fail for each change. With names of groups, the command changes only the
 * modules of these groups. The command fails if the tests find too few changes of a module.
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import jestConfig from "../../jest.config.js";
import { ROOT } from "../project.mjs";
import { GROUPS } from "./mutation-groups.mjs";

/** The percentage of a module's changes that the tests must find. */
const BAR = 92;

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(GROUPS, name));
if (unknown.length > 0) {
  console.error(`There is no group ${unknown.join(", ")}. The groups are: ${Object.keys(GROUPS).join(", ")}.`);
  process.exit(2);
}

const unit = jestConfig.projects?.find((project) => typeof project !== "string" && project.displayName === "unit");
if (typeof unit !== "object") throw new Error("jest.config.js has no project of the name unit.");
const unitConfig = unit;

for (const { modules, tests } of Object.values(GROUPS)) {
  for (const path of [...modules.map((name) => `${name}.ts`), ...tests.map((name) => `${name}.test.ts`)])
    if (!existsSync(join(ROOT, path))) throw new Error(`tools/test/mutation-groups.mjs names ${path}.`);
}
await mkdir(join(ROOT, ".cache"), { recursive: true });

/** @param {import("./mutation-groups.mjs").Group} group */
function optionsOf({ modules, tests }) {
  return /** @type {ConstructorParameters<typeof Stryker>[0]} */ ({
    mutate: modules.map((path) => `${path}.ts`),
    // Texts are not changed. Golden files check the texts of messages, and the compiler checks texts that are members
    // of a union type.
    mutator: { excludedMutations: ["StringLiteral"] },
    testRunner: "jest",
    plugins: ["@stryker-mutator/jest-runner"],
    jest: {
      projectType: "custom",
      // The group names its tests. Searching for the related tests of each change would take most of the time.
      enableFindRelatedTests: false,
      config: {
        ...unitConfig,
        // These settings are merged with jest.config.js, and the projects in jest.config.js would run every test
        // several times.
        projects: [],
        testMatch: tests.map((path) => `<rootDir>/${path}.test.ts`),
      },
    },
    coverageAnalysis: "perTest",
    concurrency: 1,
    tempDirName: ".cache/stryker",
    ignorePatterns: [".cache", "dist", "emulator", "examples", "bench", "tests", "bin"],
    // The search for node_modules folders is off, because it would enter folders of scenarios while they are deleted.
    // Node.js finds the node_modules folder above the copy anyway.
    symlinkNodeModules: false,
    disableTypeChecks: false,
    reporters: ["progress-append-only"],
    // With a short timeout, a test that is slow for another reason would count as a test that finds a change.
    timeoutMS: 60_000,
    allowConsoleColors: false,
    thresholds: { high: 100, low: BAR, break: null },
  });
}

let hasFailed = false;
for (const name of names.length > 0 ? names : Object.keys(GROUPS)) {
  const group = GROUPS[name];
  if (group === undefined) continue;
  const mutants = await new Stryker(optionsOf(group)).runMutationTest();
  for (const path of group.modules) {
    const file = `${path}.ts`;
    const own = mutants.filter(({ fileName }) => relative(ROOT, fileName) === file);
    // A change with which a module does not load does not count, because no test can find it. Stryker does not count
    // such a change either.
    const counted = own.filter(({ status }) => !["Ignored", "CompileError", "RuntimeError"].includes(status));
    const found = counted.filter(({ status }) => status === "Killed" || status === "Timeout");
    const score = counted.length === 0 ? 100 : (100 * found.length) / counted.length;
    if (score < BAR) hasFailed = true;
    console.log(`${file}: ${score.toFixed(1)} %, ${found.length} of ${counted.length} mutants found`);
    for (const { status, location, mutatorName, replacement } of counted) {
      if (status === "Killed" || status === "Timeout") continue;
      const { line, column } = location.start;
      console.log(`  ${file}:${line}:${column} ${status} ${mutatorName}: ${replacement.replace(/\s+/g, " ")}`);
    }
  }
}
process.exitCode = hasFailed ? 1 : 0;
