import { type CorpusCase, type CorpusKind, ordinary } from "../case";
import {
  ALNUM,
  BASE64,
  BASE64URL,
  DIGITS,
  HEX,
  joined,
  LOWER_ALNUM,
  type Random,
  randomOf,
  UPPER_HEX,
  uuidOf,
} from "../random";

const COUNT = 4;

interface Row {
  readonly name: string;
  /** A key that usually has a value like the one that `make` returns, such as `GIT_COMMIT`. */
  readonly key: string;
  readonly make: (random: Random) => string;
}

const row = (name: string, key: string, make: Row["make"]): Row => ({ name, key, make });
const base64 = (random: Random, bytes: number) => random.bytes(bytes).toString("base64");
const sri = (kind: string, bytes: number): Row =>
  row(`integrity with ${kind}`, "integrity", (r) => `${kind}-${base64(r, bytes)}`);

const DIGESTS: readonly Row[] = [
  row("digest", "digest", (r) => `sha256:${r.text(HEX, 64)}`),
  row("SHA-256", "SHA256", (r) => r.text(HEX, 64)),
  row("SHA-1", "checksum", (r) => r.text(HEX, 40)),
  row("SHA-512", "sha512sum", (r) => r.text(HEX, 128)),
  row("MD5", "md5", (r) => r.text(HEX, 32)),
  row("MD5 in upper case", "Content_MD5", (r) => r.text(UPPER_HEX, 32)),
  row("short commit", "GIT_SHA", (r) => r.text(HEX, 7)),
  row("commit", "GIT_COMMIT", (r) => r.text(HEX, 40)),
  row("revision of a model", "REVISION", (r) => r.text(HEX, 40)),
  row("line of sha256sum", "check", (r) => `${r.text(HEX, 64)}  model.safetensors`),
  row("version with a commit", "VERSION", (r) => `v1.14.0-37-g${r.text(HEX, 7)}-dirty`),
  row("local version", "TORCH_VERSION", (r) => `2.6.0.dev20241031+cu124.git${r.text(HEX, 8)}`),
  row("container id", "hostname", (r) => r.text(HEX, 12)),
  sri("sha256", 32),
  sri("sha384", 48),
  sri("sha512", 64),
  row("Go module sum", "sum", (r) => `github.com/pkg/errors v0.9.1 h1:${base64(r, 32)}`),
  row("hash of pip", "hash", (r) => `torch==2.5.1 --hash=sha256:${r.text(HEX, 64)}`),
  row("hash of Nix", "sha256", (r) => `sha256-${base64(r, 32)}`),
  row("path of Nix", "PATH", (r) => `/nix/store/${r.text("0123456789abcdfghijklmnpqrsvwxyz", 32)}-python3-3.12.7/bin`),
  row("ETag", "etag", (r) => `"${r.text(HEX, 32)}-17"`),
  row("SHA-256 fingerprint", "fingerprint", (r) => `SHA256:${base64(r, 32).replace("=", "")}`),
  row("fingerprint with colons", "fingerprint", (r) =>
    Array.from({ length: 20 }, () => r.text(UPPER_HEX, 2)).join(":"),
  ),
  row("hash in a file name", "entry", (r) => `app.${r.text(HEX, 20)}.bundle.js`),
  row("hash of Vite", "entry", (r) => `assets/index-${r.text(BASE64URL, 8)}.css`),
];

