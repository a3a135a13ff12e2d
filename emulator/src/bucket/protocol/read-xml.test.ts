import { childText, readXml } from "./read-xml";
import { xmlDocument } from "./xml";

test("a document is read with its texts, whatever its name space, comments and attributes", () => {
  const text = `<?xml version="1.0"?>\n<s3:Delete xmlns:s3="http://x/"><!-- a --><Object><Key a="b">a&amp;&#x62;&#99;<![CDATA[<d>]]></Key></Object>
    <Quiet/></s3:Delete>`;
  const root = readXml(text);
  expect([root.name, root.children.map(({ name }) => name)]).toEqual(["Delete", ["Object", "Quiet"]]);
  const [object] = root.children;
  expect(object && childText(object, "Key")).toBe("a&bc<d>");
  expect(childText(root, "None")).toBeUndefined();
});

test("what is written is read again", () => {
  const text = "a<&>\"'\n\r\tü\u{1f600}";
  expect(childText(readXml(xmlDocument("A", [["B", text]])), "B")).toBe(text);
});

test.each([
  ["nothing", ""],
  ["a text", "abc"],
  ["an element that is not closed", "<a><b></b>"],
  ["another end", "<a></b>"],
  ["an end alone", "</a>"],
  ["two roots", "<a/><b/>"],
  ["half a tag", "<a"],
  ["an unknown entity", "<a>&x;</a>"],
  ["an entity without an end", "<a>&amp</a>".replace("&amp", "&")],
  ["a document type", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
  ["too deep", "<a>".repeat(10) + "</a>".repeat(10)],
  ["a text after the root", "<a/>b"],
  ["a number of no character", "<a>&#x110000;</a>"],
])("%s is refused", (_what, text) => {
  expect(() => readXml(text)).toThrow(expect.objectContaining({ code: "MalformedXML" }));
});

test("a document may have nine levels, and the last character of Unicode", () => {
  expect(readXml("<a>".repeat(9) + "</a>".repeat(9)).name).toBe("a");
  expect(readXml("<a>&#x10ffff;&#1114111;</a>").text).toBe("\u{10ffff}\u{10ffff}");
});

test("an instruction and a comment may be anywhere, and a section of data keeps each sign", () => {
  expect(readXml("<?x?><!---->\n<a>1<?y?>2<!-- <b> -->3<![CDATA[]]>4<![CDATA[]&amp;]]]></a> ").text).toBe(
    "1234]&amp;]",
  );
});
