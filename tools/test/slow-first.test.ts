import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { SLOWEST } from "./jest-projects.cjs";

const SlowFirst = require("./slow-first.cjs") as new () => {
  shard<T>(tests: readonly T[], options: { shardIndex: number; shardCount: number }): T[];
};

// CI would never run a file that is in no share, and nobody would see it.

const root = join(__dirname, "../..");
const inProject = (name: string) => (path: string) => ({ path, context: { config: { displayName: { name } } } });
const slow = SLOWEST.map((part) => `/clone/${part}/a.long.test.ts`);
const others = Array.from({ length: 50 }, (_, index) => `/clone/tests/other/${index}.long.test.ts`);
const tests = [...[...others, ...slow].map(inProject("long")), ...others.map(inProject("plugin"))];
const share = (of: typeof tests, shardIndex: number) => new SlowFirst().shard(of, { shardIndex, shardCount: 3 });

test("each file is in exactly one share, once for each of its projects", () => {
  const dealt = [1, 2, 3].flatMap((index) => share(tests, index));
  expect(dealt).toHaveLength(tests.length);
  expect(new Set(dealt)).toEqual(new Set(tests));
});

test("machines that find the files in another order make the same shares", () => {
  const copies = [...tests].reverse().map((found) => structuredClone(found));
  for (const index of [1, 2, 3]) expect(share(copies, index)).toEqual(share(tests, index));
});

test("the slowest files are dealt one by one, and each share begins with its slowest", () => {
  for (const index of [1, 2, 3]) {
    const wanted = slow.filter((_, place) => place % 3 === index - 1);
    expect(
      share(tests, index)
        .slice(0, wanted.length)
        .map(({ path }) => path),
    ).toEqual(wanted);
  }
});

test("each slowest file exists", () => {
  const files = execFileSync("git", ["ls-files", "*.test.ts"], { cwd: root, encoding: "utf8" });
  expect(SLOWEST.filter((part) => !files.includes(part))).toEqual([]);
});
