import { NEVER_CERTAIN, NEVER_SECRET, WITH_SECRETS } from "./corpus";
import { type CorpusKind, caseOf, ordinary, secret } from "./corpus/case";
import { HEX, randomOf } from "./corpus/random";
import type { Detector, SecretFinding } from "./detector";
import { measureKind, precisionOf, recallOf, tableOf } from "./measure";

const ALL = [...WITH_SECRETS, ...NEVER_SECRET, ...NEVER_CERTAIN];
const rowsOf = ({ cases }: CorpusKind) => new Set(cases.map(({ name }) => name)).size;
const kind = (match: CorpusKind["match"], ...cases: CorpusKind["cases"]): CorpusKind => ({ kind: "k", match, cases });

/** Makes a detector that finds a given word. */
const finds =
  (word: string, value = word): Detector =>
  (text) => {
    const start = text.indexOf(word);
    const found: SecretFinding = { start, end: start + word.length, kind: "k", certainty: "named", value };
    return start === -1 ? [] : [found];
  };

test.each(WITH_SECRETS)("each text has a secret, and nothing marks it: $kind", ({ cases }) => {
  for (const { text, secrets } of cases) {
    expect(secrets.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/[\uE000-\uF8FF]|<pw>/);
    for (const { start, end, values } of secrets) expect(values).toContain(text.slice(start, end));
  }
});

test.each([...NEVER_SECRET, ...NEVER_CERTAIN])("no text has a secret: $kind", ({ cases }) => {
  expect(cases.filter(({ secrets }) => secrets.length > 0)).toEqual([]);
});

test.each([
  ["keys of services", 200],
  ["entries of a mapping", 200],
  ["commands", 100],
  ["names of models", 600],
  ["image references", 400],
  ["paths and addresses", 100],
  ["entries without a secret", 300],
  ["files without a secret", 50],
  ["lines of output", 60],
])("the corpus is large: %s", (name, least) => {
  const found = ALL.filter(({ kind: each }) => each === name);
  expect(found.map(rowsOf)[0]).toBeGreaterThanOrEqual(least);
});

test("the corpus is the same in each process", () => {
  expect(randomOf("a name").text(HEX, 12)).toBe("a7a3a4d0dade");
  expect(randomOf("another name").text(HEX, 12)).not.toBe(randomOf("a name").text(HEX, 12));
});

test("a finding with ordinary text around the secret counts for the kind part, not for the kind exact", () => {
  const text = caseOf("redis", `requirepass ${secret("hunter2-canary")}\n`);
  const wide = finds("requirepass hunter2-canary");
  expect(measureKind(wide, kind("part", text))).toMatchObject({ secrets: 1, found: 1, wide: 0, missed: [] });
  expect(measureKind(wide, kind("exact", text))).toMatchObject({ secrets: 1, found: 0, wide: 1, missed: [text] });
  expect(measureKind(finds("hunter2-canary"), kind("exact", text))).toMatchObject({ found: 1, missed: [] });
});

test("quotes around a secret may belong to it, and its value may be unescaped", () => {
  const text = caseOf("json", `{"password": "${secret('a\\"canary', 'a"canary')}"}`);
  expect(recallOf(measureKind(finds('"a\\"canary"'), kind("exact", text)))).toBe(1);
  expect(recallOf(measureKind(finds("password", 'a"canary'), kind("exact", text)))).toBe(1);
  expect(recallOf(measureKind(finds('"a\\"canary'), kind("exact", text)))).toBe(0);
});

test("a finding without a secret in it is wrong", () => {
  const texts = kind("exact", caseOf("user", `user=app password=${secret("hunter2-canary")}`), ordinary("app", "app"));
  const measured = measureKind(finds("app"), texts);
  expect(measured).toMatchObject({ secrets: 1, found: 0, wide: 0 });
  expect(measured.wrong).toHaveLength(2);
  expect(precisionOf([measured])).toBe(0);
  expect(tableOf([measured])).toContain("| k | 2 | 1 | 0.0 % | 0 | 2 | 0 |");
});
