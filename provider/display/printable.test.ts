import { timesAsLong } from "../../compose/testing/times-as-long";
import { printable } from "./printable";

test.each([
  ["colours", "\u001b[31mred\u001b[0m", "red"],
  ["a sequence of C1", "a\u009b2Jb", "ab"],
  ["a title", "\u001b]0;title\u0007text", "text"],
  ["the beginning of a sequence without an end", "\u001b]8;;hidden", "8;;hidden"],
  ["a title with punctuation", "\u001b]0;my title: a, b\u0007rest", "rest"],
  ["a colour with colons", "\u001b[38:2::1mX", "X"],
  ["a carriage return and a bell", "good\rbad\u0007", "good·bad·"],
  ["the direction of text", "a\u202eb\u2066c", "a·b·c"],
  ["half of a surrogate pair", "a\ud83d", "a·"],
  ["a workflow command", "  ::error file=a::b\nx ::y", "  : :error file=a::b\nx ::y"],
  ["a workflow command after colours", "\u001b[0m::set-env name=a::b", ": :set-env name=a::b"],
  ["an older workflow command", "x ##[error]y", "x # #[error]y"],
  ["a command of Azure Pipelines", "x ##vso[task.setvariable variable=a]b", "x # #vso[task.setvariable variable=a]b"],
  ["a message of TeamCity", "##teamcity[buildStop]", "# #teamcity[buildStop]"],
  ["a section of GitLab", "section_start:1:a[collapsed=true]\r\u001b[0Kx", "section_start:1:a[collapsed=true]·x"],
  ["a command after white space of any kind", "\u00a0\u2003\t::error::x", "\u00a0\u2003\t: :error::x"],
  ["a link", "\u001b]8;;https://a.example\u001b\\text\u001b]8;;\u001b\\", "text"],
  ["no heading of Markdown", "## [a](b)", "## [a](b)"],
  ["nothing of an ordinary text", "Grüße\t😀\nzwei", "Grüße\t😀\nzwei"],
])("removes %s", (_name, text, shown) => {
  expect(printable(text)).toBe(shown);
  expect(printable(shown)).toBe(shown);
});

test.each([
  ["parameters that could be read in two ways", "\u001b".concat(";#".repeat(200_000))],
  ["titles without an end", "\u001b]a".repeat(130_000)],
  ["sequences without an end", `\u001b[${"1;".repeat(200_000)}`],
])("needs time in proportion to %s", (_name, text) => {
  const coloured = "\u001b[31mred\u001b[0m, ".repeat(text.length / 14);
  const times = timesAsLong(
    () => printable(text),
    () => printable(coloured),
    { enough: 10 },
  );
  expect(times).toBeLessThan(10);
});
