import { shellWord } from "./shell-word";

test.each([
  ["a/b.c:d@e%f+g=h,i-j_k", "a/b.c:d@e%f+g=h,i-j_k"],
  ["", "''"],
  ["a b", "'a b'"],
  ["$HOME", "'$HOME'"],
  ["it's", "'it'\\''s'"],
  ["a\nb", "'a\nb'"],
  ["~", "'~'"],
])("%p is written as one word of a shell", (text, word) => expect(shellWord(text)).toBe(word));
