import { secret } from "../case";
import { ALNUM, BASE32, BASE64, BASE64URL, HEX, joined, LOWER_ALNUM, UPPER_ALNUM, uuidOf } from "../random";
import { named, prefixed, row, type TokenRows } from "./row";

const base64Key = (bytes: Buffer) => bytes.toString("base64");

/** Keys of clouds and of platforms that run programs. */
export const CLOUD_TOKENS: TokenRows = [
  prefixed("AWS access key id", "AKIA", BASE32, 16),
  prefixed("AWS temporary access key id", "ASIA", BASE32, 16),
  named("AWS secret access key", "AWS_SECRET_ACCESS_KEY", (r) => r.text(BASE64, 40)),
  named("AWS session token", "AWS_SESSION_TOKEN", (r) => joined("IQoJb3JpZ2luX2Vj", base64Key(r.bytes(300)))),
  row("AWS Bedrock key", (r) => joined("ABSK", base64Key(Buffer.from(`BedrockAPIKey-${r.text(LOWER_ALNUM, 80)}`)))),
  row("AWS address with a signature", (r) =>
    joined(
      "https://data.s3.amazonaws.com/train.tar?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=",
      secret(r.text(HEX, 64)),
      "&X-Amz-SignedHeaders=host",
    ),
  ),
  prefixed("Google API key", "AIza", BASE64URL, 35),
  row("Google OAuth token", (r) => joined("ya29.", "a0Af", r.text(BASE64URL, 130))),
  prefixed("Google OAuth client secret", "GOCSPX-", BASE64URL, 28),
  row("Google service account", (r) => {
    const key = [
      "-----BEGIN PRI",
      `VATE KEY-----\n${r.text(BASE64, 64)}\n${r.text(BASE64, 64)}\n-----END PRI`,
      "VATE KEY-----\n",
    ];
    return JSON.stringify({ type: "service_account", project_id: "train", private_key: "@" }).replace(
      "@",
      secret(JSON.stringify(key.join("")).slice(1, -1), key.join(""), key.join("").trim()),
    );
  }),
  row("Google refresh token", (r) => joined("1//0g", r.text(BASE64URL, 98))),
  row("Azure storage connection string", (r) =>
    joined(
      "DefaultEndpointsProtocol=https;AccountName=train;AccountKey=",
      secret(base64Key(r.bytes(64))),
      ";EndpointSuffix=core.windows.net",
    ),
  ),
  row("Azure Service Bus connection string", (r) =>
    joined(
      "Endpoint=sb://jobs.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=",
      secret(base64Key(r.bytes(32))),
    ),
  ),
  row("Azure client secret", (r) => joined(r.text(ALNUM, 3), "8Q~", r.text(`${ALNUM}_.~-`, 33), "a")),
  row("Azure shared access signature", (r) =>
    joined(
      "https://train.blob.core.windows.net/data?sv=2024-11-04&sp=r&se=2027-01-01T00%3A00%3A00Z&sig=",
      secret(encodeURIComponent(base64Key(r.bytes(32)))),
    ),
  ),
  row("Azure DevOps token", (r) => joined(r.text(ALNUM, 75), "AAAA", "AZDO", r.text(ALNUM, 4))),
  named("Azure Cosmos key", "COSMOS_KEY", (r) => base64Key(r.bytes(64))),
  prefixed("DigitalOcean personal token", "dop_v1_", HEX, 64),
  prefixed("DigitalOcean OAuth token", "doo_v1_", HEX, 64),
  named("DigitalOcean Spaces secret", "SPACES_SECRET_KEY", (r) => r.text(BASE64, 43)),
  named("Cloudflare token", "CLOUDFLARE_API_TOKEN", (r) => r.text(BASE64URL, 40)),
  row("Cloudflare origin CA key", (r) => joined("v1.0-", r.text(HEX, 24), "-", r.text(HEX, 146))),
  row("Cloudflare tunnel token", (r) =>
    Buffer.from(JSON.stringify({ a: r.text(HEX, 32), t: uuidOf(r), s: base64Key(r.bytes(32)) })).toString("base64"),
  ),
  row("Heroku key", (r) => joined("HRKU-", "AA", r.text(BASE64URL, 58))),
  named("Heroku key of the old form", "HEROKU_API_KEY", uuidOf),
  row("Fly token", (r) => joined("FlyV1 ", secret(joined("fm2_", r.text(BASE64, 160))))),
  prefixed("Render key", "rnd_", ALNUM, 32),
  prefixed("Netlify token", "nfp_", ALNUM, 36),
  named("Vercel token", "VERCEL_TOKEN", (r) => r.text(ALNUM, 24)),
  named("Railway token", "RAILWAY_TOKEN", uuidOf),
  prefixed("Supabase token", "sbp_", HEX, 40),
  row("Supabase secret key", (r) => joined("sb_", "secret_", r.text(BASE64URL, 22), "_", r.text(ALNUM, 8))),
  row("PlanetScale password", (r) => joined("pscale_", "pw_", r.text(BASE64URL, 43))),
  row("PlanetScale token", (r) => joined("pscale_", "tkn_", r.text(BASE64URL, 43))),
  row("Neon key", (r) => joined("napi_", r.text(LOWER_ALNUM, 64))),
  row("Tailscale auth key", (r) => joined("tskey-", "auth-", r.text(ALNUM, 11), "CNTRL-", r.text(ALNUM, 32))),
  row("Tailscale client secret", (r) => joined("tskey-", "client-", r.text(ALNUM, 11), "CNTRL-", r.text(ALNUM, 32))),
  row("Alibaba access key id", (r) => joined("LTAI", "5t", r.text(ALNUM, 18))),
  named("Alibaba secret", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", (r) => r.text(ALNUM, 30)),
  row("Scaleway access key", (r) => joined("SCW", r.text(UPPER_ALNUM, 17))),
  named("Scaleway secret key", "SCW_SECRET_KEY", uuidOf),
  named("Hetzner token", "HCLOUD_TOKEN", (r) => r.text(ALNUM, 64)),
  row("Databricks token", (r) => joined("dapi", r.text(HEX, 32), "-2")),
  row("Pulumi token", (r) => joined("pul-", r.text(HEX, 40))),
  row("Lyceum key", (r) => joined("lk_", r.text(ALNUM, 40))),
];
