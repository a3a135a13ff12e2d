/** The content of an element: a text, or its children in order. A child that is undefined is left out. */
export type XmlContent = string | number | boolean | readonly (XmlChild | undefined)[];

/** A child: its name and its content. */
export type XmlChild = readonly [name: string, content: XmlContent | undefined];

/** Returns a document in S3's namespace. */
export function xmlDocument(name: string, content: XmlContent): string {
  const root = `<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${written(content)}</${name}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

/** Returns the document of an error. This document has no namespace. */
export function xmlError(fields: readonly XmlChild[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${written(fields)}</Error>`;
}

function written(content: XmlContent): string {
  if (!Array.isArray(content)) return escaped(String(content));
  return (content as readonly (XmlChild | undefined)[])
    .map((child) => {
      const [name, under] = child ?? ["", undefined];
      return under === undefined ? "" : `<${name}>${written(under)}</${name}>`;
    })
    .join("");
}

const NAMED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/**
 * Escapes the characters that have a meaning in XML, and replaces the characters that XML cannot contain. A client that
 * needs the replaced characters asks for `encoding-type=url`.
 */
function escaped(text: string): string {
  return text.replace(/[&<>"'\p{Cc}\ufffe\uffff]/gu, (sign) => {
    const named = NAMED[sign];
    if (named !== undefined) return named;
    const code = sign.charCodeAt(0);
    return /[\t\n\r]/.test(sign) || (code >= 0x7f && code < 0xfffe) ? `&#${code};` : "\ufffd";
  });
}
