import { table } from "./list";

const HEADS = ["ID", "STATUS", "LABEL", "MACHINE", "CREATED", "RAN"];
const id = "local-7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90";
const rowOf = (label: string): readonly string[] => [id, "completed", label, "cpu", "12m30s ago", "1m10s"];
const headOf = (label: string, columns: number): string => table(HEADS, [rowOf(label)], columns).split("\n")[0] ?? "";

test("the table has all columns that fit the terminal, and all without a terminal", () => {
  expect(headOf("train", Number.POSITIVE_INFINITY).split(/ +/)).toEqual(HEADS);
  expect(headOf("train", 100).split(/ +/)).toEqual(HEADS);
  expect(headOf("train", 80).split(/ +/)).toEqual(["ID", "STATUS", "LABEL", "CREATED", "RAN"]);
  expect(headOf("train-resnet", 80).split(/ +/)).toEqual(["ID", "STATUS", "LABEL", "RAN"]);
});

test.each([80, 100, 120])("at %d columns no line is wider, and the id is whole", (columns) => {
  for (const label of ["a", "train-resnet", "x".repeat(200)]) {
    const lines = table(HEADS, [rowOf(label), rowOf("b")], columns).split("\n");
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    for (const line of lines.slice(1)) expect(line).toMatch(new RegExp(`^${id}  completed  `));
    expect(lines[1]).toContain(label.slice(0, 10));
  }
});
