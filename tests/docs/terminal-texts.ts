/** A command of a golden file with what it printed. */
interface Step {
  readonly command: string;
  readonly lines: readonly string[];
}

/** Placeholders for ids and times in a golden file. A guide has `…` in their place. */
const placeholders = /<[^<>]+>/g;

/**
 * Returns the commands of a golden file, without the heading of standard error and without empty lines. A command that
 * printed lines on both outputs occurs twice, because a terminal may show the standard error first.
 */
function stepsOf(golden: string): Step[] {
  return golden.split(/^\$ /m).flatMap((section, index) => {
    const [command = "", _ending, ...lines] = section.split(/^requests$/m, 1)[0]?.split("\n") ?? [];
    if (index === 0) return [];
    const shown = lines.map((line) => line.replace(/^ {2}/, "").replace(placeholders, "…").trimEnd());
    const at = shown.indexOf("stderr:");
    const orders = at === -1 ? [shown] : [shown, [...shown.slice(at), ...shown.slice(0, at)]];
    return orders.map((order) => ({ command, lines: order.filter((line) => line !== "" && line !== "stderr:") }));
  });
}

/**
 * Returns true if a terminal text comes from a golden file. A line `$ COMMAND` names a command of the golden file,
 * which may have more words, such as `--yes`. The lines below it must be consecutive lines of the command's output. A
 * line `…` stands for left-out lines.
 */
export function isFromGolden(text: string, golden: string): boolean {
  const steps = stepsOf(golden);
  const [before = "", ...shown] = text.split(/^\$ /m);
  return (
    before === "" &&
    shown.length > 0 &&
    shown.every((section) => {
      const [command = "", ...lines] = section.split("\n");
      const groups = groupsOf(lines);
      return steps.some((step) => isShortFor(command, step.command) && holds(step.lines, groups));
    })
  );
}

/** Whether a command is the same as another one, apart from missing words. */
function isShortFor(command: string, whole: string): boolean {
  const words = whole.split(" ");
  const others = command.split(" ").filter((word) => {
    const at = words.indexOf(word);
    words.splice(0, at + 1);
    return at === -1;
  });
  return others.length === 0;
}

function groupsOf(lines: readonly string[]): string[][] {
  const groups: string[][] = [[]];
  for (const line of lines.map((line) => line.trimEnd()).filter((line) => line !== "")) {
    if (line === "…") groups.push([]);
    else groups.at(-1)?.push(line);
  }
  return groups.filter((group) => group.length > 0);
}

function holds(lines: readonly string[], groups: readonly (readonly string[])[]): boolean {
  let from = 0;
  for (const group of groups) {
    const at = lines.findIndex((_, index) => index >= from && group.every((line, n) => lines[index + n] === line));
    if (at === -1) return false;
    from = at + group.length;
  }
  return true;
}
