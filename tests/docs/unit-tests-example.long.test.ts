import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./guides";

const folder = join(root, ".cache", "examples", "unit-tests");

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, "examples", "unit-tests"), folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `npm test` of the example, without access to Lyceum. */
function npmTest() {
  const { LYCEUM_API_KEY: _key, NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = process.env;
  const { status, stdout } = spawnSync("npm", ["test"], {
    cwd: folder,
    env: { ...env, LYCEUM_BASE_URL: "http://127.0.0.1:9" },
    encoding: "utf8",
  });
  return { status, stdout };
}

test("the unit tests of the guide pass, and fail for a changed program", () => {
  const passed = npmTest();
  expect(passed.stdout).toMatch(/pass 3\b/);
  expect(passed.status).toBe(0);
  const program = join(folder, "index.ts");
  writeFileSync(program, readFileSync(program, "utf8").replace('"gpu.a100"', '"cpu"'));
  const failed = npmTest();
  expect(failed.stdout).toMatch(/fail 1\b/);
  expect(failed.status).not.toBe(0);
});
