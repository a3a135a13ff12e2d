import { type CharacterClass, characterClass, endOfWord } from "./token-shape";

const LETTERS = "[A-Za-z0-9]";
const LOWER = "[a-z0-9]";
const UPPER = "[A-Z0-9]";
const WORDS = String.raw`\w`;
const DASHES = String.raw`[\w-]`;
const DOTS = String.raw`[\w.-]`;
const HEX = "[0-9a-f]";
const UUID = "[0-9a-f-]";
const BASE64 = "[A-Za-z0-9+/=_-]";

/**
 * The kind of token, its possible beginnings, the class of the characters after the beginning, and the smallest and
 * largest number of these characters.
 */
export type PrefixRow = readonly [name: string, heads: string, body: string, least: number, most?: number];

/** Tokens that begin with a known text. */
export const PREFIXES: readonly PrefixRow[] = [
  // Tokens of AI services and of their tools.
  ["key of an AI service", "sk-", DASHES, 20],
  [
    "key of an AI service",
    "gsk_ r8_ xai- pplx- csk- jina_ tvly- esecret_ aph0_ tgp_v1_ rpa_ rps_ KGAT_ fw_ crsr_",
    LETTERS,
    22,
  ],
  ["key of an AI service", "pcsk_ wandb_v1_ bb_live_ bb_test_ sk_car_", WORDS, 24],
  ["key of an AI service", "fc- llx- key_", LETTERS, 32],
  ["key of an AI service", "sk_ e2b_ sk_e2b_", HEX, 40],
  ["Modal token", "ak- as-", LETTERS, 22, 30],
  ["Voyage key", "pa-", DASHES, 43, 48],
  ["LangSmith key", "lsv2_pt_ lsv2_sk_ ls__", WORDS, 30],
  ["NVIDIA key", "nvapi-", DASHES, 20],
  ["Hugging Face token", "hf_ api_org_", LETTERS, 30],
  // Cloud providers
  ["AWS access key id", "AKIA ASIA ABIA ACCA", UPPER, 12, 24],
  ["AWS Bedrock key", "ABSK bedrock-api-key-", BASE64, 60],
  ["Google API key", "AIza", DASHES, 35],
  ["Google API key", "AQ.Ab", DASHES, 40],
  ["Google client secret", "GOCSPX-", DASHES, 20],
  ["Google access token", "ya29. 1//0", DASHES, 30],
  ["Alibaba access key id", "LTAI", LETTERS, 16, 26],
  ["Tencent access key id", "AKID", LETTERS, 32, 36],
  ["Baidu access key", "ALTAK-", "[A-Za-z0-9/]", 20],
  ["Yandex key", "AQVN y0_", DASHES, 35],
  ["Scaleway access key", "SCW", UPPER, 17, 17],
  ["Databricks token", "dapi dkea dose", "[0-9a-f-]", 32, 40],
  ["DigitalOcean token", "dop_v1_ doo_v1_ dor_v1_", HEX, 64],
  ["Cloudflare key", "v1.0-", UUID, 100],
  ["Heroku key", "HRKU-", DASHES, 30],
  ["Fly token", "fm1r_ fm1a_ fm2_ fo1_", BASE64, 30],
  ["Render key", "rnd_", LETTERS, 20],
  ["Netlify token", "nfp_ nfc_ nfu_ nfb_", LETTERS, 30],
  ["Vercel token", "vcp_ vci_ vca_ vcr_ vck_ vercel_blob_rw_", WORDS, 24],
  ["Deno token", "ddp_ ddo_", LETTERS, 32],
  ["UpCloud token", "ucat_", LETTERS, 24],
  ["OpenShift token", "sha256~", DASHES, 43],
  // Databases and networks
  ["Supabase key", "sbp_ sb_secret_", WORDS, 20],
  ["PlanetScale token", "pscale_tkn_ pscale_pw_ pscale_oauth_ pscale_api_", DOTS, 30],
  ["Neon key", "napi_", LETTERS, 40],
  ["Xata key", "xau_", LETTERS, 30],
  ["Aiven password", "AVNS_", DASHES, 14],
  ["CockroachDB key", "CCDB1_", WORDS, 40],
  ["MongoDB secret", "mdb_sa_sk_", DASHES, 30],
  ["Tailscale key", "tskey-", DASHES, 16],
  ["NetBird token", "nbp_", LETTERS, 30],
  ["Defined Networking key", "dnkey-", DASHES, 40],
  // Hosts of code, packages and builds
  ["GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", LETTERS, 30],
  ["GitHub fine-grained token", "github_pat_", WORDS, 22],
  [
    "GitLab token",
    "glpat- gldt- glrt- glrtr- glcbt- glptt- glft- glsoat- glimt- glagent- gloas- glffct- glwt- GR1348941",
    DOTS,
    18,
  ],
  ["Bitbucket token", "ATBB", LETTERS, 24],
  ["Bitbucket token", "BBDC-", BASE64, 40],
  ["Atlassian token", "ATATT3 ATCTT3 ATSTT3", "[\\w=-]", 60],
  ["Trello token", "ATTA", LETTERS, 60],
  ["npm token", "npm_", LETTERS, 30],
  ["PyPI token", "pypi-AgE", DASHES, 50],
  ["RubyGems key", "rubygems_", HEX, 40],
  ["crates.io token", "cio", LETTERS, 32, 32],
  ["NuGet key", "oy2", LOWER, 43, 43],
  ["Docker Hub token", "dckr_pat_ dckr_oat_", DASHES, 20],
  ["JFrog token", "AKCp cmVmdGtu", LETTERS, 50],
  ["Clojars token", "CLOJARS_", LOWER, 50],
  ["Sonar token", "sqp_ squ_ sqa_", HEX, 40],
  ["CircleCI token", "CCIPAT_ CCIPRJ_", WORDS, 30],
  ["Buildkite token", "bkua_ bkct_ bkaj_", LETTERS, 30],
  ["Sourcegraph token", "sgp_ sgd_ slk_", WORDS, 40],
  ["Snyk token", "snyk_uat. snyk_sat.", DOTS, 40],
  ["JetBrains token", "perm: perm-", "[A-Za-z0-9+/=_.-]", 44],
  ["Octopus key", "API-", UPPER, 25, 34],
  ["Harness token", "pat. sat.", DOTS, 60],
  // Tokens for secret stores and for other tools
  ["Vault token", "hvs. hvb. hvr.", DASHES, 20],
  ["Doppler token", "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.", DOTS, 35],
  ["Infisical token", "st.", "[0-9a-f.-]", 90],
  ["1Password token", "ops_eyJ", BASE64, 60],
  ["1Password secret key", "A3-", "[A-Z0-9-]", 32, 40],
  ["age key", "AGE-SECRET-KEY-1", UPPER, 50],
  ["extended private key", "xprv tprv yprv zprv", LETTERS, 100],
  ["Pulumi token", "pul-", HEX, 40],
  ["Lyceum key", "lk_", DASHES, 8],
  ["Prefect key", "pnu_ pnb_", LETTERS, 36],
  ["Postman key", "PMAK-", UUID, 50],
  ["Infracost key", "ico-", LETTERS, 32, 32],
  // Messaging and mail
  ["Slack token", "xoxa- xoxb- xoxc- xoxd- xoxe- xoxe. xoxo- xoxp- xoxr- xoxs- xapp- xwfp-", DOTS, 10],
  ["Twilio key", "SK", HEX, 32, 32],
  ["Mailgun key", "key-", UUID, 32],
  ["Brevo key", "xkeysib- xsmtpsib-", DASHES, 60],
  ["Resend key", "re_", WORDS, 30],
  ["Klaviyo key", "pk_", HEX, 34, 34],
  // Payments and shops
  ["Stripe key", "sk_live_ sk_test_ sk_org_ rk_live_ rk_test_ whsec_", BASE64, 10],
  ["Square token", "sq0atp- sq0csp- sq0idp- EAAAE EAAAl", DASHES, 22],
  ["Square token", "EAAA", DASHES, 60, 60],
  ["Facebook token", "EAAB EAAC EAAD EAAG EAAM EAAN EAAO EAAP", LETTERS, 80],
  ["Shopify token", "shpat_ shpss_ shpca_ shppa_", "[0-9A-Fa-f]", 32],
  ["Razorpay key", "rzp_live_ rzp_test_", LETTERS, 14],
  ["Plaid token", "access-production- access-sandbox- access-development-", UUID, 36],
  ["Flutterwave key", "FLWSECK_TEST- FLWSECK-", "[A-Za-z0-9-]", 30],
  ["Paddle key", "pdl_live_apikey_ pdl_sdbx_apikey_ pdl_ntfset_", WORDS, 26],
  ["EasyPost key", "EZAK EZTK", LETTERS, 50],
  ["Shippo token", "shippo_live_ shippo_test_", HEX, 40],
  ["Duffel token", "duffel_live_ duffel_test_", DASHES, 40],
  ["Stytch secret", "secret-live- secret-test-", BASE64, 32],
  // Monitoring
  ["Grafana token", "glsa_ glc_ eyJrIjoi", BASE64, 30],
  ["New Relic key", "NRAK- NRII- NRJS- NRAL- NRSP- NRRA-", DASHES, 18],
  ["Sentry token", "sntrys_ sntryu_ sntrya_ sntryi_", BASE64, 30],
  ["Dynatrace token", "dt0c01. dt0s16. dt0s01.", "[A-Z0-9.]", 60],
  ["Honeycomb key", "hcaik_ hcbik_ hcxik_ hcalk_ hcamk_ hcamt_", LOWER, 50],
  ["PostHog key", "phx_ phs_", LETTERS, 40],
  ["Axiom token", "xaat- xapt-", UUID, 36],
  ["LaunchDarkly key", "sdk- api-", UUID, 36, 36],
  ["Rootly token", "rootly_", HEX, 60],
  ["FireHydrant token", "fhb-", DASHES, 40],
  // Services for work and content, such as Linear and Contentful
  ["Linear key", "lin_api_ lin_oauth_ lin_wh_", LETTERS, 30],
  ["Notion token", "ntn_ secret_", LETTERS, 40],
  ["Figma token", "figd_ figu_ figo_", DASHES, 30],
  ["HubSpot token", "pat-na1- pat-na2- pat-eu1- pat-ap1-", UUID, 36],
  ["Typeform token", "tfp_", DOTS, 40],
  ["Contentful token", "CFPAT-", DASHES, 40],
  ["ReadMe key", "rdme_", LOWER, 60],
  ["Mapbox secret token", "sk.eyJ", DOTS, 60],
  ["Dropbox token", "sl.", DASHES, 100],
  ["Adobe secret", "p8e-", DASHES, 30],
  ["Frame.io token", "fio-u-", DASHES, 60],
  ["Plex claim", "claim-", LETTERS, 20, 20],
  ["SettleMint token", "sm_pat_ sm_aat_ sm_sat_", LETTERS, 16],
  ["Zuplo key", "zpka_", WORDS, 40],
];

