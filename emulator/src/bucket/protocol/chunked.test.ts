import { decodeChunks } from "./chunked";

const valid = { payload: "", key: Buffer.from("k"), timestamp: "", signature: "" };

/** Decodes a body without signatures. Returns its text and its trailer, or the code of its error. */
async function decoded(text: string, size = 1_000_000) {
  async function* pieces() {
    for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
  }
  const scope = { date: "", region: "", service: "" };
  const chunks = decodeChunks(pieces(), { valid: { ...valid, scope }, isSigned: false, hasTrailer: false });
  let found = "";
  try {
    for (;;) {
      const { done, value } = await chunks.next();
      if (done) return [found, Object.fromEntries(value)];
      found += value;
    }
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

test.each([1, 2, 7, 1000])("a body that arrives in pieces of %i bytes is decoded with its trailer", async (size) => {
  const text = "A\r\n0123456789\r\n1\r\nx\r\n0\r\nX-A : 1:2 \r\nb:\r\n\r\n";
  expect(await decoded(text, size)).toEqual(["0123456789x", { "x-a": "1:2", b: "" }]);
});

const lines = (count: number) => Array.from({ length: count }, (_, at) => `x-${at}:1\r\n`).join("");
test.each<[string, string, unknown]>([
  ["no empty line at its end", "1\r\nx\r\n0\r\n", ["x", {}]],
  ["no empty line after its trailer", "0\r\na:1\r\n", ["", { a: "1" }]],
  ["a trailer line without a name", "0\r\n:1\r\n\r\n", "IncompleteBody"],
  ["a trailer line without a colon", "0\r\nabc\r\n\r\n", "IncompleteBody"],
  ["a trailer line of one letter", "0\r\na:b\r\n\r\n", ["", { a: "b" }]],
  ["more lines in its trailer than any client sends", `0\r\n${lines(22)}\r\n`, "IncompleteBody"],
  ["a chunk that ends too late", "1\r\nxy\r\n0\r\n\r\n", "IncompleteBody"],
  ["a chunk that ends too early", "3\r\nxy", "IncompleteBody"],
  ["no last chunk", "1\r\nx\r\n", "IncompleteBody"],
  ["bytes after its end", "0\r\n\r\nx", "IncompleteBody"],
  ["a line that never ends", "1".repeat(20_000), "IncompleteBody"],
])("a body with %s", async (_what, text, expected) => expect(await decoded(text)).toEqual(expected));
