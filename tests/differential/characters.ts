// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import type { Random } from "../chaos/random";
import { type Project, plainRun } from "./corpus";

/** Characters that YAML readers may read differently, by class. */
const classes: Readonly<Record<string, readonly string[]>> = {
  "line separator": ["\u2028"],
  "paragraph separator": ["\u2029"],
  "next line": ["\u0085"],
  tab: ["\t", "\t\t", " \t", "\t "],
  "no-break space": ["\u00a0", "\u202f"],
  "byte order mark": ["\ufeff"],
  "carriage return": ["\r", "\r\n", "\n\r"],
  "C0 control": Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).concat("\u007f"),
  "C1 control": Array.from({ length: 32 }, (_, index) => String.fromCharCode(0x80 + index)),
  "bidirectional control": [..."\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"],
  "invisible sign": [..."\u00ad\u180e\u200b\u200c\u200d\u2060"],
  "other space": [..."\u1680\u2000\u2003\u2009\u200a\u205f\u3000"],
  "half of a surrogate pair": ["\ud800", "\udc00", "\udfff"],
  "non-character": ["\ufffe", "\uffff", "\ufdd0", "\ufdef", "\u{1fffe}", "\u{10ffff}"],
  "other sign": ["\ufffd", "\ufffc", "é", "\u0301", "\u{1f600}", "\ue000", "\u212a", "\u0130"],
  "end of line": ["\n", " \n", "\n\n"],
  indicator: [..."-?:,[]{}#&*!|>'\"%@`\\ ~=<$"],
};

/** Tags of YAML and other tags, and handles for `!e!`. */
const tags = [
  ...["!!binary", "!!str", "!!set", "!!int", "!!null", "!!merge", "!!timestamp", "!!foo", "!x", "!override"],
  ...["!e!x", "!e!str", "!e!binary", "!e!%62inary", "!<!!binary>", "!<tag:yaml.org%2C2002:binary>"],
];
const handles = ["tag:yaml.org,2002:", "tag:yaml.org%2C2002:", "tag:e.org,2026:", "!", "!!"];

/** Characters after a backslash in double quotes. */
const escapes = [
  ..."0abefnrtvNLP_ \"'/\\\nxuUdzq\t",
  "x41",
  "x4",
  "u0041",
  "u2028",
  "u0085",
  "u0000",
  "ufeff",
  "ud800",
  "udc00",
  "ud83d\\ude00",
  "ude00\\ud83d",
  "U0001F600",
  "U00110000",
  "U0000d800",
  "\r\n",
  "\u2028",
];

/** Small documents with every style of a value. */
const texts: readonly string[] = [
  "services:\n  web:\n    image: nginx\n    environment:\n      A: one two\n      B: 'a b'\n      C: \"d e\"\n",
  'services:\n  web:\n    image: "nginx"\n    command: ["a", \'b c\', d e, "f\\tg"]\n    labels: {a: b, "c": "d", e: }\n',
  "# first\nservices: # second\n  web: # third\n    # fourth\n    image: nginx # fifth\n\n  # sixth\n# seventh\n",
  "services:\n  web:\n    image: nginx\n    command:\n      - a\n      -   b\n      - c\nx-list:\n  - - a\n    - b\n  - c: d\n    e: f\n",
  "services:\n  web:\n    image: nginx\n    volumes:\n      - type: volume\n        source: v\n        target: /v\n      - v:/w\nvolumes:\n  v:\n",
  "services:\n  web:\n    image: nginx\n    configs: [c, d]\nconfigs:\n  c:\n    content: |\n      one\n        two\n\n      three\n  d:\n    content: >-\n      four\n      five\n\n\n      six\n",
  "services:\n  web:\n    image: nginx\n    configs: [c]\nconfigs:\n  c:\n    content: |2+ # note\n        one\n      two\n\n",
  "services:\n  web:\n    image: nginx\n    environment:\n      A: \"one\n        two\n\n        three \\\n        four\"\n      B: 'one\n        two'\n      C: one\n        two\n",
  "x-a: &a\n  tty: true\n  init: true\nservices:\n  web:\n    <<: *a\n    image: nginx\n  two: {<<: *a, image: nginx}\n",
  "services: {web: {image: nginx, ports: ['80', \"8080:80\"],\n  environment: [A=1, B=two,\n    C]}}\n",
  "---\nservices:\n  web:\n    image: nginx\n    mem_limit: 1g\n    stop_grace_period: 1m\n    scale: 2\n    read_only: true\n...\n",
  "%YAML 1.1\n---\nservices:\n  ? web\n  : image: !!str nginx\n    tty: !!bool true\n    labels:\n      - a=b\n      - 'c=d'\n",
  '{"services": {"web": {"image": "nginx", "environment": {"A": "b/c", "D": "\\u00e9\\n"}, "tty": true}}}\n',
  "services:\n  web:\n    image: nginx:${TAG:-one}\n    environment:\n      A: ${B:-two words}\n      C: a$$b\n    healthcheck:\n      test: curl 'a b' || exit 1\n",
  "services:\n  web:\n    image: nginx\n    entrypoint: a 'b c' \"d\"\n    extra_hosts: ['a:1.2.3.4', b=::1]\n    dns: 1.1.1.1\n    ports:\n      - 80-82\n      - target: 90\n        published: '91'\n",
  "services:\n  web:\n    image: nginx\n    depends_on: [db]\n    networks: [n]\n  db:\n    image: nginx\n    working_dir: 'it''s'\nnetworks: {n: {}}\nx-note: a\n",
];

