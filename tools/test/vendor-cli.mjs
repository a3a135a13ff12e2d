// @ts-check
/**
 * `node tools/test/vendor-cli.mjs` fetches the vendor's own CLI for its scenarios. The CLI stays unchanged. On success,
 * a JSON line on standard output says how to call the CLI. After a failure, standard error has the reason.
 */
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { runMain } from "../run.mjs";
import { ensureVenv } from "../setup/python.mjs";

await runMain(async () => {
  const requirements = join(ROOT, "tools", "vendor-cli", "requirements.txt");
  const options = { name: "vendor-cli", requirements, oldest: "3.11.0", what: "the vendor's CLI", log: console.error };
  const bin = join(await ensureVenv(options), "bin");
  console.log(JSON.stringify({ command: [join(bin, "python"), join(bin, "lyceum")] }));
  return 0;
});
