import * as pulumi from "@pulumi/pulumi";
import { PACKAGE } from "../../provider/hosts/tokens";

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
  /** API key (`lk_…`) or token. Secret. */
  apiKey?: pulumi.Input<string>;
  /** Base URL of the API. */
  baseUrl?: pulumi.Input<string>;
  /** Slug of the organization, for a token. */
  orgSlug?: pulumi.Input<string>;
  /** What to do when the lookup before a start is incomplete, for resources that do not say. */
  whenUnverified?: pulumi.Input<"start" | "fail">;
}

/**
 * A provider with settings of its own: two accounts in one program are two of these.
 *
 * @example
 * ```ts
 * import { ComposeExecution, Provider } from "pulumi-lyceum/plugin";
 *
 * const other = new Provider("other", { apiKey: config.requireSecret("otherKey") });
 * new ComposeExecution("train", { composeFile: "compose.yaml" }, { provider: other });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts: pulumi.ResourceOptions = {}) {
    const { apiKey, ...rest } = args;
    super(PACKAGE, name, { ...rest, ...(apiKey === undefined ? {} : { apiKey: pulumi.secret(apiKey) }) }, opts);
  }
}
