import type { Scenario } from "./scenario";
import type { StepOptions } from "./step";

/**
 * Runs a refresh that also runs the program. Pulumi compares the program's inputs with the recorded inputs before it
 * calls the provider, and shows the differences on an unfinished line of its output. Golden files leave out unfinished
 * lines, so this function prints the differences.
 */
export async function refreshWithProgram(
  scenario: Scenario,
  title: string,
  options: StepOptions = { requests: "at once" },
): Promise<readonly string[]> {
  const { output } = await scenario.refresh(title, options, "--run-program");
  const rows = [...output.matchAll(/ (\S+) refreshing .*(\[diff: .*?\])/g)].map(([, name, diff]) => `${name} ${diff}`);
  const shown = [...new Set(rows)].sort();
  for (const line of shown.length === 0 ? ["no row shows a difference"] : shown) scenario.print(`  ${line}`);
  return shown;
}
