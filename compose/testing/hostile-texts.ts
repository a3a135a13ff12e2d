/** A text that takes far too much time or memory in a careless reader, or did so in an earlier version. */
export interface HostileText {
  readonly text: string | Uint8Array;
  /** The code of the diagnostic about the text. Absent if the text is valid. */
  readonly code?: string;
}

const service = "services: {web: {image: i}}\n";

/** Returns a text that begins with `head` and then repeats `piece`, up to a length in characters. */
export const fill = (piece: string, head = "", length = 1_000_000) =>
  (head + piece.repeat(Math.ceil(length / piece.length))).slice(0, length);

/** Returns `count` lines. `row` makes each line from its number. */
export const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => row(index)).join("\n");

const plainService = (index: number) =>
  `  s${index}:\n    image: nginx:${index}\n    environment:\n      A: "1"\n      B: "2"\n    command: [a, b, c]`;

const bombs: Readonly<Record<string, HostileText>> = {
  "alias bomb": {
    text: `${rows(10, (i) => `x-${i}: &a${i} [${rows(9, () => (i === 0 ? "x" : `*a${i - 1}`)).replaceAll("\n", ",")}]`)}\n${service}`,
    code: "LYC2010",
  },
  "alias bomb in a mapping": {
    text: `${rows(10, (i) => `x-${i}: &a${i} {${rows(9, (k) => `k${k}: ${i === 0 ? "x" : `*a${i - 1} `},`).replaceAll("\n", " ")}}`)}\n${service}`,
    code: "LYC2010",
  },
  "merge bomb": {
    text: `x-a: &a {${rows(8_000, (i) => `k${i}: 1,`).replaceAll("\n", " ")}}\n${rows(8_000, (i) => `x-${i}: {<<: *a}`)}\n${service}`,
    code: "LYC2010",
  },
  "long text under many aliases": {
    text: `x-s: &s '${"x".repeat(500_000)}'\n${rows(10_000, (i) => `x-${i}: *s`)}\n${service}`,
    code: "LYC2010",
  },
  "chain of aliases": {
    text: `x-0: &a0 [x]\n${rows(15_000, (i) => `x-${i + 1}: &a${i + 1} [*a${i}]`)}\n${service}`,
    code: "LYC2009",
  },
  "an alias for every anchor": {
    text: `${service}x-a:\n${rows(20_000, (i) => `- &a${i} 1\n- *a${i}`)}`,
  },
  "as many aliases as the emulator reads": {
    text: `${service}x-a:\n${rows(30_000, (i) => `- ${i}`)}\n- &a x\n${rows(500, () => "- *a")}`,
  },
  "alias inside its anchor": { text: `${service}x-a: &a [*a, {b: *a}]\n`, code: "LYC2012" },
  "merge key inside its anchor": { text: `${service}x-a: &a\n  <<: *a\n`, code: "LYC2012" },
};