const service = "services:\n  web:\n    image: nginx\n";

/** Documents with an extension, in which any key and any value is allowed. */
const freeTexts: readonly string[] = [
  `${service}x-free:\n  one: a b\n  two words: c # note\n  'three': 'd e'\n  "four": "f g" # note\n  five:\n  six: ~\n`,
  `# note\n${service}x-free:\n  - a b\n  -   c: d\n      e: f\n  # note\n\n  - - g\n    - h # note\n  -\n    i\n`,
  `${service}x-free: {a: b c, "d": 'e', f: [g, h i, "j k"],\n  l: m,\n  n: }\n`,
  `${service}x-free:\n  a: |\n    one two\n      three\n\n    four\n  b: >\n    five\n    six\n\n    seven\n  c: |-\n    eight\n  d: >+\n    nine\n\n`,
  `${service}x-free:\n  a: "one two\n    three\n\n    four \\\n    five \\t six"\n  b: 'seven\n    eight ''nine'''\n  c: ten\n    eleven\n\n    twelve\n`,
  `x-a: &a\n  b: c\nx-d: &d e f\n${service}x-free:\n  <<: *a\n  g: *d\n  h: !!str 1\n  i: &j !!int 2\n  k: 0440\n  l: 1.5\n  m: no\n`,
  `{"services": {"web": {"image": "nginx"}},\n\t"x-free": {"a": "b",\n\t\t"c": ["d e", 1, true, null]}}\n`,
];

/**
 * Documents for tags and question marks. They contain words that `!!binary` can decode, merge keys, and brackets inside
 * brackets.
 */
const taggedTexts: readonly string[] = [
  `${service}x-free:\n  Yg==: aG9z\n  aG9z: "Yg=="\n  c:\n    - Yg==\n    - 'aG9z'\n    - {Yg==: aG9z, d: [Yg==, 1, ~, 1.50]}\n`,
  `x-a: &a {b: c}\n${service}x-free:\n  d: {<<: *a, e: f}\n  k: {"<<": *a}\n  g:\n    <<: *a\n    i: 010\n    h: true\n`,
  `${service}    network_mode: aG9zdA==\n    labels: {a: http://b/c, d: e f, 'g': "h"}\n    volumes: [v:/w, {type: volume, source: v, target: /x}]\nvolumes: {v: {driver_opts: {type: none, device: /, o: bind}}}\n`,
];

/** Env files next to a document that uses them. */
const envTexts: readonly string[] = [
  "A=one\nB='two'\nC=\"three\"\n",
  "# note\nexport A=one two # note\nB = two\nC: three\n",
  'A="one\ntwo"\nB=${A}\nC=a\\nb\n',
];

/** Changes of one position in a text. */
const changes: readonly ((text: string, at: number, sign: string) => string)[] = [
  (text, at, sign) => text.slice(0, at) + sign + text.slice(at),
  (text, at, sign) => text.slice(0, at) + sign + text.slice(at),
  (text, at, sign) => text.slice(0, at) + sign + text.slice(at + 1),
];

/** The projects without inserted characters. */
export function plainProjects(): Project[] {
  const documents = [...texts, ...freeTexts, ...taggedTexts].map((text) => ({ "compose.yaml": text }));
  const environments = envTexts.flatMap((text) =>
    [".env", "some.env"].map((file) => ({ "compose.yaml": composeOf(file), [file]: text })),
  );
  return [...documents, ...environments].map((files, index) => ({ name: `plain ${index}`, files, run: plainRun }));
}

