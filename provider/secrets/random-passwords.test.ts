import { secretsIn } from "./secrets-in";
import { ALNUM, BASE64, LOWER_ALNUM, randomOf } from "./testing/corpus/random";

const PASSWORDS = 2000;
const MOST_MISSED = 2;
const PRINTABLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join("");

test.each<readonly [name: string, alphabet: string, length: number]>([
  ["letters, digits and the signs of the upper row", `${ALNUM}!@#$%^&*()`, 16],
  ["keys of Django", `${LOWER_ALNUM}!@#$%^&*(-_=+)`, 50],
  ["printable characters", PRINTABLE, 24],
  ["base64", BASE64, 44],
  ["letters and digits", ALNUM, 16],
])("a random password is found: %s", (name, alphabet, length) => {
  const random = randomOf(name);
  const passwords = Array.from({ length: PASSWORDS }, () => random.text(alphabet, length));
  const missed = passwords.filter(
    (password) => !secretsIn(password, { key: "DB_PASSWORD" }).some(({ value }) => value === password),
  );
  expect(missed.length <= MOST_MISSED ? [] : missed).toEqual([]);
});
