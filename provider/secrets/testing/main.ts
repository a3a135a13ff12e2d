/** The program of `npm run secrets`: it prints how many secrets of the corpus the detector finds. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { secretsIn } from "./detector";
import { type Measured, measure, percentOf, precisionOf, tableOf, withTable } from "./measure";

const PAGE = join(process.cwd(), "docs", "explanation", "secrets.md");
const LONGEST_SHOWN = 100;

const { values } = parseArgs({ options: { details: { type: "boolean" }, write: { type: "boolean" } } });
const measured = measure(secretsIn);
console.log(tableOf(measured));
console.log(`\nOf all findings, ${percentOf(precisionOf(measured))} are secrets.`);
if (values.details) for (const each of measured) printDetails(each);
if (values.write) writeFileSync(PAGE, withTable(readFileSync(PAGE, "utf8"), tableOf(measured)));

/** Prints the texts with missed secrets, and the wrong findings. The corpus contains no real secret. */
function printDetails({ kind, wide, missed, wrong }: Measured): void {
  const lines = [
    ...missed.map(({ name }) => `missed: ${name}`),
    ...wrong.map(({ of, finding }) => `wrong, ${finding.certainty}: ${finding.value} in ${of.name}`),
  ].map((line) => line.replaceAll("\n", " ").slice(0, LONGEST_SHOWN));
  if (lines.length > 0) console.log(`\n${kind} (${wide} with ordinary text around them)`);
  for (const line of new Set(lines)) console.log(`  ${line}`);
}
