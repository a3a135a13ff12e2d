// Previews and applies several stacks with Pulumi's Automation API, at most two at a time:
//
//   node scripts/apply-all.mjs dev prod
//
// A stack that fails stops no other one. Exit code 1: one of them has failed.
import { mkdirSync, writeFileSync } from "node:fs";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";

const AT_ONCE = 2;

/** What would change, then what did; the last line of an error says what Pulumi met. */
async function apply(stackName) {
  try {
    const stack = await LocalWorkspace.createOrSelectStack({ stackName, workDir: "infra" });
    const { changeSummary } = await stack.preview({ color: "never" });
    console.log(`${stackName}: ${JSON.stringify(changeSummary)}`);
    await stack.up({ color: "never" });
    const { worker } = await stack.outputs();
    return { stackName, succeeded: true, text: `worker ${worker?.value ?? "not there"}` };
  } catch (error) {
    const lines = String(error.message).split("\n");
    const reason = lines.find((line) => /^\s*(\* |error: )/.test(line) || line.includes("LYC")) ?? lines[0];
    return { stackName, succeeded: false, text: reason.trim() };
  }
}

const waiting = process.argv.slice(2);
const results = [];
async function next() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) results.push(await apply(name));
}
await Promise.all(Array.from({ length: AT_ONCE }, next));

const rows = results
  .sort((one, other) => one.stackName.localeCompare(other.stackName))
  .map(({ stackName, succeeded, text }) => `| ${stackName} | ${succeeded ? "applied" : "failed"} | ${text} |`);
mkdirSync("reports", { recursive: true });
writeFileSync("reports/stacks.md", `${["| stack | | |", "|---|---|---|", ...rows].join("\n")}\n`);
console.log(rows.join("\n"));
process.exitCode = results.every(({ succeeded }) => succeeded) ? 0 : 1;
