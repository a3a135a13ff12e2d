// The text of plugin/schema.json.
import schema from "./load-schema.cjs";
import { VERSION } from "./version.mjs";

/** The schema that the plugin answers with, at the version of the package. */
export const schemaText = () => `${JSON.stringify(schema.packageSchema(VERSION), null, 2)}\n`;
