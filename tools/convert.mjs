// @ts-check
/**
 * `node tools/convert.mjs FOLDER OUT` converts the YAML program in FOLDER, which uses the plugin, to a TypeScript
 * project in OUT.
 */
import { withConverter } from "./converter.mjs";
import { checkNode } from "./project.mjs";
import { runMain, ToolError } from "./run.mjs";

await runMain(async () => {
  checkNode();
  const [folder, out] = process.argv.slice(2);
  if (folder === undefined || out === undefined)
    throw new ToolError("Two folders are needed: the program's and the new one.");
  await withConverter((convert) => convert(folder, out));
  return 0;
});
