import { accountOf, isAccountOfStack, type StackSettings } from "../../../provider/lyceum/configuration/configuration";
import type { Environment } from "../../../provider/lyceum/configuration/settings";
import { type AccountRun, type Prices, type StackPolicy, startOfMonth } from "../../../provider/policy";
import type { OwnAccount } from "../../../provider/policy/declared";
import { readActiveRuns, readPrices, readRunsSince } from "../../../provider/reads";

/**
 * The account and the time, as far as the rules of a policy or the report of a preview need them. A fact is undefined
 * if it is not needed, or if it is not known.
 */
export interface Account {
  readonly prices: Prices;
  readonly active: readonly AccountRun[] | undefined;
  readonly month: readonly AccountRun[] | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The account to which these facts belong. */
  readonly own: OwnAccount;
}

/** The functions that read the account. */
export interface AccountReads {
  readonly prices: (signal: AbortSignal, stack: StackSettings) => Promise<Prices>;
  readonly active: (signal: AbortSignal, stack: StackSettings) => Promise<readonly AccountRun[] | undefined>;
  readonly since: (
    since: Date,
    signal: AbortSignal,
    stack: StackSettings,
  ) => Promise<readonly AccountRun[] | undefined>;
}

const LYCEUM: AccountReads = { prices: readPrices, active: readActiveRuns, since: readRunsSince };

/** Options for reading the account. */
export interface AccountOptions {
  /** Whether the prices are shown even if no rule needs them. */
  readonly showsPrices?: boolean;
  readonly reads?: AccountReads;
  readonly settings?: () => Promise<StackSettings>;
  readonly environment?: Environment;
}

/**
 * Reads the facts about the account that a policy needs, and the prices if `showsPrices` is true. Without an API key,
 * the facts are undefined. So a pipeline without a key can run a preview.
 *
 * Uses the API key that the default provider uses: the key of the stack, or else the key of the environment.
 */
export async function readAccount(
  policy: Pick<StackPolicy, "refuse" | "warn"> | undefined,
  now: number,
  signal: AbortSignal,
  { showsPrices = false, reads = LYCEUM, settings, environment = process.env }: AccountOptions = {},
): Promise<Account> {
  const has = (...rules: readonly (keyof StackPolicy["refuse"])[]) =>
    rules.some((rule) => policy?.refuse[rule] !== undefined || policy?.warn[rule] !== undefined);
  const needs = {
    prices: showsPrices || has("maxCost", "maxCostPerRun", "maxCostPerMonth"),
    active: has("parallelRuns"),
    month: has("maxCostPerMonth"),
  };
  const needsAny = needs.prices || needs.active || needs.month;
  const stack = needsAny && settings !== undefined ? await settings().catch(() => undefined) : {};
  if (stack === undefined) return { prices: undefined, active: undefined, month: undefined, now, own: {} };
  const [prices, active, month] = await Promise.all([
    needs.prices ? reads.prices(signal, stack) : undefined,
    needs.active ? reads.active(signal, stack) : undefined,
    needs.month ? reads.since(startOfMonth(now), signal, stack) : undefined,
  ]);
  const input = { environment, stack };
  const own = { baseUrl: accountOf(input).baseUrl, isOfStack: isAccountOfStack(input) };
  return { prices, active, month, now, own };
}
