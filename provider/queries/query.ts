import type { LyceumPort } from "../lyceum/port";
import type { FunctionArguments, FunctionName, FunctionResult } from "../schema";

/**
 * Answers a question about runs or the account. It changes nothing at Lyceum.
 *
 * @param signal fires when the caller no longer waits
 */
export type Query<Name extends FunctionName> = (
  client: LyceumPort,
  given: FunctionArguments<Name>,
  signal?: AbortSignal,
) => Promise<FunctionResult<Name>>;
