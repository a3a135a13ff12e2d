import type { Redactor } from "../secrets";
import { LyceumError } from "./errors";
import type { MachineType } from "./port";

const NAMED_AT_MOST = 20;

/** One list from the two calls that know machines: what is available, with prices where they are known. */
export function mergeMachines(
  available: readonly MachineType[] | undefined,
  priced: readonly MachineType[] | undefined,
): readonly MachineType[] {
  if (available === undefined || available.length === 0) return priced ?? [];
  const prices = new Map((priced ?? []).map((machine) => [machine.hardwareProfile, machine]));
  return available.map((machine) => prices.get(machine.hardwareProfile) ?? machine);
}

/** A refused machine's error with the account's machines in it; unchanged when they could not be had. */
export function withMachines(error: LyceumError, machines: readonly MachineType[], redact: Redactor): LyceumError {
  if (machines.length === 0) return error;
  const names = machines
    .slice(0, NAMED_AT_MOST)
    .map(({ hardwareProfile, pricePerHour }) =>
      pricePerHour === undefined ? hardwareProfile : `${hardwareProfile} (${pricePerHour} per hour)`,
    );
  const more = machines.length > names.length ? ` and ${machines.length - names.length} more` : "";
  const message = `${error.message} Machines of this account: ${names.join(", ")}${more}.`;
  return new LyceumError({ ...error, message, redact });
}
