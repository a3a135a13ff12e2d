import type { Scenario } from "./scenario";
import type { StepOptions } from "./step";

/**
 * Runs a refresh that also runs the program. Before Pulumi calls the provider, it compares the program's inputs with
 * the recorded ones, and shows the differences on an unfinished row of its output. Golden files leave unfinished rows
 * out, so this function prints the differences.
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
