import * as pulumi from "@pulumi/pulumi";
import { PACKAGE } from "../../provider/schema/type-tokens";
import type { ProviderArgs } from "./provider-args.generated";

/**
 * A provider with its own settings. A program for two accounts needs two providers.
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
