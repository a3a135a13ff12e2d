import type { BucketCredentials } from "../credentials";
import { canonicalRequest, sha256, signature, signingKey } from "./canonical";
import { type QueryParameter, uriEncoded } from "./encoding";
import { ALGORITHM, UNSIGNED } from "./verify";

/** The object of a signed link, and how the link is signed. */
export interface LinkParts {
  /** The value of the header `Host` that a client sends with the link. */
  readonly host: string;
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The number of seconds for which the link is valid. */
  readonly seconds: number;
}

/**
 * Returns the path and query of a link. With this link, a browser downloads an object (`GET`) instead of showing it.
 */
export function downloadLink(parts: LinkParts, { accessKey, secretKey, sessionToken }: BucketCredentials): string {
  const { host, bucket, key, region, now, seconds } = parts;
  const timestamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = { date: timestamp.slice(0, 8), region, service: "s3" };
  const path = `/${[bucket, ...key.split("/")].map(uriEncoded).join("/")}`;
  const name = uriEncoded(key.slice(key.lastIndexOf("/") + 1));
  const query: readonly QueryParameter[] = [
    ["X-Amz-Algorithm", ALGORITHM],
    ["X-Amz-Credential", [accessKey, scope.date, region, scope.service, "aws4_request"].join("/")],
    ["X-Amz-Date", timestamp],
    ["X-Amz-Expires", String(seconds)],
    ["X-Amz-Security-Token", sessionToken],
    ["X-Amz-SignedHeaders", "host"],
    ["response-content-disposition", `attachment; filename*=UTF-8''${name}`],
  ];
  const canonical = canonicalRequest({
    method: "GET",
    path,
    query,
    headers: [["host", host]],
    payloadHash: UNSIGNED,
  });
  const signed = signature(signingKey(secretKey, scope), ALGORITHM, timestamp, scope, [sha256(canonical)]);
  const encoded = [...query, ["X-Amz-Signature", signed] as const].map(
    ([parameter, value]) => `${uriEncoded(parameter)}=${uriEncoded(value)}`,
  );
  return `${path}?${encoded.join("&")}`;
}
