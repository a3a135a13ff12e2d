import { existsSync } from "node:fs";
import { join } from "node:path";
import { pulumiFolder } from "../../harness/processes/tools";
import { Pipeline } from "../pipeline";

/** The folder of a script `pulumi`, which behaves as if another pipeline released its lock. */
const RACING = join(__dirname, "..", "tools", "racing");

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
    {
      PATH: [RACING, pulumiFolder(), join(process.execPath, ".."), "/usr/bin", "/bin"].join(":"),
      PULUMI_ITSELF: join(pulumiFolder(), "pulumi"),
      RELEASES: "1",
    },
  ));
