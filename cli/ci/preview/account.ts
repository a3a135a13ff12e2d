import { type AccountRun, type Prices, type StackPolicy, startOfMonth } from "../../../provider/policy";
import { readActiveRuns, readPrices, readRunsSince } from "../../../provider/reads";

/**
 * The facts about the account and the time that the rules of a policy need. A fact is undefined if no rule needs it, or
 * if it is not known.
 */
export interface Account {
  readonly prices: Prices;
  readonly active: readonly AccountRun[] | undefined;
  readonly month: readonly AccountRun[] | undefined;
  /** Milliseconds. */
  readonly now: number;
}

/** The functions that read the account. */
export interface AccountReads {
  readonly prices: (signal: AbortSignal) => Promise<Prices>;
  readonly active: (signal: AbortSignal) => Promise<readonly AccountRun[] | undefined>;
  readonly since: (since: Date, signal: AbortSignal) => Promise<readonly AccountRun[] | undefined>;
}

const LYCEUM: AccountReads = { prices: readPrices, active: readActiveRuns, since: readRunsSince };

/**
 * Reads only what a policy needs. So a pipeline without an API key can run a preview.
 *
 * @param showsPrices whether the prices are shown even if no rule needs them
 */
export async function readAccount(
  policy: Pick<StackPolicy, "refuse" | "warn"> | undefined,
  now: number,
  signal: AbortSignal,
  { showsPrices = false, reads = LYCEUM }: { readonly showsPrices?: boolean; readonly reads?: AccountReads } = {},
): Promise<Account> {
  const has = (...rules: readonly (keyof StackPolicy["refuse"])[]) =>
    rules.some((rule) => policy?.refuse[rule] !== undefined || policy?.warn[rule] !== undefined);
  const [prices, active, month] = await Promise.all([
    showsPrices || has("maxCost", "maxCostPerRun", "maxCostPerMonth") ? reads.prices(signal) : undefined,
    has("parallelRuns") ? reads.active(signal) : undefined,
    has("maxCostPerMonth") ? reads.since(startOfMonth(now), signal) : undefined,
  ]);
  return { prices, active, month, now };
}
