import { secret } from "../case";
import { ALNUM, BASE64URL, DIGITS, HEX, joined, LOWER_ALNUM, UPPER_ALNUM, UPPER_HEX, uuidOf } from "../random";
import { named, prefixed, row, type TokenRow, type TokenRows } from "./row";

const MESSAGES: TokenRows = [
  row("Slack bot token", (r) => joined("xoxb-", r.text(DIGITS, 12), "-", r.text(DIGITS, 13), "-", r.text(ALNUM, 24))),
  row("Slack user token", (r) =>
    joined("xoxp-", [12, 12, 13].map((length) => r.text(DIGITS, length)).join("-"), "-", r.text(HEX, 32)),
  ),
  row("Slack app token", (r) =>
    joined("xapp-", "1-A", r.text(UPPER_ALNUM, 10), "-", r.text(DIGITS, 13), "-", r.text(HEX, 64)),
  ),
  row("Slack webhook", (r) =>
    joined(
      "https://hooks.slack.com/services/",
      secret(joined("T0", r.text(UPPER_ALNUM, 8), "/B0", r.text(UPPER_ALNUM, 8), "/", r.text(ALNUM, 24))),
    ),
  ),
  row("Discord bot token", (r) => {
    const id = Buffer.from(`1${r.text(DIGITS, 17)}`).toString("base64url");
    return joined(id, ".G", r.text(BASE64URL, 5), ".", r.text(BASE64URL, 38));
  }),
  row("Discord webhook", (r) =>
    joined("https://discord.com/api/webhooks/1", r.text(DIGITS, 18), "/", secret(r.text(BASE64URL, 68))),
  ),
  row("Teams webhook", (r) =>
    joined(
      `https://corp.webhook.office.com/webhookb2/${uuidOf(r)}@${uuidOf(r)}/IncomingWebhook/`,
      secret(joined(r.text(HEX, 32), "/", uuidOf(r))),
    ),
  ),
  row("Telegram bot token", (r) => joined("7", r.text(DIGITS, 9), ":AA", r.text(BASE64URL, 33))),
  prefixed("Twilio key", "SK", HEX, 32),
  named("Twilio auth token", "TWILIO_AUTH_TOKEN", (r) => r.text(HEX, 32)),
  row("SendGrid key", (r) => joined("SG.", r.text(BASE64URL, 22), ".", r.text(BASE64URL, 43))),
  row("Mailgun key", (r) => joined("key-", r.text(HEX, 32))),
  row("Mailchimp key", (r) => joined(r.text(HEX, 32), "-us", "14")),
  row("Brevo key", (r) => joined("xkey", "sib-", r.text(HEX, 64), "-", r.text(ALNUM, 16))),
  prefixed("Resend key", "re_", ALNUM, 33),
  named("Postmark token", "POSTMARK_SERVER_TOKEN", uuidOf),
];

const stripe = (name: string, first: string, mode: string): TokenRow =>
  row(name, (r) => joined(first, `_${mode}_51`, r.text(ALNUM, 97)));

const PAYMENTS: TokenRows = [
  stripe("Stripe secret key", "sk", "live"),
  stripe("Stripe test key", "sk", "test"),
  stripe("Stripe restricted key", "rk", "live"),
  prefixed("Stripe webhook secret", "whsec_", ALNUM, 32),
  row("Square token", (r) => joined("EAAA", r.text(BASE64URL, 60))),
  row("Square secret", (r) => joined("sq0", "csp-", r.text(BASE64URL, 43))),
  ...["shpat_", "shpss_", "shppa_", "shpca_"].map((prefix) =>
    prefixed(`Shopify token with ${prefix}`, prefix, HEX, 32),
  ),
  row("PayPal access token", (r) =>
    joined("access_token$", "production$", r.text(LOWER_ALNUM, 16), "$", r.text(HEX, 32)),
  ),
  named("PayPal client secret", "PAYPAL_CLIENT_SECRET", (r) => joined("E", r.text(BASE64URL, 79))),
  row("Razorpay key", (r) => joined("rzp_", "live_", r.text(ALNUM, 14))),
  row("Plaid token", (r) => joined("access-", "production-", uuidOf(r))),
];

