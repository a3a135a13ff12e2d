// The forms of what a configuration holds: the environment, the stack and the file are all held to them.

/** A header takes printable ASCII; quotes around it or `Bearer` in front are slips of the hand that would end as a 401. */
export function isSendableToken(token: string): boolean {
  return /^[!#-&(-~][!-~]{0,16383}$/.test(token) && !/["']$/.test(token);
}

/** Whether a text can be an organisation's slug. */
export function isSlug(slug: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,199}$/.test(slug);
}

/** Whether a token is a JWT: three parts, the first a JSON object in base64url. */
export function isJwt(token: string): boolean {
  return /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(token);
}
