import { join } from "node:path";
import { findSecrets } from "../../harness/closing";
import { Story } from "../../harness/scenario";

test("a program that leaks its key is found out, wherever the key went", async () => {
  const programFolder = join(__dirname, "program");
  const story = await Story.begin({ folder: __dirname, engine: "simulated", programFolder });
  try {
    expect(await findSecrets(story)).toEqual([]);
    await story.up("a program that leaks");
    const sightings = await findSecrets(story);
    const where = sightings.map(({ form, where }) => `${form.replace(/ at offset \d/, "")} in ${where}`);
    expect(where).toEqual(
      expect.arrayContaining(['plain in what "a program that leaks" printed', "plain in stack export"]),
    );
    expect(where).toContain('base64 in what "a program that leaks" printed');
    expect(where).toContain("plain in TMPDIR/request.log");
    expect(where.some((one) => one.startsWith("plain in the state's files/"))).toBe(true);
    // What was found is told without telling it again.
    expect(JSON.stringify(sightings)).not.toContain(story.emulator.apiKey);
  } finally {
    await story.abandon();
  }
  story.work.remove();
}, 240_000);
