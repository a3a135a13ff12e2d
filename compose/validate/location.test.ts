// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { document } from "../testing/read-marks";
import { keySpanOf, pathOf, select, valueSpan, variablesIn } from "./location";

test.each([
  ["$A b", ["A plain"]],
  ["$$A", []],
  ["${B:-b}", ["B default"]],
  ["${B:-$C}", ["B default", "C plain"]],
  ["${B:-${C:-$D}}", ["B default", "C default", "D plain"]],
  ["${F?x $G}", ["F required"]],
  ["${G:+$H}", ["G replacement"]],
  ["${G:+${H?}}", ["G replacement", "H required"]],
  ["${G:+${H:-$I}}", ["G replacement"]],
  ["${", ["broken"]],
  ["${G:+${", ["broken", "broken"]],
])("the variables that %s needs, if none is set", (text, expected) => {
  const found = variablesIn(text).map((part) => (part.kind === "broken" ? "broken" : `${part.name} ${part.when}`));
  expect(found).toEqual(expected);
});

test("at most 10 000 variables are returned", () => {
  expect(variablesIn("$A".repeat(10_001))).toHaveLength(10_000);
});

test.each([
  ["services.a.user", "root", "user"],
  ["services.a.tty", "tty", "tty"],
  ["services.a.labels", "labels", "labels"],
  ["services.a.dns.[]", "1.1.1.1", ""],
])("a diagnostic about %s underlines %j, and %j for its key", (path, value, key) => {
  const text = "services: {a: {image: i, user: root, tty: , labels: {x: y}, dns: [1.1.1.1]}}\n";
  const { root } = document(text);
  const [found] = [...select({ node: root }, path)];
  if (found === undefined) throw new Error("not found");
  expect(pathOf(found).join(".").replace(".0", ".[]")).toBe(path);
  const { start, end } = valueSpan(found);
  expect(text.slice(start, end)).toBe(value);
  const whole = keySpanOf(found);
  expect(text.slice(whole.start, whole.end).slice(0, key.length)).toBe(key);
});
