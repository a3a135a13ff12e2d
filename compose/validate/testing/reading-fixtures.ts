import { type Fixtures, web } from "./fixture";

const doubled = (rows: number) =>
  Array.from(
    { length: rows },
    (_, row) => `x-${row}: &a${row} [${row === 0 ? "x, x" : `*a${row - 1}, *a${row - 1}`}]\n`,
  );
const nested = (levels: number) => `${web()}x-deep: ${"[".repeat(levels)}${"]".repeat(levels)}\n`;

/** Fixtures for the text, its YAML, and errors that end reading: LYC20xx, and LYC2101 to LYC2103. */
export const readingFixtures = {
  LYC2001: { fails: 42, marks: ["LYC2001"], passes: web() },
  LYC2002: {
    fails: `${web()}#${"x".repeat(1_048_576)}`,
    marks: ["LYC2002"],
    passes: `${web()}#${"x".repeat(1_048_000)}`,
  },
  LYC2003: { fails: web('user: "a\u0007"'), marks: ["LYC2003@4:13"], passes: web('user: "a\\a"') },
  LYC2004: { fails: web("user: a\ud83d"), marks: ["LYC2004@4:12"], passes: web("user: a\ud83d\ude80") },
  LYC2005: { fails: "# services:\n", marks: ["LYC2005"], passes: web() },
  LYC2006: {
    fails: web("command: [a, b", "tty: true"),
    marks: ["LYC2006@4:14"],
    passes: web("command: [a, b]", "tty: true"),
  },
  LYC2007: {
    fails: web("tty: true", "tty: false"),
    marks: ["LYC2007@5:5 services.web.tty"],
    passes: web("tty: true", "init: false"),
  },
  LYC2008: { fails: `${web()}---\na: b\n`, marks: ["LYC2008@4:1"], passes: `---\n${web()}...\n` },
  LYC2009: { fails: nested(150), marks: ["LYC2009@4:109"], passes: nested(99) },
  LYC2010: {
    fails: `${web()}${doubled(22).join("")}`,
    marks: ["LYC2010@22:13 x-18[0]"],
    passes: `${web()}${doubled(12).join("")}`,
  },
  LYC2011: {
    fails: web("command: *start"),
    marks: ["LYC2011@4:14 services.web.command"],
    passes: web("entrypoint: &start [a]", "command: *start"),
  },
  LYC2012: {
    fails: web("command: &start [a, *start]"),
    marks: ["LYC2012@4:25 services.web.command[1]"],
    passes: web("command: &start [a, b]", "entrypoint: *start"),
  },
  LYC2013: {
    fails: web("<<: [tty]"),
    marks: ['LYC2013@4:9 services.web["<<"]'],
    passes: web("<<: [{tty: true}]"),
  },
  LYC2014: {
    fails: web("labels: {1: a}"),
    marks: ["LYC2014@4:14 services.web.labels"],
    passes: web("labels: {'1': a}"),
  },
  LYC2015: {
    fails: web("tty: !!bool maybe"),
    marks: ["LYC2015@4:17 services.web.tty"],
    passes: web("tty: !!bool true"),
  },
  LYC2016: {
    fails: web("user: a # note\u2028    privileged: true"),
    marks: ["LYC2016@4:19"],
    passes: web('user: "a\\u2028"'),
  },
  LYC2099: {
    fails: web(...Array.from({ length: 102 }, (_, index) => `k${index}: 1`)),
    marks: [...Array.from({ length: 100 }, (_, index) => `LYC2105@${index + 4}:5 services.web.k${index}`), "LYC2099"],
    passes: web(...Array.from({ length: 102 }, (_, index) => `x-${index}: 1`)),
  },
  LYC2101: { fails: "\n- services\n", marks: ["LYC2101@2:1"], passes: web() },
  LYC2102: { fails: "name: a\nservices: {}\n", marks: ["LYC2102@2:1 services"], passes: web() },
  LYC2103: { fails: "name: a\nservices: [web]\n", marks: ["LYC2103@2:1 services"], passes: web() },
} satisfies Fixtures;
