import { isHttpAllowed } from "../configuration/base-url";
import { asText, field } from "../json";
import type { StorageCredentials } from "../port";

/** The region of a bucket if its credentials contain no region. */
const DEFAULT_REGION = "us-east-1";

/**
 * Reads the credentials of the bucket. Returns undefined if a value is missing, or if the credentials must not be sent
 * to the endpoint. An endpoint without a scheme is an https address. Plain http is allowed under the same conditions as
 * for the API key (`isHttpAllowed`).
 */
export function parseStorageCredentials(body: unknown, apiKey: string): StorageCredentials | undefined {
  const text = (key: string) => asText(field(body, key))?.trim();
  const accessKey = text("access_key");
  const secretKey = text("secret_key");
  const sessionToken = text("session_token");
  const bucket = text("bucket_name");
  const endpoint = endpointOf(text("endpoint"), apiKey);
  if (accessKey === undefined || secretKey === undefined || sessionToken === undefined) return undefined;
  if (bucket === undefined || endpoint === undefined) return undefined;
  return { accessKey, secretKey, sessionToken, endpoint, bucket, region: text("region") ?? DEFAULT_REGION };
}

function endpointOf(given: string | undefined, apiKey: string): string | undefined {
  if (given === undefined) return undefined;
  const text = given.includes("://") ? given : `https://${given}`;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === "https:" || (url.protocol === "http:" && isHttpAllowed(text, apiKey)) ? url.href : undefined;
}
