import { isMap } from "../../schema";
import { asText, field, parseJson } from "../json";
import { DEFAULT_BASE_URL, readBaseUrl } from "./base-url";
import { isSlug } from "./settings";

/**
 * The content of the login file of the vendor's CLI, or why there is no content. `not-read`: the file was not needed.
 */
export type ConfigurationFile =
  | { readonly kind: "not-read" }
  | { readonly kind: "absent"; readonly path: string }
  | { readonly kind: "unusable"; readonly path: string; readonly reason: string }
  | { readonly kind: "text"; readonly path: string; readonly text: string; readonly openToOthers: boolean };

/** The login in the file, or why the file has no login. The reason never contains content of the file. */
export type Login =
  | { readonly kind: "none"; readonly reason: string }
  | { readonly kind: "error"; readonly path: string; readonly reason: string }
  | {
      readonly kind: "login";
      readonly path: string;
      readonly token: string;
      readonly baseUrl: string;
      readonly organisation?: string;
    };

/**
 * Reads `{api_key, base_url?, active_org_slug?}` from the login file. The vendor's CLI writes `base_url` without the
 * API's path. The base URL of the result has this path.
 */
export function readLogin(file: ConfigurationFile): Login {
  if (file.kind === "not-read") return { kind: "none", reason: "" };
  const { path } = file;
  if (file.kind === "absent") return { kind: "none", reason: `${path} does not exist` };
  if (file.kind === "unusable") return { kind: "error", path, reason: file.reason };

  const error = (reason: string): Login => ({ kind: "error", path, reason });
  const content = parseJson(file.text.replace(/^\uFEFF/, ""));
  if (content === undefined) return error("it is not JSON");
  if (!isMap(content)) return error("it holds no JSON object");

  const token = field(content, "api_key") ?? null;
  if (token === null || token === "") return { kind: "none", reason: `${path} holds no api_key` };
  const text = asText(token)?.trim();
  if (text === undefined) return error("its api_key is not a text");

  const host = field(content, "base_url") ?? null;
  if (host !== null && asText(host) === undefined) return error("its base_url is not a text");
  const baseUrl = readBaseUrl(asText(host)?.trim() ?? DEFAULT_BASE_URL, text);
  if (baseUrl.kind === "error") return error(`its base_url cannot be used: ${baseUrl.reason}`);

  const slug = field(content, "active_org_slug") ?? null;
  if (slug !== null && typeof slug !== "string") return error("its active_org_slug is not a text");
  const organisation = asText(slug)?.trim();
  if (organisation !== undefined && !isSlug(organisation)) return error("its active_org_slug is not a slug");
  return {
    kind: "login",
    path,
    token: text,
    baseUrl: baseUrl.baseUrl,
    ...(organisation === undefined ? {} : { organisation }),
  };
}
