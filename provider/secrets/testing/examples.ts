import { PREFIXES } from "../forms/forms";

// Each example is joined from parts, so that secret scanners do not report this file.
const mixed = "Q7w9Zk3Lx8Vb2Nm5Rt6Yp1Hs4Dg0Jf7Ca9Ue3Ik";
const hex = "9f3c7a1e5b8d2046".repeat(4);
const key = (head: string, body = mixed): string => head + body;

/** One example for each form in `OTHERS` of `forms/forms.ts`: the forms that `PREFIXES` does not have. */
const others: Readonly<Record<string, string>> = {
  "private key in PEM": ["-----BEGIN ", `PRIVATE KEY-----\n${mixed}\n-----END `, "PRIVATE KEY-----"].join(""),
  "SendGrid key": key("SG.", `${mixed.slice(0, 22)}.${mixed}`),
  "JSON Web Token": key("eyJ", "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"),
  "Airtable token": key("pat", `${mixed.slice(0, 14)}.${hex}`),
  "Terraform token": key(mixed.slice(0, 14), `.atlasv1.${mixed}${mixed}`),
  "Telegram token": key("7301946285:", `AA${mixed.slice(0, 33)}`),
  "Discord token": key("M", `${mixed.slice(0, 23)}.${mixed.slice(0, 6)}.${mixed.slice(0, 30)}`),
  "Mailchimp key": key(hex.slice(0, 32), "-us17"),
  "Asana token": key("2/", `1234509876123450/1234509876123459:${hex.slice(0, 32)}`),
  "PayPal token": key("access_token$", `production$q7w9zk3lx8vb2nm5$${hex.slice(0, 32)}`),
  "key of a payment service": key("live_", mixed.slice(0, 35)),
  "ClickUp token": key("pk_", `73019462_${mixed.toUpperCase().slice(0, 32)}`),
  "Ghost key": key(hex.slice(0, 24), `:${hex}`),
  "DeepL key": key(hex.slice(0, 8), "-5b8d-4046-9f3c-7a1e5b8d2046:fx"),
  "Firebase key": key("AAAA", `${mixed.slice(0, 7)}:${mixed.repeat(4).slice(0, 140)}`),
  "Azure DevOps token": key(mixed.repeat(2).slice(0, 75), `AAAAAZDO${mixed.slice(0, 4)}`),
  "New Relic license key": key(hex.slice(0, 36), "NRAL"),
  "MaxMind key": key(mixed.slice(0, 6), `_${mixed.slice(0, 29)}_mmk`),
  "Azure key": key("AccountKey=", `${mixed}${mixed}==`),
  "Azure client secret": key("aB3", `8Q~${mixed.slice(0, 34)}`),
  webhook: `https://hooks.slack.com/services/T0${mixed.slice(0, 8)}/B0${mixed.slice(0, 8)}/${mixed.slice(0, 24)}`,
  "password in an address": `postgres://app:${mixed}@db.example.com/app`,
  "user in an address": `https://${mixed}@host/path`,
  "authorization header with its scheme": `Authorization: Bearer ${mixed}`,
  "authorization header": `authorization=${mixed}`,
  "authorization header in a log": `authorization: ${mixed}`,
  "bearer or basic credential": `bearer ${mixed}`,
  "secret parameter of an address": `https://host/?token=${mixed}`,
  "parameter of an address that may be secret": `https://host/?key=${mixed}`,
};

/** Returns `length` characters of a class such as `[a-z0-9]`. The same arguments always return the same text. */
function bodyOf(characters: string, length: number): string {
  const belongs = new RegExp(characters);
  const all = [...mixed, ...hex].filter((sign) => belongs.test(sign));
  return Array.from({ length }, (_none, index) => all[(index * 7) % all.length] ?? "").join("");
}

/** One secret of each form, by the name of the form. */
export const formExamples: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    PREFIXES.map(([name, heads, body, least, most = least + 24]) => [
      name,
      key(heads.split(" ", 1)[0] ?? "", bodyOf(body, Math.min(most, Math.max(least, 24)))),
    ]),
  ),
  ...others,
};

/** The usual encodings of a secret. Redaction must find a secret in each of them. */
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