const escaped = (text: string): string => text.replace(/[.$/]/g, String.raw`\$&`);

interface Row {
  readonly name: string;
  readonly head: string;
  readonly body: CharacterClass;
  readonly least: number;
  readonly most: number;
}

const ROWS: readonly Row[] = PREFIXES.flatMap(([name, heads, body, least, most = Number.POSITIVE_INFINITY]) =>
  heads.split(" ").map((head) => ({ name, head, body: characterClass(body), least, most })),
);
/**
 * For each known beginning of a token, the rows that match a text with this beginning. If several rows match, the row
 * with the longest beginning comes first.
 */
const ROWS_OF = new Map(
  ROWS.map(({ head }) => [
    head,
    ROWS.filter((row) => head.startsWith(row.head)).sort((one, other) => other.head.length - one.head.length),
  ]),
);
const HEADS = [...ROWS_OF.keys()].sort((one, other) => other.length - one.length).map(escaped);
/** Matches the beginning of any known token, so that a text is searched only once for all kinds of tokens. */
const HEAD = new RegExp(`(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt]))(?:${HEADS.join("|")})`, "g");

/** Finds all tokens with a known beginning. The time is linear in the length of the text. */
export function prefixedTokens(text: string): { name: string; start: number; end: number }[] {
  const found: { name: string; start: number; end: number }[] = [];
  HEAD.lastIndex = 0;
  for (let match = HEAD.exec(text); match !== null; match = HEAD.exec(text)) {
    const start = match.index;
    let longest = start + 1;
    for (const { name, head, body, least, most } of ROWS_OF.get(match[0]) ?? []) {
      const from = start + head.length;
      const end = endOfWord(text, from, body);
      const length = end - from;
      if (length < least) continue;
      // The search continues after the longest word that begins here. So the time stays linear in the length of the
      // text.
      longest = Math.max(longest, end);
      if (length > most || !isToken(text.slice(start, end))) continue;
      found.push({ name, start, end });
      break;
    }
    HEAD.lastIndex = longest;
  }
  return found;
}

/**
 * Returns true if a word that begins like a token looks random: it has a digit (the digit in a head such as `r8_` does
 * not count), or a capital letter follows a small letter at least twice. Other words are names, such as the name
 * `lk_data` of a volume, or examples in documentation.
 */
function isToken(word: string): boolean {
  if (word.length > 2000) return true;
  return (
    /[0-9]/.test(word.replace(/^(?:r8|v1\.0|do[opr]_v1|lsv2|e2b|1\/\/0)/, "")) || /[a-z][A-Z].*[a-z][A-Z]/.test(word)
  );
}
