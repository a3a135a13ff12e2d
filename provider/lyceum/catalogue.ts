/** One kind of failure: its title, and what a user can do about it. */
export interface CatalogueEntry {
  readonly title: string;
  readonly remedy: string;
}

/**
 * All error codes of the client. A code never changes its meaning and is never used again for another error. The page
 * of errors lists all codes, and a test compares the page with this table. `LYC10xx` is for the configuration,
 * `LYC11xx` for Lyceum's answers, `LYC12xx` for the connection.
 */
export const CATALOGUE = {
  LYC1000: {
    title: "Several settings are not valid",
    remedy: "Fix every setting that the message lists.",
  },
  LYC1001: {
    title: "No Lyceum API key",
    remedy:
      'Set LYCEUM_API_KEY, or log in with the Lyceum CLI, which writes ~/.lyceum/config.json. You can also set the key for one stack: `pulumi config set --secret lyceum:apiKey lk_…` (`npx pulumi-lyceum` does not read it). If you have no account, start `npx pulumi-lyceum emulator`, and run `eval "$(npx pulumi-lyceum emulator --env)"` in this shell.',
  },
  LYC1002: {
    title: "The base URL is not valid",
    remedy:
      "Set it to the address of the service, such as https://api.lyceum.technology; the path `/api/v2/external` is optional.",
  },
  LYC1003: {
    title: "http:// to another machine",
    remedy:
      "Use https://. http:// is allowed for this machine (127.0.0.0/8, ::1, localhost) and, with the API key of an emulator (lk_local_…), for a name without a dot, host.docker.internal and private addresses.",
  },
  LYC1004: {
    title: "The environment and the stack set different base URLs",
    remedy: "Unset LYCEUM_BASE_URL, or run `pulumi config rm lyceum:baseUrl`.",
  },
  LYC1005: {
    title: "Different organizations are set",
    remedy: "Keep only one of LYCEUM_ORG_SLUG, LYCEUM_ORG and lyceum:orgSlug.",
  },
  LYC1006: {
    title: "The base URL comes from another source than the API key",
    remedy:
      "Set the base URL where the API key is set (LYCEUM_BASE_URL for LYCEUM_API_KEY, lyceum:baseUrl for lyceum:apiKey), or remove it.",
  },
  LYC1007: {
    title: "The configuration file of the Lyceum CLI cannot be used",
    remedy: "Log in with the Lyceum CLI again, or set LYCEUM_API_KEY: then the file is not read.",
  },
  LYC1008: {
    title: "The login of the Lyceum CLI is for another base URL or organization",
    remedy: "Set an API key for this base URL and organization, or unset them.",
  },
  LYC1009: {
    title: "The API key does not have a valid form",
    remedy: "Set only the API key: no `Bearer`, no quotes, no spaces, no line breaks.",
  },
  LYC1010: {
    title: "The organization slug is not valid",
    remedy: "Use the slug as the dashboard shows it: letters, digits, dots, hyphens and underscores.",
  },
  LYC1011: {
    title: "The address of the proxy is not valid",
    remedy: "Set HTTPS_PROXY to an address such as http://proxy.example:3128, or unset it.",
  },
  LYC1012: {
    title: "lyceum:whenUnverified is not valid",
    remedy: 'Set it to "start" or "fail", or run `pulumi config rm lyceum:whenUnverified`.',
  },
  LYC1013: {
    title: "A setting is empty",
    remedy: "Set it, or unset it. A failed command in the shell, such as `$(…)`, leaves a variable empty.",
  },
  LYC1014: {
    title: "lyceum:s3MountPath is not valid",
    remedy: "Set it to an absolute path such as /mnt/s3, or run `pulumi config rm lyceum:s3MountPath`.",
  },
  LYC1101: {
    title: "Lyceum refused the API key (401)",
    remedy: "Create a new key at https://dashboard.lyceum.technology/api-keys, set it, and run the same command again.",
  },
  LYC1102: {
    title: "The API key has no access (403)",
    remedy: "Use an API key of the run's organization, or ask for access.",
  },
  LYC1103: {
    title: "Not found (404)",
    remedy: "Check the base URL, the organization and the id. A 404 does not prove that a run has ended.",
  },
  LYC1104: {
    title: "The service refused the request (400, 422)",
    remedy: "Correct the argument that the message names.",
  },
  LYC1105: {
    title: "The service refused the machine",
    remedy: "Set `executionType` to a machine of your account. `lyceum gpu machines` of the Lyceum CLI lists them.",
  },
  LYC1106: {
    title: "Insufficient credits (402)",
    remedy: "Add credits in the dashboard, then run the same command again.",
  },
  LYC1107: {
    title: "Too many requests (429)",
    remedy:
      "Wait for the time that the message shows, then run the same command again. If it happens again, lower `--parallel`.",
  },
  LYC1108: {
    title: "The service failed (5xx)",
    remedy: "Run the same command again later. The service may also answer like this when it has no free capacity.",
  },
  LYC1109: {
    title: "The service redirected (3xx)",
    remedy:
      "Set the base URL to the address of Lyceum's API, such as https://api.lyceum.technology: a sign-in page or a proxy may have answered. The provider does not follow redirects, to protect the API key.",
  },
  LYC1110: {
    title: "The service answered with an unexpected status",
    remedy: "Check that the base URL is Lyceum's API. Then report the message.",
  },
  LYC1111: {
    title: "The answer cannot be read",
    remedy: "Check that the base URL is Lyceum's API and that no proxy answers instead of it.",
  },
  LYC1112: {
    title: "Not a valid execution id",
    remedy: "Use the id that Lyceum returned, such as the resource's `executionId`.",
  },
  LYC1113: {
    title: "The service refuses the request for now (409, 423, 425)",
    remedy: "Run the same command again later. If it gets the same answer, report the message.",
  },
  LYC1201: {
    title: "The service cannot be reached",
    remedy: "Check the network, the base URL and the proxy. Nothing was sent, so you can run the same command again.",
  },
  LYC1202: {
    title: "The service's certificate is not trusted",
    remedy: "If a proxy inspects TLS, set NODE_EXTRA_CA_CERTS to a PEM file with its certificate authority.",
  },
  LYC1203: {
    title: "No answer in time",
    remedy:
      "Run the same command again. If a start got no answer, the provider looks for its run before it starts another one.",
  },
  LYC1204: {
    title: "The connection closed too early",
    remedy:
      "Run the same command again. If a start got no answer, the provider looks for its run before it starts another one.",
  },
  LYC1205: {
    title: "The proxy refused the connection",
    remedy: "Check HTTPS_PROXY and NO_PROXY, and the proxy's credentials.",
  },
  LYC1206: {
    title: "The call was cancelled",
    remedy: "Run the same command again.",
  },
} as const satisfies Readonly<Record<`LYC1${string}`, CatalogueEntry>>;

/** An error code in {@link CATALOGUE}. */
export type LyceumErrorCode = keyof typeof CATALOGUE;

/** The code and the message of an error, without its remedy. The caller adds another remedy. */
export function reasonOf({ code, message }: { readonly code: LyceumErrorCode; readonly message: string }): string {
  const { remedy } = CATALOGUE[code];
  const happened = message.endsWith(remedy) ? message.slice(0, -remedy.length).trim() : message;
  return `${code}: ${happened.replace(/\.$/, "")}`;
}
