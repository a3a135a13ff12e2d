import { NO_SECRETS, type SecretPlace, type SecretRules } from "../../model/secret-rules";
import { marksOf } from "../../testing/read-marks";
import { validateCompose } from "..";
import { web } from "../testing/fixture";

/**
 * Validates a service with these settings, and returns the diagnostics. The rules find each word of a text, and the
 * beginning of the word decides how certain the finding is. `asked` records each text that the rules were asked about,
 * with its place.
 */
function found(settings: readonly string[], secret = false) {
  const asked: Record<string, SecretPlace> = {};
  const secretRules: SecretRules = {
    ...NO_SECRETS,
    secretsIn(text, place = {}) {
      asked[text] = place;
      const all = [...text.matchAll(/(form|named|random|ordinary)\w*/g)].map((match) => ({
        kind: `a ${match[1]} secret`,
        certainty: match[1] as "form",
        value: match[0],
        start: match.index,
        end: match.index + match[0].length,
      }));
      // The rules may find secrets in any order.
      return all.reverse();
    },
  };
  const { diagnostics } = validateCompose(web(...settings), { secretRules, secret });
  const messages = diagnostics.map(({ message }) => message.split(",")[0]);
  const underlined = diagnostics.map(({ range }) => web(...settings).slice(range?.start.offset, range?.end.offset));
  return { asked, marks: marksOf(diagnostics), messages, underlined };
}

test.each([
  ["labels: {a: form1}", "LYC2601@4:17 services.web.labels.a", "services.web.labels.a holds a form secret"],
  ["labels: {a: named1}", "LYC2602@4:17 services.web.labels.a", "services.web.labels.a is a secret by its name"],
  ["labels: {a: x named1}", "LYC2602@4:19 services.web.labels.a", "services.web.labels.a holds a named secret"],
  ["labels: {a: named1 x}", "LYC2602@4:17 services.web.labels.a", "services.web.labels.a holds a named secret"],
  ["dns: [named1]", "LYC2602@4:11 services.web.dns[0]", "services.web.dns[0] holds a named secret"],
  ["labels: {a: random1}", "LYC2603@4:17 services.web.labels.a", "services.web.labels.a holds a random secret"],
  // The most certain finding counts. Of several equally certain findings, the first one counts.
  ["labels: {a: random1 form1}", "LYC2601@4:25 services.web.labels.a", "services.web.labels.a holds a form secret"],
  ["labels: {a: form1 form22}", "LYC2601@4:17 services.web.labels.a", "services.web.labels.a holds a form secret"],
  // Escapes change the secret in the text, so the diagnostic covers the whole value.
  ['labels: {a: "x form\\u0031"}', "LYC2601@4:17 services.web.labels.a", "services.web.labels.a holds a form secret"],
])("reports %s", (settings, mark, message) => {
  const { marks, messages } = found([settings]);
  expect([marks, messages]).toEqual([[mark], [message]]);
});

test("underlines a secret without the text around it", () => {
  expect(found(["labels: {a: x form1 y}"]).underlined).toEqual(["form1"]);
});

test.each([["labels: {a: ordinary1}"], ["labels: {a: x}"], ["labels: {a: }"], ["tty: true"]])(
  "reports nothing of %s",
  (settings) => {
    expect(found([settings]).marks).toEqual([]);
  },
);

test("reports nothing of a secret text, and a shared value once", () => {
  expect(found(["labels: {a: form1}"], true).marks).toEqual([]);
  expect(found(["labels: {a: &a form1}", "user: *a"]).marks).toHaveLength(1);
});

test("passes the key, the arguments before, and the names of the document to the caller's rules", () => {
  const many = Array.from({ length: 22 }, (_, index) => `w${index}`);
  const { asked } = found(["user: u", `command: [login, -p, x1, ${many.join(", ")}]`, "labels: {l: {m: y1}}"]);
  expect(asked.x1).toMatchObject({ key: "command", before: "login -p" });
  expect(asked.w21).toMatchObject({ key: "command", before: many.slice(1, 21).join(" ") });
  expect(asked.login).toMatchObject({ key: "command", before: undefined });
  expect(asked.y1).toMatchObject({ key: "m", before: undefined });
  expect([...(asked.x1?.services ?? [])]).toEqual(["web"]);
});
