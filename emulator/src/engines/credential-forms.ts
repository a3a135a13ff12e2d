/** The text that replaces a credential. */
export const MASKED = "[redacted]";

/**
 * Returns the forms in which a text may contain a registry password: unchanged, encoded for a URL, in base64, and
 * together with the user name in base64, as in a header for a registry. The longest form is first, because a form may
 * contain a shorter one.
 */
export function credentialForms({
  username,
  password,
}: {
  readonly username: string;
  readonly password: string;
}): readonly string[] {
  const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64").replace(/=+$/, "");
  const forms = [base64(`${username}:${password}`), password, encoded(password), base64(password)];
  return [...new Set(forms.filter((form) => form !== ""))].sort((a, b) => b.length - a.length);
}

function encoded(password: string): string {
  try {
    return encodeURIComponent(password);
  } catch {
    // Half of a surrogate pair cannot be encoded for a URL.
    return "";
  }
}

/** Replaces the forms of a credential in a text by {@link MASKED}. */
export function withoutForms(text: string, forms: readonly string[]): string {
  return forms.reduce((left, form) => (left.includes(form) ? left.split(form).join(MASKED) : left), text);
}