const OBSERVABILITY: TokenRows = [
  row("Grafana service account", (r) => joined("glsa_", r.text(ALNUM, 32), "_", r.text(HEX, 8))),
  row("Grafana Cloud token", (r) =>
    joined("glc_", Buffer.from(JSON.stringify({ o: "811", n: "train", k: r.text(ALNUM, 24) })).toString("base64")),
  ),
  row("New Relic user key", (r) => joined("NRAK-", r.text(UPPER_ALNUM, 27))),
  row("New Relic license key", (r) => joined(r.text(HEX, 36), "NR", "AL")),
  row("New Relic ingest key", (r) => joined("NRII-", r.text(BASE64URL, 32))),
  row("Sentry organization token", (r) =>
    joined("sntrys_", "eyJpYXQiOjE3", r.text(ALNUM, 90), "_", r.text(BASE64URL, 43)),
  ),
  prefixed("Plex claim", "claim-", ALNUM, 20),
  prefixed("Sentry user token", "sntryu_", HEX, 64),
  named("Datadog key", "DD_API_KEY", (r) => r.text(HEX, 32)),
  named("Datadog app key", "DD_APP_KEY", (r) => r.text(HEX, 40)),
  row("Dynatrace token", (r) => joined("dt0c01.", r.text(UPPER_ALNUM, 24), ".", r.text(UPPER_ALNUM, 64))),
  row("Honeycomb key", (r) => joined("hcaik_", r.text(LOWER_ALNUM, 58))),
  row("PostHog personal key", (r) => joined("phx_", r.text(ALNUM, 43))),
  named("Elastic key", "ELASTIC_API_KEY", (r) =>
    Buffer.from(`${r.text(BASE64URL, 20)}:${r.text(BASE64URL, 22)}`).toString("base64"),
  ),
  named("Splunk HEC token", "SPLUNK_HEC_TOKEN", uuidOf),
  named("PagerDuty key", "PAGERDUTY_API_KEY", (r) => joined("u+", r.text(BASE64URL, 18))),
  row("OpsGenie address", (r) => joined("https://api.opsgenie.com/v1/json/prometheus?apiKey=", secret(uuidOf(r)))),
];

const WORK: TokenRows = [
  row("Linear key", (r) => joined("lin_", "api_", r.text(ALNUM, 40))),
  row("Notion token", (r) => joined("ntn_", r.text(DIGITS, 11), r.text(ALNUM, 35))),
  row("Notion token of the old form", (r) => joined("secret_", r.text(ALNUM, 43))),
  row("Figma token", (r) => joined("figd_", r.text(BASE64URL, 40))),
  row("Airtable token", (r) => joined("pat", r.text(ALNUM, 14), ".", r.text(HEX, 64))),
  row("Asana token", (r) => joined("2/", r.text(DIGITS, 16), "/", r.text(DIGITS, 16), ":", r.text(HEX, 32))),
  row("ClickUp token", (r) => joined("pk_", r.text(DIGITS, 8), "_", r.text(UPPER_ALNUM, 32))),
  row("Typeform token", (r) => joined("tfp_", r.text(ALNUM, 59))),
  row("HubSpot token", (r) => joined("pat-", "na1-", uuidOf(r))),
  row("Contentful token", (r) => joined("CFPAT-", r.text(BASE64URL, 43))),
  row("Mapbox secret token", (r) => joined("sk.", "eyJ1Ijoi", r.text(ALNUM, 60), ".", r.text(BASE64URL, 22))),
  row("Dropbox token", (r) => joined("sl.", "B", r.text(BASE64URL, 140))),
  row("Facebook token", (r) => joined("EAA", "B", r.text(ALNUM, 180))),
  named("Okta token", "OKTA_API_TOKEN", (r) => joined("00", r.text(BASE64URL, 40))),
  named("Kaggle key", "KAGGLE_KEY", (r) => r.text(HEX, 32)),
  named("Auth0 secret", "AUTH0_CLIENT_SECRET", (r) => r.text(BASE64URL, 64)),
  named("Twitter bearer token", "TWITTER_BEARER_TOKEN", (r) =>
    joined("AAAAAAAAAAAAAAAAAAAAA", r.text(ALNUM, 60), "%3D", r.text(ALNUM, 40)),
  ),
  named("Algolia key", "ALGOLIA_ADMIN_KEY", (r) => r.text(HEX, 32)),
  named("Meilisearch key", "MEILI_MASTER_KEY", (r) => r.text(BASE64URL, 43)),
  named("OTP seed", "TOTP_SECRET", (r) => r.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 32)),
  named("Okta client secret", "OKTA_CLIENT_SECRET", (r) => r.text(BASE64URL, 64)),
  named("Ngrok token", "NGROK_AUTHTOKEN", (r) => joined("2", r.text(ALNUM, 26), "_", r.text(ALNUM, 21))),
  named("WireGuard private key", "WIREGUARD_PRIVATE_KEY", (r) => r.bytes(32).toString("base64")),
  named("Ethereum private key", "ETH_PRIVATE_KEY", (r) => joined("0x", r.text(HEX, 64))),
  named("Recaptcha secret", "RECAPTCHA_SECRET_KEY", (r) => joined("6L", r.text(BASE64URL, 38))),
  named("Alertmanager key", "OPSGENIE_API_KEY", uuidOf),
  named("Uppercase hexadecimal key", "ENCRYPTION_KEY", (r) => r.text(UPPER_HEX, 64)),
];

/** Keys of other web services. */
export const SERVICE_TOKENS: TokenRows = [...MESSAGES, ...PAYMENTS, ...OBSERVABILITY, ...WORK];
