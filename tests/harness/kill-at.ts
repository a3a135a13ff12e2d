import type { ProgramName } from "./commands";
import type { Scenario } from "./scenario";
import { waitUntil } from "./wait";

/**
 * A request of the killed command, counted from 0. The last item shows whether the emulator has carried out the
 * request.
 */
export type Moment = readonly [operation: string, after: number, commit: "before" | "after"];

/** Starts a command, and kills it with all its processes while the emulator holds one of its requests. */
export async function killAt(
  scenario: Scenario,
  args: readonly string[],
  moment: Moment,
  program: ProgramName = "pulumi",
): Promise<void> {
  const [operation, after, commit] = moment;
  const { control, pulumi } = scenario;
  const hold = await control.fault({ operation, after, fault: { kind: "hold", commit } });
  const running = pulumi.start(args, {}, program);
  let hasEnded = false;
  const ended = running.ended.then(
    (result) => {
      hasEnded = true;
      return result;
    },
    () => undefined,
  );
  await waitUntil(`${args[0]} to send ${moment.join(" ")}`, async () => {
    const fault = (await control.faults()).find(({ id }) => id === hold);
    return fault?.holding === 1 || hasEnded;
  });
  if (hasEnded) throw new Error(`${args[0]} ended before ${moment.join(" ")}: ${JSON.stringify(await ended)}`);
  await scenario.killAll();
  await ended;
  await control.remove(hold);
  if (program === "pulumi") await pulumi.quietly(["cancel", "--yes"]);
}
