import { inspectedTexts } from "../../harness/closing";
import { outputOfRun } from "../../harness/emulator/emulator";
import { scan } from "../../harness/golden/canaries";
import { startsIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";

/**
 * The values in env files, secret files and secret variables. They contain special characters, because every encoding
 * changes these.
 */
const secrets = {
  file: "file-canary/7f+&=%<q>",
  changed: "file-canary/another-8e+&",
  key: "key-canary/0123456789+&",
  password: "variable-canary/9d+&=%<>",
};
const env = { STORY_TAG: "v1.2.3" };

testScenario(
  "a project folder becomes one text, its containers get the declared values, and its secrets are shown nowhere",
  { folder: __dirname, hosts: ONE_HOST, engines: ["simulated", "docker"] },
  async (scenario) => {
    for (const [name, value] of Object.entries(secrets)) scenario.plant(name, value);
    await scenario.pulumi.setSecret("password", secrets.password);
    scenario.work.write("deploy/api.env", `FROM_FILE='${secrets.file}'\n`);
    scenario.work.write("deploy/key.txt", `${secrets.key}\n`);

    await scenario.preview("a preview shows the model, its secrets concealed, and what is not known yet", { env });
    await scenario.up("up starts the run", { env });
    const [run] = await scenario.runs();
    if (scenario.engine === "docker") {
      const output = await outputOfRun(scenario.emulator, run?.executionId ?? "");
      await scenario.leaveRequestsOut();
      expect(output).toContain("tag v1.2.3, note noted, mode of-base, rate 0.5");
      const given = `file ${secrets.file}, variable ${secrets.password}, key ${secrets.key}`;
      expect(output).toContain(JSON.stringify(given).slice(1, -1));
      for (const line of ["debugging", "reporting"]) expect(output).toContain(line);
    }
    // The search works: it finds the image of a service in the state.
    const shown = { name: "shown", value: "busybox:stable" };
    expect(scan(await inspectedTexts(scenario), [shown]).map(({ where }) => where)).toContain("stack export");

    await scenario.up("up again changes nothing", { env }, "--expect-no-changes");
    scenario.work.write(
      "deploy/compose.override.yaml",
      "# written in another way\nservices:\n  api:\n    labels:\n      stage: test\n      team: 'platform'\n",
    );
    await scenario.up("a file written in another way starts nothing", { env }, "--expect-no-changes");

    scenario.work.write("deploy/story.env", "STORY_TAG=v1.2.3\n");
    scenario.work.write("settings.json", JSON.stringify({ code: 0, envFiles: ["deploy/story.env"] }));
    await scenario.up("a variable that now comes from an env file starts nothing", {}, "--expect-no-changes");
    scenario.work.write("settings.json", JSON.stringify({ code: 0 }));
    await scenario.up("a variable that comes from the shell again starts nothing", { env }, "--expect-no-changes");

    scenario.work.write("deploy/api.env", `FROM_FILE='${secrets.changed}'\n`);
    const preview = await scenario.preview("a changed secret is shown by its key only", { env });
    expect(preview.output).toContain("services.api.environment.FROM_FILE (secret) changed");
    // The JSON is long, and much of it changes each time, so only this test searches it.
    const json = await scenario.pulumi.start(["preview", "--json"], { env }).ended;
    expect(json.stdout).toContain("services.api.environment.FROM_FILE (secret) changed");
    expect(scan([{ where: "JSON", text: `${json.stdout}${json.stderr}` }], scenario.canaries)).toEqual([]);

    scenario.work.write("settings.json", JSON.stringify({ code: 3 }));
    scenario.edit("deploy/compose.yaml", (text) => text.replace("exitCode: 0", "exitCode: 3"));
    const failed = await scenario.up("a run that fails shows what it wrote, without the secrets", { env, fails: true });
    expect(startsIn(failed.requests)).toBe(1);
    if (scenario.engine === "docker")
      expect(failed.output).toContain("file [redacted], variable [redacted], key [redacted]");

    scenario.edit("deploy/parts/report.yaml", (text) => text.replace("command", "comand"));
    const invalid = await scenario.preview("an error in an included file is reported at its line there", {
      env,
      fails: true,
    });
    expect(invalid.output).toContain("deploy/parts/report.yaml:4:5 error LYC2105");
    const unset = await scenario.preview("a required variable that is not set is an error", { fails: true });
    expect(unset.output).toContain("deploy/compose.yaml:16:12 error LYC2309");
    await scenario.destroy();
  },
);
