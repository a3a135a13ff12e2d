import { isKeyLike, mayBeSecret } from "./ordinary";
import { type SecretPlace, secretsIn } from "./secrets-in";

/** The length of the longest word that can be a secret, in characters. A longer word is data. */
const LONGEST_WORD = 200;

/**
 * The values to search for in the output of a run. `text` is secret as a whole: a variable of an env file, or the
 * content of a file that is sent. Not every word of the text is searched for, because such files are full of words that
 * occur in every log. The result has the secrets that the rules find. The whole text is added if it is the only word of
 * a file, or the value of a variable with characters that are typical of passwords.
 */
export function knownValuesIn(text: string, place: SecretPlace = {}): string[] {
  const found = secretsIn(text, place).map(({ value }) => value);
  const whole = text.trim();
  const isPassword = place.key === undefined ? isOnlyWord(whole) : hasSigns(whole);
  return [...new Set(isPassword && mayBeSecret(whole) ? [...found, whole] : found)];
}

/** Whether a file contains only a key: no setting, no JSON and no address. */
function isOnlyWord(text: string): boolean {
  return text.length <= LONGEST_WORD && isKeyLike(text) && !/^[A-Za-z_][\w.-]{0,100}=[^=]|^[{[]|:\/\//.test(text);
}

/**
 * Whether a value has letters, digits, and other characters that are typical of passwords. Addresses are excluded,
 * because they may have some of these characters too.
 */
function hasSigns(value: string): boolean {
  const hasAll = [/[A-Za-z]/, /[0-9]/, /[!@#$%^&*~?]/].every((kind) => kind.test(value));
  return (
    hasAll &&
    /^\S{8,100}$/.test(value) &&
    !/:\/\/|^[\w.+-]{1,64}@[\w-]{1,64}\.|[/?]\w{1,64}=|^[\w.-]{1,64}=[^&]{0,100}&/.test(value)
  );
}
