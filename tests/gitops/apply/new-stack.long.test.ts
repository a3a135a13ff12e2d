import { existsSync } from "node:fs";
import { join } from "node:path";
import { pulumiFolder } from "../../harness/processes/tools";
import { Pipeline } from "../pipeline";

/**
 * An environment in which `pulumi` is a script. The script behaves as if another pipeline ran, or as if a role had no
 * permission.
 */
function environment(more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const path = [
    join(__dirname, "..", "tools", "racing"),
    pulumiFolder(),
    join(process.execPath, ".."),
    "/usr/bin",
    "/bin",
  ];
  return { PATH: path.join(":"), PULUMI_ITSELF: join(pulumiFolder(), "pulumi"), ...more };
}

test("of two first applies of a stack, the later one continues with the stack of the other one", () =>
  Pipeline.run(
    "new-stack-race",
    "program",
    "dynamic",
    async (pipeline) => {
      const late = await pipeline.ci("apply");
      expect(late.output).not.toMatch(/already exists|AlreadyExists|report it/);
      expect(late).toMatchObject({ exitCode: 0, starts: 2 });
    },
    environment(),
  ));

test.each(["whole", "refused"])("an apply that meets the lock of another pipeline's creation waits: %s", (created) =>
  Pipeline.run(
    `new-stack-lock-${created}`,
    "program",
    "dynamic",
    async (pipeline) => {
      const late = await pipeline.ci("apply");
      expect(late.output).toMatch(
        /^The stack is locked by robot@ci-2 \(pid 7\) at \S+ \(.*\); waiting up to 600 s\.$/m,
      );
      expect(late.output).not.toMatch(/currently locked|LYC\d{4}/);
      expect(late).toMatchObject({ exitCode: 0, starts: 2 });
    },
    environment({ CREATES: created }),
  ),
);

test("an apply ends with 3 if the lock of the creation stays", () =>
  Pipeline.run(
    "new-stack-locked",
    "program",
    "dynamic",
    async (pipeline) => {
      const locked = await pipeline.ci("apply", "--lock-wait", "0", "--summary", "out/s.md");
      expect(locked).toMatchObject({ exitCode: 3, starts: 0 });
      expect(locked.output).toMatch(/^LYC5003: The stack is locked by robot@ci-2 \(pid 7\)/m);
      expect(pipeline.read("out/s.md")).toContain("It did not begin: another command has locked the stack.");
    },
    environment({ CREATES: "refused" }),
  ));

test("an apply that meets the lock of another pipeline while it is released is tried again, without a word", () =>
  Pipeline.run(
    "released-lock",
    "program",
    "dynamic",
    async (pipeline) => {
      const applied = await pipeline.ci("apply");
      expect(applied.output).not.toMatch(/errors occurred|NotFound/);
      expect(applied).toMatchObject({ exitCode: 0, starts: 2 });
      expect(existsSync(join(pipeline.work.state, ".pulumi", "locks", "organization", "story", "dev-released"))).toBe(
        true,
      );
    },
    environment({ RELEASES: "1" }),
  ));

test("a preview of a new stack with a role that may only read the state explains what to do", () =>
  Pipeline.run(
    "new-stack-reader",
    "program",
    "dynamic",
    async (pipeline) => {
      const refused = await pipeline.ci("preview", "--summary", "out/s.md");
      expect(refused).toMatchObject({ exitCode: 1, starts: 0 });
      expect(refused.output).toMatch(
        /^LYC5005: The stack dev does not exist, and Pulumi cannot create it: .*AccessDenied/m,
      );
      expect(refused.output).toContain("`pulumi stack init NAME`");
      // The comment on the pull request shows the error too.
      expect(pipeline.read("out/s.md")).toMatch(/^<!-- pulumi-lyceum preview story\/dev -->[\s\S]*LYC5005: /);
    },
    environment({ ONLY_READS: "1" }),
  ));
