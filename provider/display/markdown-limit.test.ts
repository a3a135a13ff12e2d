import { fittedMarkdown, LONGEST_COMMENT } from "./markdown-limit";

const WHOLE = "The job's log has all of it.";
const fitted = (text: string) => fittedMarkdown(text, WHOLE, 1_000);
const line = (at: number) => `${at}`.padEnd(99, ".");
const lines = (count: number) => Array.from({ length: count }, (_, at) => `${line(at)}\n`).join("");

test("a text that a comment can have stays as it is", () => {
  expect([fitted(lines(10)), fitted("")]).toEqual([lines(10), ""]);
  const longest = "x".repeat(LONGEST_COMMENT);
  expect(fittedMarkdown(longest, WHOLE)).toBe(longest);
  expect(fittedMarkdown(`${longest}x`, WHOLE)).toContain("**Cut: ");
  // GitHub refuses a longer comment.
  expect(LONGEST_COMMENT).toBe(2 ** 16);
});

test("of a longer text, whole lines from the beginning stay, and the rest is counted", () => {
  const text = `${lines(10)}x`;
  expect(fitted(text)).toBe(`${lines(7)}\n**Cut: 301 of 1001 characters are left out. ${WHOLE}**\n`);
});

test("a single line that is too long is cut", () => {
  expect(fitted("x".repeat(1_200))).toBe(
    `${"x".repeat(700)}\n\n**Cut: 500 of 1200 characters are left out. ${WHOLE}**\n`,
  );
});

test.each([
  ["that is open", "```\n", "```\n"],
  ["with a longer fence", "````yaml\n```\n", "````\n"],
  ["that is closed", "```\ncode\n```\n", ""],
  ["that a longer fence closes", "```\ncode\n````  \n", ""],
  ["that a fence with a word does not close", "```\ncode\n```yaml\n", "```\n"],
  ["after another one", "```\na\n```\n```\nb\n", "```\n"],
  ["that is none", "``\n", ""],
])("a code block %s is closed where the text is cut", (_what, start, closed) => {
  const cut = fitted(start + lines(10));
  const [kept = "", rest = ""] = cut.split(/(?<=\.)\n(?!\d)/);
  expect(kept.startsWith(start)).toBe(true);
  expect(rest).toMatch(new RegExp(`^${closed}\\n\\*\\*Cut: `));
});
