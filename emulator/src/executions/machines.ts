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

/** Whether the account has the machine. */
export function isMachine(name: string): boolean {
  return machines.some((machine) => machine.hardwareProfile === name);
}