const PUBLIC_KEYS: readonly Row[] = [
  row("ssh-ed25519", "SSH_AUTHORIZED_KEY", (r) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${r.text(BASE64, 43)} me@host`),
  row("ssh-rsa", "PUBLIC_KEY", (r) => `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ${r.text(BASE64, 340)} ci@host`),
  row(
    "ecdsa",
    "PUBLIC_KEY",
    (r) => `ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAAB${r.text(BASE64, 88)}=`,
  ),
  row("known host", "known_hosts", (r) => `github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${r.text(BASE64, 43)}`),
  row(
    "hashed known host",
    "known_hosts",
    (r) => `|1|${base64(r, 20)}|${base64(r, 20)} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${r.text(BASE64, 43)}`,
  ),
  ...["PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE", "CERTIFICATE REQUEST", "X509 CRL", "DH PARAMETERS"].map((kind) =>
    row(`PEM ${kind}`, "CA_CERT", (r) => {
      const lines = Array.from({ length: 5 }, () => r.text(BASE64, 64)).join("\n");
      return `-----BEGIN ${kind}-----\nMII${lines}\n-----END ${kind}-----\n`;
    }),
  ),
  row(
    "PGP public key",
    "GPG_PUBLIC_KEY",
    (r) =>
      `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${r.text(BASE64, 64)}\n=${r.text(ALNUM, 4)}\n-----END PGP PUBLIC KEY BLOCK-----`,
  ),
  row("age recipient", "AGE_RECIPIENT", (r) => `age1${r.text("qpzry9x8gf2tvdw0s3jn54khce6mua7l", 58)}`),
  row("minisign", "MINISIGN_PUBLIC_KEY", (r) => `RW${r.text(BASE64, 54)}`),
  row("web push", "VAPID_PUBLIC_KEY", (r) => `B${r.text(BASE64URL, 86)}`),
  row("OpenPGP key id", "GPG_KEY_ID", (r) => r.text(UPPER_HEX, 16)),
  row("OpenPGP fingerprint", "GPG_FINGERPRINT", (r) => r.text(UPPER_HEX, 40)),
  row("Ethereum address", "CONTRACT_ADDRESS", (r) => `0x${r.text(HEX, 40)}`),
  row("Ethereum address with its checksum", "CONTRACT_ADDRESS", (r) => `0x${r.text(`${HEX}ABCDEF`, 40)}`),
];

/** Public keys that look like private keys. Only the names of these keys show that they are public. */
const NAMED_PUBLIC_KEYS: readonly Row[] = [
  row("WireGuard public key", "WIREGUARD_PUBLIC_KEY", (r) => base64(r, 32)),
  row("WireGuard peer", "PublicKey", (r) => base64(r, 32)),
  row("public part of a key pair", "LANGFUSE_PUBLIC_KEY", (r) => `pk-lf-${uuidOf(r)}`),
  row("Stripe publishable key", "STRIPE_PUBLISHABLE_KEY", (r) => joined("pk_", "live_51", r.text(ALNUM, 97))),
  row("site key of a captcha", "RECAPTCHA_SITE_KEY", (r) => `6L${r.text(BASE64URL, 38)}`),
  row(
    "client id of Google",
    "GOOGLE_CLIENT_ID",
    (r) => `${r.text(DIGITS, 12)}-${r.text(LOWER_ALNUM, 32)}.apps.googleusercontent.com`,
  ),
  row("client id of GitHub", "GITHUB_CLIENT_ID", (r) => `Iv1.${r.text(HEX, 16)}`),
  row(
    "DSN of Sentry",
    "SENTRY_DSN",
    (r) => `https://${r.text(HEX, 32)}@o45${r.text(DIGITS, 5)}.ingest.sentry.io/45${r.text(DIGITS, 5)}`,
  ),
];

