import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../root";

/** Returns the folder with `pulumi` and its language hosts. */
export function pulumiFolder(): string {
  const given = process.env.LYCEUM_TEST_PULUMI_BIN;
  if (given !== undefined && given !== "") return given;
  // `npm test` sets the folder. Without it, the tool runs in a separate process, because the tool is an ES module.
  const tool = pathToFileURL(join(ROOT, "tools", "setup", "pulumi-cli.mjs")).href;
  const script = `const { ensurePulumiCli } = await import(${JSON.stringify(tool)});
    const { binDir } = await ensurePulumiCli((line) => console.error(line));
    console.log(binDir);`;
  try {
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    const folder = printed.trim().split("\n").at(-1);
    if (folder) return folder;
  } catch {
    // The tool has already printed its message on standard error.
  }
  throw new Error("No Pulumi CLI: run `npm test`, or set LYCEUM_TEST_PULUMI_BIN to the folder that holds `pulumi`.");
}
