import { asNumber, compact, field, firstOf } from "../lyceum/json";
import { asWord } from "../lyceum/run-fields";
import type { FunctionResult } from "../schema";
import type { Query } from "./query";

/** The machines of the account. */
export const getMachineTypes: Query<"getMachineTypes"> = async (client, _given, signal) => ({
  machineTypes: await client.machineTypes({ signal }),
});

/** Whose the key is. Only the fields of the table are taken: what else an account holds is not asked for. */
export const getAccount: Query<"getAccount"> = async (client, _given, signal) => {
  const answer = await client.userStatus({ signal });
  const account = field(answer, "data") ?? answer;
  const word = (...keys: readonly string[]) => firstOf(account, keys, asWord);
  const isActive = field(account, "is_active") ?? field(account, "isActive");
  return compact<FunctionResult<"getAccount">>({
    userId: word("user_id", "userId", "id"),
    email: word("email"),
    orgId: word("org_id", "orgId"),
    isActive: typeof isActive === "boolean" ? isActive : undefined,
    credits: firstOf(account, ["credits", "credit_balance"], asNumber),
  });
};
