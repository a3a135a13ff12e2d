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
  ["too deep", "<a>".repeat(12) + "</a>".repeat(12)],
])("%s is refused", (_what, text) => {
  expect(() => readXml(text)).toThrow(expect.objectContaining({ code: "MalformedXML" }));
});
