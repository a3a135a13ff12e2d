import { visit } from "yaml";
import { parseBounded } from "../engines/bounded-yaml";
import type { StartBody } from "./execution";

/**
 * Returns every text of a start request that may be secret: the keys and values in its Compose text, and the other
 * fields. If the Compose text is not valid YAML, its keys and values are left out.
 */
export function textValues({ compose_file_code: code, ...fields }: StartBody): readonly string[] {
  const found = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string") found.add(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  collect(fields);
  const yaml = parseBounded(String(code ?? ""));
  for (const document of yaml.kind === "errors" ? [] : yaml.documents) {
    visit(document, {
      Scalar(_key, { value }) {
        // Compose reads two dollar signs as one.
        if (value !== null) found.add(String(value).replaceAll("$$", () => "$"));
      },
    });
  }
  return [...found];
}
