// @ts-check
/**
 * `npm run audit:lockfile`: what can be said of the dependencies without a network. Each locked package has an integrity and a
 * licence that is allowed, and none runs a script when it is installed but those that are known.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { errorsOfLockfile } from "./lockfile.cjs";

const errors = errorsOfLockfile(JSON.parse(await readFile(join(ROOT, "package-lock.json"), "utf8")));
for (const error of errors) console.error(error);
console.log(errors.length === 0 ? "package-lock.json: no problems" : `${errors.length} objections`);
process.exitCode = errors.length === 0 ? 0 : 1;
