import { isKeyLike, mayBeSecret } from "./ordinary";
import { type SecretPlace, secretsIn } from "./secrets-in";

/** A longer word is data, not a secret. */
const LONGEST_WORD = 200;

/**
 * The values to search for in output. They come from a text that is secret as a whole: a variable of an env file, or
 * the content of a file that is sent. Not the whole text is searched for, because such files are full of words that
 * occur in every log. The values are the secrets that the rules find, the value of a variable with characters that only
 * passwords have, and the only word of a file.
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
 * Whether a value has letters, digits, and other characters that are typical of passwords. Addresses have some of them
 * too.
 */
function hasSigns(value: string): boolean {
  const hasAll = [/[A-Za-z]/, /[0-9]/, /[!@#$%^&*~?]/].every((kind) => kind.test(value));
  return (
    hasAll &&
    /^\S{8,100}$/.test(value) &&
    !/:\/\/|^[\w.+-]{1,64}@[\w-]{1,64}\.|[/?]\w{1,64}=|^[\w.-]{1,64}=[^&]{0,100}&/.test(value)
  );
}
