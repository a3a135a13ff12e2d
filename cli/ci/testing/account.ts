import type { Account } from "../preview/account";

/** An account of which no fact is known, on a Friday at noon (UTC). */
export const NO_ACCOUNT: Account = {
  prices: undefined,
  active: undefined,
  month: undefined,
  now: Date.parse("2027-01-15T12:00:00Z"),
  own: {},
};
