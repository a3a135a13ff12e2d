// Made by tools/generate/reference.mjs from the tables in provider/lyceum/configuration/settings.ts: change a row there, then `npm run generate`.
import type * as pulumi from "@pulumi/pulumi";

/**
 * The account at Lyceum. What is left out comes from the environment or the login file.
 *
 * @example
 * ```ts
 * import { Provider } from "pulumi-lyceum/plugin";
 *
 * new Provider("strict", { whenUnverified: "fail" });
 * ```
 */
export interface ProviderArgs {
  /** API key (`lk_…`) or token. Secret. Environment: `LYCEUM_API_KEY`. */
  apiKey?: pulumi.Input<string>;
  /** Base URL of the API. Environment: `LYCEUM_BASE_URL`. */
  baseUrl?: pulumi.Input<string>;
  /** Slug of the organization, for a token. Environment: `LYCEUM_ORG_SLUG`. */
  orgSlug?: pulumi.Input<string>;
  /** The default of the argument `whenUnverified` for all resources. */
  whenUnverified?: pulumi.Input<"start" | "fail">;
  /** The path at which runs see the account's bucket. Default: `/mnt/s3`. */
  s3MountPath?: pulumi.Input<string>;
}
