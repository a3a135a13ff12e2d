import type { Scenario } from "../scenario";

/**
 * Scripts for services of a compose file of the program, by their names, on the simulated engine. Real containers run what the file
 * says, so an example needs no key that only the emulator knows.
 */
export function simulate(scenario: Scenario, file: string, scripts: Readonly<Record<string, object>>): void {
  if (scenario.engine !== "simulated") return;
  for (const [service, script] of Object.entries(scripts)) {
    const key = `    x-lyceum-sim: ${JSON.stringify(script)}\n`;
    scenario.edit(file, (text) =>
      text
        .replace(/^ {4}x-lyceum-sim: .*\n/m, (line) => (text.includes(`  ${service}:\n${line}`) ? "" : line))
        .replace(`  ${service}:\n`, `  ${service}:\n${key}`),
    );
  }
}
