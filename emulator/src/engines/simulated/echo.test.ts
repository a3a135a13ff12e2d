import { echoed } from "./echo";

test("a careless program prints each line in four forms, then long words, and each word as a result", () => {
  const document = { services: { app: { command: "run\n\nrun", n: 5, tty: true, none: null } }, "x-own": "hidden" };
  expect(echoed({ ...document, list: ["TOKEN=abcdefghijkl"] })).toEqual([
    'run cnVu run "run"',
    '5 NQ== 5 "5"',
    'TOKEN=abcdefghijkl VE9LRU49YWJjZGVmZ2hpamts TOKEN%3Dabcdefghijkl "TOKEN=abcdefghijkl"',
    'abcdefghijkl YWJjZGVmZ2hpamts abcdefghijkl "abcdefghijkl"',
    'lyceum-result word0 "abcdefghijkl"',
  ]);
});

test.each([
  ["a word of eleven letters", "abcdefghijk", 1],
  ["a word of twelve letters, which is a line of its own", "abcdefghijkl", 3],
  ["two words of twelve letters, of which one is twice there", "abcdefghijkl,abcdefghijkm abcdefghijkl", 5],
  ["nothing", "  \n", 0],
])("of %s", (_what, text, count) => expect(echoed([text])).toHaveLength(count));