const large: Readonly<Record<string, HostileText>> = {
  "10 MB scalar": { text: `x-a: ${"x".repeat(10_000_000)}`, code: "LYC2002" },
  "10 MB of bytes": { text: Buffer.alloc(10_000_000, "x"), code: "LYC2002" },
  "1 MB scalar": { text: fill("x", `${service}x-a: `) },
  "1 MB key": { text: `${fill("x")}: 1`, code: "LYC2006" },
  digits: { text: fill("1", `${service}x-a: `) },
  comments: { text: fill("#\n", service) },
  "blank lines": { text: fill("\n", `${service}x-a: |\n`) },
  "folded text": { text: fill(" x\n  y\n", `${service}x-a: >\n`) },
  "5 000 services": { text: rows(5_000, plainService).replace(/^/, "services:\n") },
  "a list of 1 MB in brackets": { text: `${fill("a,", `${service}x-a: [`, 999_999)}]` },
  // 1 MB of such pairs takes six times the memory of a plain project of 1 MB.
  "85 KB of pairs of brackets": { text: `${service}x-a: [${`${"[".repeat(8)}${"]".repeat(8)},`.repeat(5_000)}]` },
  "1 MB of ports": { text: `${fill("1,", "services: {web: {image: i, ports: [")}]}}` },
  "1 MB of keys without values": { text: `${service}x-a: {${rows(100_000, (i) => ` k${i.toString(36)}: ,`)}}` },
  escapes: { text: `${service}x-a: "${fill("\\n", "", 900_000)}"` },
  "85 000 keys": { text: rows(85_000, (i) => `k${i}: 1`), code: "LYC2105" },
  "many keys": { text: `${service}${rows(30_000, (i) => `k${i}: 1`)}`, code: "LYC2105" },
  "many keys of a service": {
    text: `services:\n  web:\n    image: i\n${rows(25_000, (i) => `    k${i}: 1`)}`,
    code: "LYC2105",
  },
};

const deep: Readonly<Record<string, HostileText>> = {
  "10 000 levels": { text: `${service}x-a: ${"[".repeat(10_000)}${"]".repeat(10_000)}`, code: "LYC2009" },
  "1 MB of brackets": { text: fill("["), code: "LYC2009" },
  "1 MB of braces": { text: fill("{a: "), code: "LYC2009" },
  "1 MB of dashes": { text: fill("- "), code: "LYC2009" },
  "1 MB of question marks": { text: fill("? "), code: "LYC2009" },
  "1 MB of colons": { text: fill("a: "), code: "LYC2009" },
  "deep indentation": { text: rows(1_400, (i) => `${" ".repeat(i)}a:`).slice(0, 1_000_000), code: "LYC2009" },
};

const broken: Readonly<Record<string, HostileText>> = {
  "one key many times": { text: fill("a: 1\n", service), code: "LYC2007" },
  "empty items": { text: fill(",", "["), code: "LYC2006" },
  tags: { text: fill("!!str "), code: "LYC2006" },
  anchors: { text: fill("&a "), code: "LYC2006" },
  "unclosed quotes": { text: fill('a: "\n'), code: "LYC2006" },
  "unclosed brackets": { text: fill("a: [\n", "", 300), code: "LYC2006" },
  documents: { text: fill("---\na\n"), code: "LYC2008" },
  "escapes that are none": {
    text: rows(40, (i) => `k${i}: "${"\\z".repeat(5_000)}"`),
    code: "LYC2006",
  },
  backslashes: { text: fill("\\", 'x-a: "'), code: "LYC2006" },
  tabs: { text: "services:\n\tweb:\n\t\timage: i\n", code: "LYC2006" },
  "1 MB of tabs": { text: fill("\t", "services:\n"), code: "LYC2006" },
  "control characters": { text: fill("\u0001 "), code: "LYC2003" },
  "NUL characters": { text: fill("\u0000"), code: "LYC2003" },
  "not UTF-8": { text: Uint8Array.of(0x73, 0xc3, 0x28, 0xff), code: "LYC2004" },
  "UTF-16": { text: Buffer.from(`\ufeff${service}`, "utf16le"), code: "LYC2004" },
  "halves of surrogate pairs": { text: Buffer.from("eda080".repeat(300_000), "hex"), code: "LYC2004" },
};

const odd: Readonly<Record<string, HostileText>> = {
  "a byte order mark": { text: Buffer.from(`\ufeff${service}`) },
  "CRLF line ends": { text: "services:\r\n  web:\r\n    image: i\r\n" },
  "CR line ends": { text: "services:\r  web:\r    image: i\r" },
  "keys of JavaScript's own": {
    text: "services:\n  __proto__: {image: i}\n  constructor: {image: i, depends_on: [__proto__]}\n  toString: {image: i}\n",
  },
  "merge keys": {
    text: `x-a: &a {tty: true}\nx-b: &b {<<: *a, init: true}\nservices: {web: {<<: [*a, *b], image: i}}\n`,
  },
};

/** Texts that many YAML readers read slowly. */
export const hostileTexts: Readonly<Record<string, HostileText>> = { ...bombs, ...large, ...deep, ...broken, ...odd };
