// Joined here, so that no scanner of this repository reports them as secrets.
const mixed = "Q7w9Zk3Lx8Vb2Nm5Rt6Yp1Hs4Dg0Jf7Ca9Ue3Ik";
const hex = "9f3c7a1e5b8d2046".repeat(4);
const key = (head: string, body = mixed): string => head + body;

/** One secret of each row of the table of shapes, by the row's name. */
export const shapeExamples: Readonly<Record<string, string>> = {
  "private key in PEM": ["-----BEGIN ", `PRIVATE KEY-----\n${mixed}\n-----END `, "PRIVATE KEY-----"].join(""),
  "AWS access key id": key("AKIA", "QNZGKIQY56JQ7WML"),
  "GitHub token": key("ghp_"),
  "GitHub fine-grained token": key("github_pat_"),
  "GitLab token": key("glpat-"),
  "Slack token": key("xoxb-"),
  "Stripe key": key("sk_live_"),
  "key of an AI service": key("sk-"),
  "NVIDIA key": key("nvapi-"),
  "Google API key": key("AIza"),
  "npm token": key("npm_"),
  "Hugging Face token": key("hf_"),
  "Docker Hub token": key("dckr_pat_"),
  "Lyceum key": key("lk_"),
  "SendGrid key": key("SG.", `${mixed.slice(0, 22)}.${mixed}`),
  "Pulumi token": key("pul-", hex.slice(0, 40)),
  "DigitalOcean token": key("dop_v1_", hex),
  "JSON Web Token": key("eyJ", "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"),
  "password in an address": `postgres://app:${mixed}@db/app`,
  "user in an address": `https://${mixed}@host/path`,
  "authorization header with its scheme": `Authorization: Bearer ${mixed}`,
  "authorization header": `Authorization: ${mixed}`,
  "bearer or basic credential": `bearer ${mixed}`,
  "secret parameter of an address": `https://host/?token=${mixed}`,
  "parameter of an address that may be secret": `https://host/?key=${mixed}`,
};

/** Every spelling in which redaction finds a secret. */
export const encodings: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  JSON: (secret) => JSON.stringify(secret),
  "JSON in JSON": (secret) => JSON.stringify(JSON.stringify(secret)),
  "percent signs": encodeURIComponent,
  base64: (secret) => Buffer.from(secret).toString("base64"),
  "wrapped base64": (secret) =>
    Buffer.from(secret)
      .toString("base64")
      .replace(/.{64}(?=.)/g, "$&\n"),
  base64url: (secret) => Buffer.from(secret).toString("base64url"),
};
