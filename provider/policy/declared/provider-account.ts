import { isDefaultProvider, type Properties } from "../../schema";
import { PACKAGE } from "../../schema/type-tokens";
import { readOr } from "./values";

/** The type of a provider resource of this package. */
export const PROVIDER_TYPE = `pulumi:providers:${PACKAGE}`;

/** A provider resource as a program declares it, with secrets masked. */
export interface DeclaredProvider {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
}

/**
 * The facts about the account of a command such as `ci preview`. The command reads the prices and the runs of this
 * account.
 */
export interface OwnAccount {
  readonly baseUrl?: string | undefined;
  /**
   * Whether the account comes from the settings of the stack. A provider that the program declares ignores these
   * settings.
   */
  readonly isOfStack?: boolean;
}

/** The settings of a provider that select its account. */
const SETTINGS = ["apiKey", "baseUrl", "orgSlug"] as const;

/**
 * Returns true if a provider may use another account than this command. A provider with a key in its settings may use
 * any account, because a key does not show its account.
 *
 * | provider | another account is possible |
 * |---|---|
 * | the default provider, or the dynamic provider | no, because it has the same settings as this command |
 * | declared, with at most the base URL of this command | only if the account of this command comes from the settings of the stack, because the provider ignores these settings |
 * | declared, with any other setting of the account | yes |
 */
export function mayUseOtherAccount({ type, name, inputs }: DeclaredProvider, own: OwnAccount = {}): boolean {
  if (type !== PROVIDER_TYPE || isDefaultProvider(name)) return false;
  // In a policy pack, an unknown value cannot be read. So an unknown value counts as a setting that differs from the
  // setting of this command.
  const given = SETTINGS.map((setting) => [setting, readOr(null, () => inputs[setting])] as const).filter(
    ([, value]) => value !== undefined,
  );
  const differs = given.some(([setting, value]) => setting !== "baseUrl" || value !== own.baseUrl);
  return differs || own.isOfStack === true;
}
