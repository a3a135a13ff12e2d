import { LineCursor } from "./line-cursor";

/** In each row, `^` stands for the offset. */
test.each([
  ["before any quote", "^a 'b'", ""],
  ["in double quotes", 'a "b ^c"', '"'],
  ["in a text that begins with it", "'a ^b'", "'"],
  ["after a closing quote", 'a "b" ^c', ""],
  ["in a quote that contains another one", "a \"b 'c ^d", '"'],
  ["after an escaped quote", 'a "b \\" ^c', '"'],
  ["after an apostrophe", "it's ^a", ""],
  ["after an apostrophe of a word that ends like a prefix", "of's ^a", ""],
  ["in a text of Python with a prefix", "x = f'a ^b'", "'"],
  ["in a text of Python with a prefix at the begin", "b'a ^b'", "'"],
  ["on the line after an open quote", "a 'b\nc ^d", ""],
  ["in quotes on the last of three lines", "a\n'b\nc 'd ^e", "'"],
])("the open quote %s", (_where, marked, quote) => {
  const at = marked.indexOf("^");
  const text = marked.replace("^", "");
  expect(new LineCursor(text).moveTo(at).quote).toBe(quote);
});

test("a cursor knows the begin and the end of its line", () => {
  const cursor = new LineCursor("ab\ncd\nef");
  expect([cursor.start, cursor.end]).toEqual([0, 2]);
  const second = cursor.moveTo(4);
  expect([second.start, second.end]).toEqual([3, 5]);
  const last = cursor.moveTo(8);
  expect([last.start, last.end]).toEqual([6, 8]);
});