/** The project with a number: a text with one to three inserted characters. The same seed gives the same project. */
export function characterProject(random: Random, number: number): Project {
  const ofEnv = random.chance(0.15);
  if (!ofEnv && random.chance(0.25)) return signProject(random, number);
  const file = ofEnv ? random.pick([".env", "some.env"]) : "compose.yaml";
  const before = random.pick(ofEnv ? envTexts : random.chance(0.75) ? freeTexts : texts);
  let text = before;
  const kinds: string[] = [];
  for (let left = random.pick([1, 1, 1, 1, 2]); left > 0; left -= 1) {
    if (!ofEnv && text.includes('"') && random.chance(0.12)) {
      kinds.push("escape");
      text = withEscape(text, random);
      continue;
    }
    const kind = random.pick(Object.keys(classes));
    kinds.push(kind);
    text = random.pick(changes)(text, locationIn(text, random), random.pick(classes[kind] ?? []));
  }
  const files = ofEnv ? { "compose.yaml": composeOf(file), [file]: text } : { "compose.yaml": text };
  return { name: `text ${number} (${kinds.join(", ")} in ${file})`, files, run: plainRun, changed: file };
}

/** A project with inserted tags, or question marks in brackets. */
function signProject(random: Random, number: number): Project {
  let text = random.pick(random.chance(0.6) ? taggedTexts : [...freeTexts, ...texts]);
  const kind = random.pick(["tag", "question mark in brackets"]);
  for (let left = random.pick([1, 1, 2]); left > 0; left -= 1) {
    text = kind === "tag" ? withTag(text, random) : withQuestionMark(text, random);
  }
  return {
    name: `text ${number} (${kind} in compose.yaml)`,
    files: { "compose.yaml": text },
    run: plainRun,
    changed: "compose.yaml",
  };
}

/** Returns a text with a tag before one of its words. If the tag has a handle, the text declares the handle. */
function withTag(text: string, random: Random): string {
  const tag = random.pick(tags);
  const message = [...text.matchAll(/(?<=^|[\s[{,])(?=[\w'"{[*&<~])/gm)].map(({ index }) => index);
  const at = random.pick(message);
  const tagged = `${text.slice(0, at)}${tag} ${text.slice(at)}`;
  if (!tag.startsWith("!e!") || text.includes("%TAG")) return tagged;
  const directive = `%TAG !e! ${random.pick(handles)}\n`;
  return /^(?:%|---)/.test(tagged) ? directive + tagged : `${directive}---\n${tagged}`;
}

/**
 * Returns a text with a question mark inside brackets or braces. If the text has no brackets, the mark may be anywhere.
 */
function withQuestionMark(text: string, random: Random): string {
  const locations = [...text.matchAll(/[[{][^\n]*[\]}]/g)].flatMap(({ index, 0: { length } }) =>
    Array.from({ length }, (_none, at) => index + at),
  );
  const at = locations.length > 0 ? random.pick(locations) + 1 : locationIn(text, random);
  return `${text.slice(0, at)}${random.pick(["?", "?", "? ", " ?"])}${text.slice(at)}`;
}

function composeOf(file: string): string {
  const variables = "      X: ${A}\n      Y: ${B}\n      Z: ${C}\n";
  const named = file === ".env" ? `    environment:\n${variables}` : `    env_file: ${file}\n`;
  return `services:\n  web:\n    image: nginx\n${named}`;
}

/**
 * Returns a position in a text. The position is usually at the start or end of a line or word, where readers differ
 * most.
 */
function locationIn(text: string, random: Random): number {
  if (random.chance(0.3)) return random.whole(0, text.length);
  const edges = [...text.matchAll(/^|$|(?<=\s)(?=\S)|(?<=\S)(?=\s)|(?=["'|>#:[\]{},-])|(?<=["'|>#:[\]{},-])/gm)];
  return random.pick(edges).index;
}

function withEscape(text: string, random: Random): string {
  const quotes = [...text.matchAll(/"/g)].map(({ index }) => index);
  const at = random.pick(quotes) + 1;
  return `${text.slice(0, at)}\\${random.pick(escapes)}${text.slice(at)}`;
}

/** A text as bytes. A single surrogate becomes the three bytes that it would have in UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return Buffer.concat(
    [...text].map((sign) => {
      const code = sign.codePointAt(0) ?? 0;
      if (code < 0xd800 || code > 0xdfff) return Buffer.from(sign, "utf8");
      return Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]);
    }),
  );
}

/** A text on one line. Everything except printable ASCII is escaped. */
export function visible(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
