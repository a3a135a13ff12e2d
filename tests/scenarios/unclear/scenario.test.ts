import { startsIn } from "../../harness/counts";
import { type Declared, declare, MANY } from "../../harness/many";
import { tell } from "../../harness/register";

const endless: Declared = { script: { start: 0, run: 600 } };
const operation = "startComposeExecution";

tell(
  "a start without a clear answer is looked for, and sent again only when it is proven that nothing came of it",
  { folder: __dirname, ...MANY },
  async (story) => {
    declare(story, { found: endless });
    await story.control.fault({ operation, fault: { kind: "status", status: 503, commit: "before" } });
    const found = await story.up("503, though the run exists: it is found and taken over");
    expect(startsIn(found.requests)).toBe(1);

    declare(story, { found: endless, "nothing-came": endless });
    await story.control.fault({ operation, fault: { kind: "reset", commit: "never" } });
    const again = await story.up("a reset, and no run: after 30 s of looking it is sent again");
    expect(startsIn(again.requests)).toBe(2);
    expect(await story.runs()).toHaveLength(2);

    // The engine asks about several resources at once: the runs of the others have to be known before this one is looked for.
    const undecidedLast = { ...endless, after: ["found", "nothing-came"] };
    declare(story, { found: endless, "nothing-came": endless, undecided: undecidedLast });
    await story.control.fault({ operation, fault: { kind: "garbage", commit: "before" } });
    await story.control.fault({ operation: "*", fault: { kind: "hide-file-name" } });
    const undecided = await story.up("an unreadable answer of a service that hides file names: nothing is proven", {
      fails: true,
    });
    expect(undecided.said).toContain("LYC3004");
    expect(startsIn(undecided.requests)).toBe(1);

    await story.control.clearFaults();
    const over = await story.up("the next up looks by itself, and takes the run over");
    expect(startsIn(over.requests)).toBe(0);
    expect(await story.runs()).toHaveLength(3);
    await story.destroy("destroy", { requests: "at once" });
  },
);
