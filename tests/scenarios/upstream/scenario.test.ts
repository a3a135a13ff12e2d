import { tell } from "../../harness/register";
import { type Story, urnOf } from "../../harness/scenario";

/** How often each of the two was started. */
async function starts(story: Story): Promise<readonly [prepare: number, train: number]> {
  const names = (await story.runs()).map(({ fileName }) => fileName ?? "");
  const of = (name: string): number => names.filter((one) => one.endsWith(`-${name}`)).length;
  return [of("prepare"), of("train")];
}

const again = (story: Story) => story.up("prepare runs again", {}, "--replace", urnOf("prepare"));

tell(
  "an upstream that is replaced starts what depends on its outputs again, also where they turn out the same",
  { folder: __dirname, variant: "output", engines: ["simulated"] },
  async (story) => {
    await story.up("a run each");
    const up = await again(story);
    expect(up.said).toContain("starts a new run in place of");
    expect(up.said).not.toContain("may start");
    expect(await starts(story)).toEqual([2, 2]);
    await story.destroy();
  },
);

tell(
  "a trigger that is known, and dependsOn, start it only when what the upstream is made of has changed",
  { folder: __dirname, engines: ["simulated"] },
  async (story) => {
    await story.up("a run each");
    await again(story);
    expect(await starts(story)).toEqual([2, 1]);
    story.edit("prepare.yaml", (text) => text.replace('"true"', '"true", "really"'));
    await story.up("prepare is another one now");
    expect(await starts(story)).toEqual([3, 2]);
    await story.destroy();
  },
);
