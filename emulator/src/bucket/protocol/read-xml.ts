import { S3Error } from "../errors";

/** An element of a document. */
export interface XmlElement {
  /** The name without the prefix of its namespace. */
  readonly name: string;
  /** The text of the element, without the text of its children. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** The deepest nesting that is accepted. Documents of S3 clients are at most 3 levels deep. */
const DEEPEST = 10;

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Reads the short documents that clients of S3 send. Ignores attributes. Refuses a document type, so that a document
 * cannot define entities.
 * @throws S3Error MalformedXML
 */
export function readXml(text: string): XmlElement {
  const root = { name: "", text: "", children: [] as XmlElement[] };
  const open = [root];
  for (let at = 0; at < text.length; ) {
    const current = open.at(-1) ?? root;
    const end = (mark: string): number => {
      const found = text.indexOf(mark, at);
      if (found < 0) throw new S3Error("MalformedXML");
      return found;
    };
    if (text[at] !== "<") {
      const next = text.indexOf("<", at);
      const until = next < 0 ? text.length : next;
      current.text += decoded(text.slice(at, until));
      at = until;
    } else if (text.startsWith("<!--", at)) at = end("-->") + 3;
    else if (text.startsWith("<?", at)) at = end("?>") + 2;
    else if (text.startsWith("<![CDATA[", at)) {
      const until = end("]]>");
      current.text += text.slice(at + 9, until);
      at = until + 3;
    } else {
      const until = end(">");
      const tag = text.slice(at + 1, until);
      at = until + 1;
      if (tag.startsWith("/")) {
        if (open.length < 2 || nameOf(tag.slice(1)) !== open.pop()?.name) throw new S3Error("MalformedXML");
      } else {
        const element = { name: nameOf(tag), text: "", children: [] };
        current.children.push(element);
        if (!tag.endsWith("/")) open.push(element);
        if (open.length > DEEPEST) throw new S3Error("MalformedXML");
      }
    }
  }
  const [element, ...more] = root.children;
  if (element === undefined || more.length > 0 || open.length > 1 || root.text.trim() !== "") {
    throw new S3Error("MalformedXML");
  }
  return element;
}

/** Returns the text of the first child with a name. */
export function childText({ children }: XmlElement, name: string): string | undefined {
  return children.find((child) => child.name === name)?.text;
}

function nameOf(tag: string): string {
  const name = /^(?:[\w.-]+:)?([\w.-]+)\s*(?:\s[^<]*|\/)?$/.exec(tag)?.[1];
  if (name === undefined) throw new S3Error("MalformedXML");
  return name;
}

function decoded(text: string): string {
  return text.replace(/&([^;&]{0,10});?/g, (written, entity: string) => {
    const named = ENTITIES[entity];
    if (named !== undefined) return named;
    const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(entity) ?? [];
    const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
    if (!written.endsWith(";") || !(code <= 0x10ffff)) throw new S3Error("MalformedXML");
    return String.fromCodePoint(code);
  });
}
