import { said } from "../harness/commands";
import { ROOT } from "../harness/root";
import { start } from "../harness/run";
import { userEnvironment } from "./ground";

/** What the tools found amiss is what the failure says. */
async function passes(script: string): Promise<void> {
  const options = { cwd: ROOT, env: { ...userEnvironment(), NO_COLOR: "1" }, deadlineSeconds: 170 };
  const result = await start("npm", ["run", "--silent", script], options).ended;
  if (result.exitCode !== 0) throw new Error(`npm run ${script} ended with ${result.exitCode}:\n${said(result)}`);
}

test("the package is one that every resolver understands (publint, attw)", () => passes("check:package"), 180_000);

test("nothing lies about unused, nothing used is undeclared (knip)", () => passes("knip"), 180_000);
