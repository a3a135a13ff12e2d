import { join } from "node:path";
import { findSecrets } from "../../harness/closing";
import { Scenario } from "../../harness/scenario";

test("finds a program that leaks its key, wherever the key is", async () => {
  const programFolder = join(__dirname, "program");
  const scenario = await Scenario.begin({ folder: __dirname, engine: "simulated", programFolder });
  try {
    expect(await findSecrets(scenario)).toEqual([]);
    await scenario.up("a program that leaks");
    const sightings = await findSecrets(scenario);
    const where = sightings.map(({ form, where }) => `${form.replace(/ at offset \d/, "")} in ${where}`);
    expect(where).toEqual(
      expect.arrayContaining(['plain in what "a program that leaks" printed', "plain in stack export"]),
    );
    expect(where).toContain('base64 in what "a program that leaks" printed');
    expect(where).toContain("plain in TMPDIR/request.log");
    expect(where.some((one) => one.startsWith("plain in the state's files/"))).toBe(true);
    // A sighting is reported without printing the key again.
    expect(JSON.stringify(sightings)).not.toContain(scenario.emulator.apiKey);
  } finally {
    await scenario.abandon();
  }
  scenario.work.remove();
});
