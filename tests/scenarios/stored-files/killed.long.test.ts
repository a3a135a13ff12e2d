import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { killAt, type Moment } from "../../harness/kill-at";
import { testScenario } from "../../harness/register";
import { hostOfProject } from "../../harness/workspace";

const CREATES: readonly Moment[] = [
  ["ListObjectsV2", 0, "before"],
  ["CreateBucket", 0, "after"],
  ["PutObject", 0, "before"],
  ["PutObject", 0, "after"],
  ["PutObject", 1, "before"],
  ["PutObject", 2, "after"],
  ["CreateMultipartUpload", 0, "after"],
  ["UploadPart", 0, "after"],
  ["UploadPart", 1, "before"],
  ["CompleteMultipartUpload", 0, "before"],
  ["CompleteMultipartUpload", 0, "after"],
];
const UPDATES: readonly Moment[] = [
  ["ListObjectsV2", 0, "after"],
  ["PutObject", 0, "before"],
  ["PutObject", 1, "after"],
  ["UploadPart", 1, "after"],
  ["DeleteObjects", 0, "before"],
  ["DeleteObjects", 0, "after"],
];
const DESTROYS: readonly Moment[] = [
  ["ListObjectsV2", 0, "before"],
  ["ListMultipartUploads", 0, "before"],
  ["DeleteObjects", 0, "before"],
];

/**
 * The moments of this host. The hosts make the same requests, so each moment is played with one of them, and each kind
 * of command with both.
 */
function ofHost(moments: readonly Moment[]): readonly Moment[] {
  const own = hostOfProject() === "plugin" ? 1 : 0;
  return moments.filter((_, at) => at % 2 === own);
}

/** More than two parts. */
const LARGE = 17_000_000;

const UP = ["up", "--yes", "--skip-preview"];
const DESTROY = ["destroy", "--yes", "--skip-preview"];

/** The files of the bucket below the prefix, as the emulator has them on its disk. */
function stored(mount: string): Readonly<Record<string, string>> {
  const folder = join(mount, "shared");
  const entries = readdirSync(folder, { withFileTypes: true });
  return Object.fromEntries(entries.map(({ name }) => [name, digest(readFileSync(join(folder, name)))]));
}

const digest = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex").slice(0, 8);

testScenario(
  "a command that is killed at any moment loses no file, and changes no file of somebody else",
  { folder: __dirname, variant: "killed", seconds: 1500 },
  async (scenario) => {
    const mount = join(scenario.work.emulator, "data", "bucket", "mount");
    const data = (name: string): string => join(scenario.work.program, "data", name);
    const files = new Map<string, string | Buffer>();
    const write = (name: string, content: string | Buffer): void => {
      mkdirSync(join(data(name), ".."), { recursive: true });
      writeFileSync(data(name), content);
      files.set(name, content);
    };
    const expected = (): Readonly<Record<string, string>> =>
      Object.fromEntries(
        [...files, ["theirs.txt", "theirs"] as const].map(([name, content]) => [name, digest(content)]).sort(),
      );
    /** Something to send for each kind of request. What the last command was killed with may have arrived. */
    const change = (round: string): void => {
      for (const name of ["a", "b", "c"]) write(`${round}-${name}`, `content of ${name} in ${round}`);
      write("often-changed", round);
      write("big", Buffer.alloc(LARGE, `${round} 0123456789`));
    };

    for (const [at, moment] of ofHost(CREATES).entries()) {
      change(`create-${at}`);
      await killAt(scenario, UP, moment);
      // A new account has no bucket.
      if (!existsSync(mount)) continue;
      mkdirSync(join(mount, "shared"), { recursive: true });
      writeFileSync(join(mount, "shared", "theirs.txt"), "theirs");
    }
    await scenario.pulumi.quietly(UP);
    expect(stored(mount)).toEqual(expected());

    for (const [at, moment] of ofHost(UPDATES).entries()) {
      change(`update-${at}`);
      for (const name of ["a", "b"]) {
        rmSync(data(`create-${at}-${name}`));
        files.delete(`create-${at}-${name}`);
      }
      await killAt(scenario, UP, moment);
    }
    await scenario.pulumi.quietly(UP);
    expect(stored(mount)).toEqual(expected());

    for (const moment of ofHost(DESTROYS)) await killAt(scenario, DESTROY, moment);
    await scenario.pulumi.quietly(DESTROY);
    expect(stored(mount)).toEqual({ "theirs.txt": digest("theirs") });
    // Unfinished uploads take space that no list shows.
    expect(readdirSync(join(mount, "..", "uploads"))).toEqual([]);
    await scenario.leaveRequestsOut();
  },
);
