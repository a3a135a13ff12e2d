import { linePrinter } from "./log-lines";

const style = { timestamps: false, prefix: true };
const lines = [
  { message: "ready", service: "db", timestamp: "2026-03-01T12:00:00Z" },
  { message: "::error::no command of a pipeline", service: "worker" },
  { message: "without a service" },
];

test("the service stands in front, as wide as the widest", () => {
  const print = linePrinter({ columns: undefined, color: false }, style);
  expect(print(lines)).toBe("db      | ready\nworker  | ::error::no command of a pipeline\nwithout a service");
});

test("times are printed where they are asked for, and no service where it is not", () => {
  const print = linePrinter({ columns: undefined, color: false }, { timestamps: true, prefix: false });
  expect(print(lines)).toBe("2026-03-01T12:00:00Z ready\n::error::no command of a pipeline\nwithout a service");
});

test("each service has a color, which stays the same", () => {
  const print = linePrinter({ columns: 80, color: true }, style);
  const first = print(lines.slice(0, 2));
  expect(first).toContain("\u001b[36mdb      | \u001b[0mready");
  expect(first).toContain("\u001b[33mworker  | \u001b[0m");
  expect(print([{ message: "again", service: "db" }])).toBe("\u001b[36mdb      | \u001b[0magain");
});

test("on a terminal a line cannot act on it; through a pipe it is as it was written", () => {
  const hostile = [{ message: "\u001b[2J\u001b]0;title\u0007gone\u202e", service: "a" }];
  expect(linePrinter({ columns: 80, color: false }, style)(hostile)).toBe("a  | gone·");
  expect(linePrinter({ columns: undefined, color: false }, style)(hostile)).toBe(`a  | ${hostile[0]?.message}`);
});
