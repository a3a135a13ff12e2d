import type { Creator, StackIdentity } from "../../../provider/reads";
import { nameOf, providerUrn } from "../../../provider/schema";
import { interruptedCreates } from "./pending";
import type { RecordedProvider, RecordedStack } from "./state";

/** Returns the parts of a state that are needed to find runs that are not in the state. */
export function identityOf(state: RecordedStack): StackIdentity {
  const creates = interruptedCreates(state.pending, state.executions);
  const references = [...new Set(creates.map(({ provider }) => provider))];
  return {
    scopes: state.scopes,
    recorded: state.recorded,
    interrupted: [...new Set(creates.map(({ urn }) => urn))],
    creators: references.map((reference) => creatorOf(reference, state.providers)),
  };
}

/**
 * Returns the provider with which an interrupted create has started. `isReplaced`: the state now has a provider with
 * the same URN but another id.
 */
function creatorOf(reference: string, providers: readonly RecordedProvider[]): Creator {
  const urn = providerUrn(reference);
  const own = providers.find((one) => one.reference === reference);
  const isReplaced = own === undefined && providers.some((one) => providerUrn(one.reference) === urn);
  return { name: nameOf(urn), isReplaced, settings: own?.settings ?? {} };
}
