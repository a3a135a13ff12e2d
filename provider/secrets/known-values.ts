import { isKeyLike, mayBeSecret } from "./ordinary";
import { type SecretPlace, secretsIn } from "./secrets-in";

/** A longer word is data. */
const LONGEST_WORD = 200;

/**
 * The values that are searched for in output, of a text that is secret as a whole: an env file's variable, or the
 * content of a file that is sent. Not all of it, because such files are full of words that every log contains: the
 * secrets that the rules find, a variable's value with the signs of a password, and a file's only word.
 */
export function knownValuesIn(text: string, place: SecretPlace = {}): string[] {
  const found = secretsIn(text, place).map(({ value }) => value);
  const whole = text.trim();
  const isPassword = place.key === undefined ? isOnlyWord(whole) : hasSigns(whole);
  return [...new Set(isPassword && mayBeSecret(whole) ? [...found, whole] : found)];
}

/** Whether a file has nothing but a key: no setting, no JSON and no address. */
function isOnlyWord(text: string): boolean {
  return text.length <= LONGEST_WORD && isKeyLike(text) && !/^[A-Za-z_][\w.-]{0,100}=[^=]|^[{[]|:\/\//.test(text);
}

/** Whether a value has letters, digits and signs that only passwords have. Addresses have some of them, too. */
function hasSigns(value: string): boolean {
  const hasAll = [/[A-Za-z]/, /[0-9]/, /[!@#$%^&*~?]/].every((kind) => kind.test(value));
  return (
    hasAll &&
    /^\S{8,100}$/.test(value) &&
    !/:\/\/|^[\w.+-]{1,64}@[\w-]{1,64}\.|[/?]\w{1,64}=|^[\w.-]{1,64}=[^&]{0,100}&/.test(value)
  );
}
