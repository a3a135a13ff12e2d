import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../root";

/** One step of a golden file: its title and requests, or the list of all runs. */
interface Step {
  readonly title: string;
  readonly lines: readonly string[];
}

const NO_SCOPE = "the plugin has no scope, whose deletion reads the list once; nothing of a start key was deleted";
const EACH_RESOURCE = "the plugin reads the list after the deletion of each resource that has a start key";
const TWO_PROCESSES =
  "with the dynamic provider, functions run in the process of the program, which asks for its own credentials";

/**
 * Steps whose requests differ between the dynamic provider and the plugin, by `<scenario>/<file>: <title>`, each with
 * the reason. `docs/guides/plugin.md` describes these differences.
 */
const DIFFERENCES: Readonly<Record<string, string>> = {
  "arguments/simulated.txt: destroy": NO_SCOPE,
  "artifacts/simulated.txt: the run leaves its files": TWO_PROCESSES,
  "artifacts/simulated.txt: the next update finds it": TWO_PROCESSES,
  "start-once/recorded-simulated.txt: a run is taken over by its id, though it has ended": EACH_RESOURCE,
  "start-once/recorded-simulated.txt: destroy does not abort the adopted run": NO_SCOPE,
  "stored-files/failing-simulated.txt: destroy leaves what others have put there": NO_SCOPE,
  "surgery/moved-simulated.txt: destroy of the first stack": NO_SCOPE,
};

/** The requests of each step, and the runs at the end. */
function stepsOf(text: string): Step[] {
  return text
    .split(/^# /m)
    .slice(1)
    .map((part) => {
      const [title = "", ...lines] = part.trimEnd().split("\n");
      const from = lines.indexOf("requests");
      return { title, lines: from < 0 && title !== "the runs there ever were" ? [] : lines.slice(from + 1) };
    });
}

/** The differences of two golden files in their requests. If a scenario has only one file, there are none. */
function differences(name: string, dynamic: string, plugin: string): string[] {
  const [left, right] = [stepsOf(dynamic), stepsOf(plugin)];
  const titles = [...new Set([...left, ...right].map(({ title }) => title))];
  const linesIn = (steps: readonly Step[], title: string) =>
    steps
      .filter((step) => step.title === title)
      .map(({ lines }) => lines.join("\n"))
      .join("\n\n");
  return titles.filter((title) => linesIn(left, title) !== linesIn(right, title)).map((title) => `${name}: ${title}`);
}

const scenarios = join(ROOT, "tests", "scenarios");
const pairs = readdirSync(scenarios).flatMap((scenario) => {
  const folder = join(scenarios, scenario, "golden", "plugin");
  // A scenario with only the plugin has no pair.
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const hasPair = (file: string): boolean => existsSync(join(folder, "..", file));
  return files.filter(hasPair).map((file) => ({ scenario, file }));
});

test("finds an added request, a missing one and another end of a run", () => {
  const golden =
    "# up\n$ pulumi up\nexit 0\n  text\nrequests\n  POST /a\n\n# the runs there ever were\n  <1> completed 0\n";
  expect(differences("x", golden, golden)).toEqual([]);
  expect(differences("x", golden, golden.replace("text", "other"))).toEqual([]);
  expect(differences("x", golden, golden.replace("POST /a", "none"))).toEqual(["x: up"]);
  expect(differences("x", golden, golden.replace("completed", "aborted"))).toEqual(["x: the runs there ever were"]);
});

test("both hosts send the same requests in every scenario, but for the listed differences", () => {
  expect(pairs.length).toBeGreaterThan(20);
  const found = pairs.flatMap(({ scenario, file }) => {
    const read = (...folders: string[]) => readFileSync(join(scenarios, scenario, ...folders, file), "utf8");
    return differences(`${scenario}/${file}`, read("golden"), read("golden", "plugin"));
  });
  expect(found).toEqual(Object.keys(DIFFERENCES));
});
