/** The machine types of the emulated account. The names are from Lyceum's pages. The prices are invented. */
export const MACHINES: readonly { readonly hardwareProfile: string; readonly pricePerHour: number }[] = [
  { hardwareProfile: "cpu", pricePerHour: 0.1 },
  { hardwareProfile: "gpu.l40s", pricePerHour: 1.5 },
  { hardwareProfile: "gpu.a100", pricePerHour: 2 },
  { hardwareProfile: "gpu.h100", pricePerHour: 3.5 },
];

/** Returns the machine types in the form of the API's answer. */
export function machineTypes() {
  return {
    machine_types: MACHINES.map(({ hardwareProfile, pricePerHour }) => ({
      hardware_profile: hardwareProfile,
      price_per_hour: pricePerHour,
    })),
    count: MACHINES.length,
  };
}

/** Returns the prices of the machine types, in the form of the API: per second and per hour. */
export function prices() {
  return MACHINES.map(({ hardwareProfile, pricePerHour }) => ({
    meter_slug: "vm_running",
    group_by: { hardware_profile: hardwareProfile },
    applies_to: null,
    unit_price: pricePerHour / 3600,
    unit_price_per_hour: pricePerHour,
  }));
}

/** Returns whether the account has a machine type with this name, such as `gpu.a100`. */
export function isMachine(name: string): boolean {
  return MACHINES.some((machine) => machine.hardwareProfile === name);
}
