import type { StackSettings } from "../../../provider/lyceum/configuration/configuration";
import type { OpenStack } from "./stack";

/** Returns the settings of the stack that select the account, such as `lyceum:apiKey`. Never print them. */
export async function stackSettingsOf({ stack }: Pick<OpenStack, "stack">): Promise<StackSettings> {
  const config = await stack.getAllConfig();
  const setting = (name: string) => config[`lyceum:${name}`]?.value;
  return { apiKey: setting("apiKey"), baseUrl: setting("baseUrl"), orgSlug: setting("orgSlug") };
}
