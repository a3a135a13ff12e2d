/** A machine that the emulator pretends to have. */
export interface Machine {
  readonly hardwareProfile: string;
  /** Invented; nothing is billed. */
  readonly pricePerHour: number;
}

/** The machines of the emulated account. The names are those of the vendor's pages, the prices are invented. */
export const machines: readonly Machine[] = [
  { hardwareProfile: "cpu", pricePerHour: 0.1 },
  { hardwareProfile: "gpu.l40s", pricePerHour: 1.5 },
  { hardwareProfile: "gpu.a100", pricePerHour: 2 },
  { hardwareProfile: "gpu.h100", pricePerHour: 3.5 },
];

/** What a machine is billed by. */
const machineMeter = "vm_running";

/** The machines' prices as the pricing call lists them: by the hour, and by the second that is billed. */
export function prices() {
  return machines.map(({ hardwareProfile, pricePerHour }) => ({
    meter_slug: machineMeter,
    group_by: { hardware_profile: hardwareProfile },
    applies_to: null,
    unit_price: pricePerHour / 3600,
    unit_price_per_hour: pricePerHour,
  }));
}

/** Whether the account has the machine. */
export function isMachine(name: string): boolean {
  return machines.some((machine) => machine.hardwareProfile === name);
}
