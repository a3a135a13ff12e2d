import { isDefaultProvider, type Properties } from "../../schema";
import { PACKAGE } from "../../schema/type-tokens";
import { readOr } from "./values";

/** The type of the providers that have an account of Lyceum. */
export const PROVIDER_TYPE = `pulumi:providers:${PACKAGE}`;

/** A provider resource as a program declares it, with secrets masked. */
export interface DeclaredProvider {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
}

/** What is known about the account of this command. */
export interface OwnAccount {
  readonly baseUrl?: string | undefined;
  /** Whether the account comes from the settings of the stack. A provider that the program declares ignores them. */
  readonly isOfStack?: boolean;
}

/** The settings of a provider that select its account. */
const SETTINGS = ["apiKey", "baseUrl", "orgSlug"] as const;

/**
 * Returns whether a provider may use another account than this command. A key does not show its account, so a provider
 * with a key of its own may use any account.
 *
 * | provider | may use another account |
 * |---|---|
 * | the default provider, or the dynamic provider | no: it has the settings of the environment and the stack, as this command has |
 * | declared, without a setting of the account | only if the account of this command comes from the settings of the stack |
 * | declared, with the base URL of this command | only if the account of this command comes from the settings of the stack |
 * | declared, with any other setting of the account | yes |
 */
export function mayUseOtherAccount({ type, name, inputs }: DeclaredProvider, own: OwnAccount = {}): boolean {
  if (type !== PROVIDER_TYPE || isDefaultProvider(name)) return false;
  // A value that is unknown at preview cannot be read in a policy pack.
  const given = SETTINGS.map((setting) => [setting, readOr(null, () => inputs[setting])] as const).filter(
    ([, value]) => value !== undefined,
  );
  const differs = given.some(([setting, value]) => setting !== "baseUrl" || value !== own.baseUrl);
  return differs || own.isOfStack === true;
}