const IDS: readonly Row[] = [
  row("UUID", "RUN_ID", uuidOf),
  row("tenant", "AZURE_TENANT_ID", uuidOf),
  row("GUID in braces", "clsid", (r) => `{${uuidOf(r).toUpperCase()}}`),
  row("GPU", "NVIDIA_VISIBLE_DEVICES", (r) => `GPU-${uuidOf(r)}`),
  row("MIG device", "CUDA_VISIBLE_DEVICES", (r) => `MIG-${uuidOf(r)}`),
  row("MIG device of the old form", "NVIDIA_VISIBLE_DEVICES", (r) => `MIG-GPU-${uuidOf(r)}/7/0`),
  row("ULID", "JOB_ID", (r) => `01J${r.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 23)}`),
  row("ObjectId", "_id", (r) => r.text(HEX, 24)),
  row("trace", "traceparent", (r) => `00-${r.text(HEX, 32)}-${r.text(HEX, 16)}-01`),
  row(
    "AWS role",
    "AWS_ROLE_ARN",
    (r) => `arn:aws:iam::${r.text(DIGITS, 12)}:role/SageMakerExecutionRole-20241031T174205`,
  ),
  row(
    "AWS secret's name",
    "SECRET_ARN",
    (r) => `arn:aws:secretsmanager:eu-west-1:${r.text(DIGITS, 12)}:secret:prod/db-${r.text(ALNUM, 6)}`,
  ),
  row("AWS key's name", "KMS_KEY_ID", (r) => `arn:aws:kms:us-east-1:${r.text(DIGITS, 12)}:key/${uuidOf(r)}`),
  row("AWS instance", "INSTANCE_ID", (r) => `i-0${r.text(HEX, 16)}`),
  row("AWS image", "AMI", (r) => `ami-0${r.text(HEX, 16)}`),
  row("AWS network", "SUBNETS", (r) => `subnet-0${r.text(HEX, 16)},subnet-0${r.text(HEX, 16)}`),
  row("AWS user pool", "COGNITO_USER_POOL_ID", (r) => `eu-central-1_${r.text(ALNUM, 9)}`),
  row("AWS client", "COGNITO_CLIENT_ID", (r) => r.text(LOWER_ALNUM, 26)),
  row("AWS cache", "REDIS_HOST", (r) => `prod.${r.text(LOWER_ALNUM, 6)}.ng.0001.euw1.cache.amazonaws.com`),
  row("AWS database", "DB_HOST", (r) => `app.c${r.text(LOWER_ALNUM, 11)}.eu-west-1.rds.amazonaws.com`),
  row("AWS distribution", "CDN", (r) => `https://d${r.text(LOWER_ALNUM, 13)}.cloudfront.net`),
  row(
    "Azure resource",
    "RESOURCE_ID",
    (r) =>
      `/subscriptions/${uuidOf(r)}/resourceGroups/rg-ml-prod-westeurope/providers/Microsoft.MachineLearningServices/workspaces/mlw01`,
  ),
  row(
    "Google resource",
    "KMS",
    () => "projects/acme-ml-prod/locations/europe-west4/keyRings/training/cryptoKeys/checkpoints/cryptoKeyVersions/3",
  ),
  row("Google secret's name", "SECRET", () => "projects/123456789012/secrets/db-password/versions/latest"),
  row("Google account", "SERVICE_ACCOUNT", () => "trainer-sa@acme-ml-prod.iam.gserviceaccount.com"),
  row("Slack channel", "SLACK_CHANNEL", (r) => `C0${r.text("ABCDEFGHJKMNPQRSTVWXYZ0123456789", 9)}`),
  row("Telegram chat", "TELEGRAM_CHAT_ID", (r) => `-100${r.text(DIGITS, 10)}`),
  row("Notion page", "NOTION_DATABASE_ID", (r) => r.text(HEX, 32)),
  row("Google sheet", "SHEET_ID", () => "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"),
  row("YouTube video", "VIDEO_ID", (r) => r.text(BASE64URL, 11)),
  row("MAC address", "mac_address", (r) => Array.from({ length: 6 }, () => r.text(HEX, 2)).join(":")),
  row("IPv6", "LISTEN", (r) => `[2001:db8:${r.text(HEX, 4)}:${r.text(HEX, 4)}::1]:8443`),
  row("timestamp", "START", () => "2024-10-31T17:42:05.123456789+01:00"),
  row("compact timestamp", "RUN_NAME", () => "run-20241031T174205Z-llama3-8b-lr2e-5-bs128-seed42"),
  row("range of versions", "REQUIRES", () => ">=1.26.4,<2.0.0 || ^2.1.0-rc.3"),
  row("image in an address", "logo", (r) => `data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA${r.text(BASE64, 400)}=`),
  row("SVG in an address", "icon", (r) => `data:image/svg+xml;base64,PHN2ZyB4bWxucz0i${r.text(BASE64, 200)}`),
  row("font in an address", "src", (r) => `url(data:font/woff2;base64,d09GMgABAAAAA${r.text(BASE64, 300)})`),
  row("run of Weights & Biases", "WANDB_RUN_ID", (r) => r.text(LOWER_ALNUM, 8)),
  row(
    "name of a pod",
    "HOSTNAME",
    (r) => `llama-inference-7c9d${r.text(HEX, 5)}-${r.text("bcdfghjklmnpqrstvwxz2456789", 5)}`,
  ),
  row("kernel", "KERNEL", () => "6.8.0-1017-aws #18~22.04.1-Ubuntu SMP"),
];

const alone = (rows: readonly Row[]): readonly CorpusCase[] => casesOf(rows, (text, key) => [ordinary(key, text)]);
const underKey = (rows: readonly Row[]): readonly CorpusCase[] =>
  casesOf(rows, (text, key) => [
    ordinary(key, text, { key }),
    ...(text.includes("\n")
      ? []
      : [ordinary(key, `${key}=${text}`), ordinary(key, `{"${key}": ${JSON.stringify(text)}}`)]),
  ]);

function casesOf(
  rows: readonly Row[],
  make: (text: string, key: string) => readonly CorpusCase[],
): readonly CorpusCase[] {
  return rows.flatMap((each) =>
    Array.from({ length: COUNT }, (_, seed) => each.make(randomOf(`${each.name} ${seed}`))).flatMap((text) =>
      make(text, each.key).map((made) => ({ ...made, name: each.name })),
    ),
  );
}

const kind = (name: string, cases: readonly CorpusCase[]): CorpusKind => ({ kind: name, match: "part", cases });

export const digests = kind("digests", [...alone(DIGESTS), ...underKey(DIGESTS)]);
export const publicKeys = kind("public keys", [
  ...alone(PUBLIC_KEYS),
  ...underKey([...PUBLIC_KEYS, ...NAMED_PUBLIC_KEYS]),
]);
export const ids = kind("ids", [...alone(IDS), ...underKey(IDS)]);
