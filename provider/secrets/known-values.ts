import { isKeyLike, mayBeSecret } from "./ordinary";
import { type SecretPlace, secretsIn } from "./secrets-in";

/** The longest text, in characters, that may be a key as a whole. Of a longer text, only parts are secret. */
const LONGEST_WORD = 200;

/**
 * Returns the values to search for in the output of a run. `text` is the value of a secret variable or the content of a
 * secret file. Its ordinary words also occur in logs. So only the secrets that the rules find in the text are returned,
 * and the whole text if it looks like a password or a key.
 */
export function knownValuesIn(text: string, place: SecretPlace = {}): string[] {
  const found = secretsIn(text, place).map(({ value }) => value);
  const whole = text.trim();
  const isPassword = place.key === undefined ? isOnlyWord(whole) : hasSigns(whole);
  return [...new Set(isPassword && mayBeSecret(whole) ? [...found, whole] : found)];
}

/** Returns true if the content of a file is only one key, and not a setting such as `NAME=…`, JSON or an address. */
function isOnlyWord(text: string): boolean {
  return text.length <= LONGEST_WORD && isKeyLike(text) && !/^[A-Za-z_][\w.-]{0,100}=[^=]|^[{[]|:\/\//.test(text);
}

/**
 * Returns true if a value has letters, digits, and other characters that are typical of passwords. An address may have
 * these characters too, so an address does not count.
 */
function hasSigns(value: string): boolean {
  const hasAll = [/[A-Za-z]/, /[0-9]/, /[!@#$%^&*~?]/].every((kind) => kind.test(value));
  return (
    hasAll &&
    /^\S{8,100}$/.test(value) &&
    !/:\/\/|^[\w.+-]{1,64}@[\w-]{1,64}\.|[/?]\w{1,64}=|^[\w.-]{1,64}=[^&]{0,100}&/.test(value)
  );
}
