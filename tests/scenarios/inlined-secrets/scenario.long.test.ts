import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findSecrets } from "../../harness/closing";
import { testScenario } from "../../harness/register";
import { filesWith } from "./files";

const canaryOf = (path: string): string => `canary+${path.replace(/[^a-z]/gi, "-")}/7f`;

testScenario(
  "passwords in configuration files that are sent are in no state, no diff and no log",
  { folder: __dirname },
  async (scenario) => {
    for (const [path, fileWith] of Object.entries(filesWith)) {
      scenario.plant(path, canaryOf(path));
      scenario.work.write(`deploy/${path}`, fileWith(canaryOf(path)));
    }
    // The logs of the Pulumi CLI are in a folder in which the test searches for secrets.
    const inDetail = ["-v=9", "--logflow"];
    const preview = await scenario.preview("a preview names each file", {}, ...inDetail);
    for (const path of Object.keys(filesWith).filter((path) => path.startsWith("conf/"))) {
      expect(preview.output).toContain(path);
    }
    await scenario.up("up starts the run", {}, ...inDetail);
    for (const [path, fileWith] of Object.entries(filesWith)) {
      const changed = `${canaryOf(path)}-again`;
      scenario.plant(`${path}, changed`, changed);
      scenario.work.write(`deploy/${path}`, fileWith(changed));
    }
    const changed = await scenario.preview("a change of each is reported, and not shown", {}, ...inDetail);
    expect(changed.output).toContain("content (secret) changed");
    expect(await findSecrets(scenario)).toEqual([]);
    const planted = join(scenario.work.temporary, "planted");
    writeFileSync(planted, filesWith["odoo.conf"]?.(canaryOf("odoo.conf")) ?? "");
    expect(await findSecrets(scenario)).toMatchObject([{ canary: "odoo.conf", form: "plain" }]);
    // Pulumi logs a provider's answer before it masks it, including the URL of a run's output.
    rmSync(scenario.work.temporary, { recursive: true });
    mkdirSync(scenario.work.temporary);
    await scenario.destroy();
  },
);
