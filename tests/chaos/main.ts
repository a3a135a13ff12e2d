/**
 * `npm run chaos`: runs random programs with random faults, and checks the results against the records of the emulator.
 */
import { parseArgs } from "node:util";
import { type Cell, cellsNamed } from "./plan/cells";
import { OFTEN_ENOUGH, type RunReport, rareCells, summarize } from "./report";
import { playRun } from "./run";
import { makeWorkspace } from "./workspace";

const USAGE = `Usage: npm run chaos -- [options]

  --seed TEXT     what everything random is drawn from (1)
  --runs N        how many runs (20)
  --first N       number of the first run (0)
  --only RUN      this run alone, with its scenario
  --aim CELL      this alone happens, to one execution, such as "SIGKILL to CLI × answered", or to the state of two, such as
                  "state move × another text" (may be given several times; "state move" is all cells that begin so)
  --fill          then aims further runs at what came up fewer than ${OFTEN_ENOUGH} times
  --host NAME     which host the programs use: dynamic (the default) or plugin
  --workers N     runs at once (2)
  --help          this text

The package and the emulator have to be built. A run that fails is repeated with --seed and --only (and --aim).`;

/**
 * The largest number of attempts of a chaos run. If a phase ends before its fault comes, the chaos run is tried again.
 */
const MOST_ROUNDS = 4;

interface Asked {
  readonly run: number;
  readonly aim: Cell | undefined;
}

/** Returns the cells that occurred too rarely. A cell is in the list as many times as it has to occur again. */
function missing(reports: readonly RunReport[]): readonly Cell[] {
  return [...rareCells(reports)].flatMap(([name, count]) => {
    const [cell] = cellsNamed(name);
    return cell === undefined ? [] : Array.from({ length: OFTEN_ENOUGH - count }, () => cell);
  });
}

/** Makes the chaos runs. @returns the exit code */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      runs: { type: "string", default: "20" },
      first: { type: "string", default: "0" },
      only: { type: "string" },
      aim: { type: "string", multiple: true, default: [] },
      fill: { type: "boolean", default: false },
      workers: { type: "string", default: "2" },
      host: { type: "string", default: "dynamic" },
      help: { type: "boolean", default: false },
    },
  });
  const [first, count, workers] = [values.only ?? values.first, values.only ? "1" : values.runs, values.workers].map(
    Number,
  );
  const aims = values.aim.flatMap(cellsNamed);
  const isUnknown = values.aim.some((name) => cellsNamed(name).length === 0);
  const numbers = [first, count, workers].map((number) => (Number.isInteger(number) ? Number(number) : -1));
  const host = values.host === "dynamic" || values.host === "plugin" ? values.host : undefined;
  if (values.help || numbers.some((number) => number < 0) || isUnknown || host === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const workspace = await makeWorkspace(`${process.pid}`, host);
  let next = numbers[0] ?? 0;
  const queue: Asked[] = Array.from({ length: numbers[1] ?? 0 }, (_, index) => ({
    run: next++,
    aim: aims[index % aims.length],
  }));
  const reports: RunReport[] = [];
  const work = async (): Promise<void> => {
    for (let asked = queue.shift(); asked !== undefined; asked = queue.shift()) {
      const report = await playRun(workspace, values.seed, asked.run, asked.aim);
      reports.push(report);
      console.log(lineOf(report));
      if (report.violations.length > 0 || values.only !== undefined) console.log(scenarioOf(values.seed, report));
    }
  };
  const playAll = () => Promise.all(Array.from({ length: Math.max(1, numbers[2] ?? 1) }, work));
  await playAll();
  for (let round = 0; values.fill && round < MOST_ROUNDS; round++) {
    for (const aim of missing(reports)) queue.push({ run: next++, aim });
    await playAll();
  }
  const summary = summarize(values.seed, reports);
  console.log(JSON.stringify(summary, null, 2));
  if (summary.wrong.length > 0) return 1;
  workspace.remove();
  return 0;
}

function lineOf(report: RunReport): string {
  const { run, aim, seconds, resources, commands, fired, secondStarts, sharedEnds, leftNamed, violations } = report;
  const outcome = violations.length === 0 ? "good" : `${violations.length} VIOLATIONS`;
  const counts = [
    [resources, "resources"],
    [commands, "commands"],
    [fired.length, "faults"],
    [secondStarts.length, "second starts (named limit)"],
    [sharedEnds.length, "shared ends (named limit)"],
    [leftNamed, "runs left and named"],
    [seconds, "s"],
  ] as const;
  const shown = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `run ${run}${aim === undefined ? "" : ` at ${aim}`}: ${outcome} (${shown.join(", ")})`;
}

function scenarioOf(seed: string, { run, aim, scenario, violations }: RunReport): string {
  return [
    `  --seed ${seed} --only ${run}${aim === undefined ? "" : ` --aim "${aim}"`}`,
    ...scenario.map((line) => `  ${line}`),
    ...violations.map((one) => `  ! ${one}`),
  ].join("\n");
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
