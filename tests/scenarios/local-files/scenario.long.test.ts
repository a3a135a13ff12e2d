import { outputOfRun } from "../../harness/emulator/emulator";
import { ONE_HOST, testScenario } from "../../harness/register";

const secret = "file-canary/7f+&=%<q>";

testScenario(
  "mounts of local files are sent with the text, and the container gets the same bytes",
  { folder: __dirname, hosts: ONE_HOST, engines: ["simulated", "docker"] },
  async (scenario) => {
    scenario.plant("file", secret);
    scenario.work.write("deploy/app.env", `PASSWORD=${secret}\n`);
    const preview = await scenario.preview("a preview names each file and each volume");
    for (const name of ["app.conf", "conf.d/a.conf", "conf.d/b.conf", "run.sh", "app.env", "folder_data"]) {
      expect(preview.output).toContain(name);
    }
    await scenario.up("up starts the run");
    const [run] = await scenario.runs();
    if (scenario.engine === "docker") {
      const output = await outputOfRun(scenario.emulator, run?.executionId ?? "");
      await scenario.leaveRequestsOut();
      // biome-ignore lint/suspicious/noTemplateCurlyInString: what the file holds
      for (const line of ["cost = 5$ of ${TOTAL}", "first", '\tsecond: "quoted"\\n', "ran as run.sh", secret]) {
        expect(output).toContain(JSON.stringify(line).slice(1, -1));
      }
    }
    await scenario.up("up again changes nothing", {}, "--expect-no-changes");
    scenario.work.write("deploy/conf.d/c.conf", "third\n");
    const added = await scenario.preview("a file that is added to a folder is a change");
    expect(added.output).toContain("file_conf_d_c_conf");
    scenario.work.write("deploy/app.env", `PASSWORD=another-${secret}\n`);
    const changed = await scenario.preview("a secret file is reported as changed, and not shown");
    expect(changed.output).toContain("configs.file_app_env.content (secret) changed");
    scenario.work.write("deploy/conf.d/d.conf", "\u0000");
    const refused = await scenario.preview("a file that a text cannot contain is an error", { fails: true });
    expect(refused.output).toContain("deploy/compose.yaml:14:31 error LYC2303");
    await scenario.destroy();
  },
);
