/** `npm run chaos`: random programs under random faults, judged by what the emulator's ledger says. */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { BREAKAGES } from "./breakages";
import { markdown, summarize } from "./report";
import { makeRoom } from "./room";
import { playRun, type RunReport } from "./run";

const USAGE = `Usage: npm run chaos -- [options]

  --seed TEXT     what everything random is drawn from (1)
  --runs N        how many runs (20)
  --first N       number of the first run (0)
  --only RUN      this run alone, with its story
  --json FILE     writes the report there, again after every run
  --workers N     runs at once (2)
  --break NAME    breaks the package first, to see that it is found: ${Object.keys(BREAKAGES).join(", ")}
  --help          this text

The package and the emulator have to be built. A run that fails is repeated with --seed and --only.`;

/** Plays the runs. @returns the exit code. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      runs: { type: "string", default: "20" },
      first: { type: "string", default: "0" },
      only: { type: "string" },
      json: { type: "string" },
      workers: { type: "string", default: "2" },
      break: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const breakage = Object.entries(BREAKAGES).find(([name]) => name === values.break)?.[1];
  const [first, count, workers] = [values.only ?? values.first, values.only ? "1" : values.runs, values.workers].map(
    Number,
  );
  const numbers = [first, count, workers].map((number) => (Number.isInteger(number) ? Number(number) : -1));
  if (values.help || numbers.some((number) => number < 0) || (values.break !== undefined && breakage === undefined)) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const room = await makeRoom(`${process.pid}`, breakage);
  const queue = Array.from({ length: numbers[1] ?? 0 }, (_, index) => (numbers[0] ?? 0) + index);
  const reports: RunReport[] = [];
  const work = async (): Promise<void> => {
    for (let run = queue.shift(); run !== undefined; run = queue.shift()) {
      const report = await playRun(room, values.seed, run);
      reports.push(report);
      console.log(lineOf(report));
      if (report.violations.length > 0 || values.only !== undefined) console.log(storyOf(values.seed, report));
      if (values.json !== undefined) writeFileSync(values.json, jsonOf(values.seed, reports));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, numbers[2] ?? 1) }, work));
  const summary = summarize(values.seed, reports);
  console.log(`\n${markdown(summary.table)}\n`);
  console.log(JSON.stringify({ ...summary, table: undefined, rare: summary.rare.length }));
  if (summary.violations.length > 0) return 1;
  room.remove();
  return 0;
}

function lineOf({ run, seconds, resources, commands, fired, secondStarts, violations }: RunReport): string {
  const verdict = violations.length === 0 ? "good" : `${violations.length} VIOLATIONS`;
  const second = secondStarts.length === 0 ? "" : `, ${secondStarts.length} second starts (named limit)`;
  return `run ${run}: ${verdict} (${resources} resources, ${commands} commands, ${fired.length} faults${second}, ${seconds} s)`;
}

function storyOf(seed: string, { run, story, violations }: RunReport): string {
  return [
    `  --seed ${seed} --only ${run}`,
    ...story.map((line) => `  ${line}`),
    ...violations.map((one) => `  ! ${one}`),
  ].join("\n");
}

/** Whole reports: a long run that is stopped is usable up to there. */
function jsonOf(seed: string, reports: readonly RunReport[]): string {
  const byNumber = [...reports].sort((left, right) => left.run - right.run);
  const runs = byNumber.map(({ story, ...report }) => (report.violations.length > 0 ? { ...report, story } : report));
  const lines = runs.map((report) => `    ${JSON.stringify(report)}`);
  const { table, ...summary } = summarize(seed, byNumber);
  return `{\n  "summary": ${JSON.stringify(summary)},\n  "table": ${JSON.stringify(table)},\n  "played": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
