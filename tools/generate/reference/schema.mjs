// The text of plugin/schema.json.
import { readFileSync } from "node:fs";
import schema from "./load-schema.cjs";

/** The schema that the plugin answers with, at the version of the package. */
export function schemaText() {
  const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  return `${JSON.stringify(schema.packageSchema(version), null, 2)}\n`;
}
