/** One kind of failure: what it is called, and what a reader can do about it. */
export interface CatalogueEntry {
  readonly title: string;
  readonly remedy: string;
}

/**
 * Every error code of this room. A code never changes its meaning and is never used again; the guide's page on errors
 * lists each one, and a test holds it to this table. `LYC10xx` configuration, `LYC11xx` the service's answer,
 * `LYC12xx` the way to the service.
 */
export const CATALOGUE = {
  LYC1000: {
    title: "Several settings cannot be used",
    remedy: "Work through the list in the message; each line names one setting and its remedy.",
  },
  LYC1001: {
    title: "No Lyceum token",
    remedy:
      "Set LYCEUM_API_KEY; or run `pulumi config set --secret lyceum:apiKey lk_…`; or log in with the vendor's CLI, which writes ~/.lyceum/config.json.",
  },
  LYC1002: {
    title: "The base URL cannot be used",
    remedy: "Name the host alone, such as https://api.lyceum.technology; `/api/v2/external` may follow.",
  },
  LYC1003: {
    title: "Plain http to another machine",
    remedy: "Use https://. Plain http is for this machine alone (127.0.0.0/8, ::1, localhost).",
  },
  LYC1004: {
    title: "Environment and stack name different base URLs",
    remedy: "Keep one of the two: unset LYCEUM_BASE_URL, or run `pulumi config rm lyceum:baseUrl`.",
  },
  LYC1005: {
    title: "Different organisations are named",
    remedy: "Keep one: LYCEUM_ORG_SLUG, LYCEUM_ORG or lyceum:orgSlug.",
  },
  LYC1006: {
    title: "A token would go to a base URL from a less explicit source",
    remedy: "Name the base URL where the token is named (LYCEUM_BASE_URL for LYCEUM_API_KEY), or remove it.",
  },
  LYC1007: {
    title: "The vendor CLI's configuration file cannot be used",
    remedy: "Log in with the vendor's CLI again, or set LYCEUM_API_KEY, and the file is not read at all.",
  },
  LYC1008: {
    title: "The vendor CLI's login belongs elsewhere",
    remedy: "Set a token for the base URL and organisation you named, or stop naming them.",
  },
  LYC1009: {
    title: "The token has a form that cannot be sent",
    remedy: "Set the token alone: no `Bearer`, no quotes, no spaces, no line breaks.",
  },
  LYC1010: {
    title: "The organisation slug has a form that cannot be sent",
    remedy: "Use the slug as the dashboard shows it: letters, digits, dots, hyphens and underscores.",
  },
  LYC1011: {
    title: "The proxy's address cannot be used",
    remedy: "Set HTTPS_PROXY to an address such as http://proxy.example:3128, or unset it.",
  },
  LYC1012: {
    title: "lyceum:whenUnverified has a value that is not known",
    remedy: 'Set it to "start" or "fail", or run `pulumi config rm lyceum:whenUnverified`.',
  },
  LYC1101: {
    title: "The token was refused (401)",
    remedy: "Make a new key at https://dashboard.lyceum.technology/api-keys, set it, and run the same command again.",
  },
  LYC1102: {
    title: "The token has no access (403)",
    remedy: "Use a token of the organisation the run belongs to, or ask for access.",
  },
  LYC1103: {
    title: "The service does not know it (404)",
    remedy: "Check base URL, organisation and id. A 404 is no proof that a run has ended.",
  },
  LYC1104: {
    title: "The request was refused (400, 422)",
    remedy: "Correct the argument that the message names.",
  },
  LYC1105: {
    title: "The machine was refused",
    remedy:
      "Set `executionType` to a machine of the account; `lyceum gpu machines` of the vendor's CLI lists them too.",
  },
  LYC1106: {
    title: "Insufficient credits (402)",
    remedy: "Add credits in the dashboard, then run the same command again.",
  },
  LYC1107: {
    title: "Too many requests (429)",
    remedy: "Wait as long as the message says, then run the same command again; lower `--parallel` if it stays.",
  },
  LYC1108: {
    title: "The service failed (5xx)",
    remedy: "Run the same command again later. Out of capacity has been answered like this too.",
  },
  LYC1109: {
    title: "The service redirected (3xx)",
    remedy: "Set the base URL to where the service really is. Redirects are not followed: the token stays here.",
  },
  LYC1110: {
    title: "An answer with an unexpected status",
    remedy: "Check that the base URL is Lyceum's API; then report the message.",
  },
  LYC1111: {
    title: "An answer that cannot be read",
    remedy: "Check that the base URL is Lyceum's API and that no proxy answers in its place.",
  },
  LYC1112: {
    title: "Not an execution id",
    remedy: "Give the id as the service gave it, such as the resource's `executionId`.",
  },
  LYC1201: {
    title: "The service cannot be reached",
    remedy: "Check network, base URL and proxy. Nothing was sent, so the same command can be run again.",
  },
  LYC1202: {
    title: "The service's certificate is not trusted",
    remedy: "Behind a proxy that inspects TLS, name its authority in NODE_EXTRA_CA_CERTS (a PEM file).",
  },
  LYC1203: {
    title: "No answer in time",
    remedy: "Run the same command again. A start that got no answer is looked for before anything starts.",
  },
  LYC1204: {
    title: "The connection broke",
    remedy: "Run the same command again. A start that got no answer is looked for before anything starts.",
  },
  LYC1205: {
    title: "The proxy refused",
    remedy: "Check HTTPS_PROXY and NO_PROXY, and the proxy's credentials.",
  },
  LYC1206: {
    title: "The call was cancelled",
    remedy: "Run the same command again.",
  },
} as const satisfies Record<string, CatalogueEntry>;

/** A stable error code of this room. */
export type LyceumErrorCode = keyof typeof CATALOGUE;
