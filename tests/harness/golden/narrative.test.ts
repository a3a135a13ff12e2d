import { Names } from "./names";
import { inOrder } from "./narrative";

test("lines that name runs have a fixed order for any ids of the runs", () => {
  const told = (first: string, second: string) => {
    const names = new Names(true);
    names.execution(first, "abcdefgh-eval");
    names.execution(second, "abcdefgh-train");
    const rows = [second, first].map((id) => `    pulumi:pulumi:Stack play-dev warning: Run ${id} is active`);
    return inOrder(names, `Destroying (dev):\n\n${rows.join("\n")}\n`);
  };
  expect(told("local-1", "local-2")).toEqual(told("local-2", "local-1"));
  expect(told("local-2", "local-1").slice(2)).toEqual([
    "    pulumi:pulumi:Stack play-dev warning: Run <eval-1> is active",
    "    pulumi:pulumi:Stack play-dev warning: Run <train-1> is active",
  ]);
});
