import { outputTextFailure, withoutOutputTexts } from "./output-texts";

const TEXT = "Calling [toString] on an [Output<T>] is not supported.\n\nTo get the value …";

test("every string at any depth is found, with its path, and replaced", () => {
  const value = { a: [1, { b: `x-${TEXT}` }], [TEXT]: 1, c: "right", d: null };
  const { value: replaced, found } = withoutOutputTexts(value, "triggers", "?");
  expect(replaced).toEqual({ a: [1, { b: "?" }], c: "right", d: null });
  expect(found.map(({ path }) => path)).toEqual(["triggers.a[1].b", "a key of triggers"]);
});

test("the error shows the part that is the text of an Output, and nothing else of the string", () => {
  const [found] = withoutOutputTexts(`canary-${TEXT}-canary`, "fileName", "?").found;
  if (found === undefined) throw new Error("nothing was found");
  const { property, reason } = outputTextFailure(found);
  expect(property).toBe("");
  expect(reason).toMatch(/^fileName contains "Calling \[toString\] on an \[Output<T>\]": .* Write pulumi\.interpolate/);
  expect(reason).not.toContain("canary");
});

test.each([
  ["[object Object]", "[object Object]"],
  ["train-[object Object]-v2", "[object Object]"],
  ["services:\n  web:\n    image: busybox:[object Promise]\n", "[object Promise]"],
  ["services: {}\n#\n- {0xc000137180}", "{0xc000137180}"],
  ["grep '[object Object]' log\nx-[object Object]", "[object Object]"],
  ["{%!s(*internal.OutputState=&{{} 0})}", "%!s(*internal.OutputState="],
])("what a program made of an Output is found as a word: %j", (text, part) => {
  expect(withoutOutputTexts(text, "a", "?").found).toMatchObject([{ path: "a", text: part }]);
});

test.each([
  "# never write [object Object]",
  "command: grep -v '[object Object]' log",
  "printf '%!d(x)' 1",
  "awk '{0xdeadbeef00}' log",
  "the log shows <job object at 0x7ffee1>",
  "{0xff}",
  "awk '{printf \"%s\\n\", $1}'",
  "date +%!s",
  "100%!",
  "object Object",
  "an [object] of class Object",
  "<job object at 12:00>",
  "Calling toString on an Output",
  "com.pulumi.core.Output",
  "Output<T>",
])("a text that a program can mean is not found: %s", (text) => {
  expect(withoutOutputTexts(text, "a", "?")).toEqual({ value: text, found: [] });
});
