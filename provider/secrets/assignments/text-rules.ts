import { withoutEntities, withoutEscapes, withoutPercentSigns, withoutSingleEscapes } from "./formats";

type Decode = (raw: string) => string;

/** A rule for secrets that no name such as `password=` announces. Each group of the pattern matches a secret. */
export interface FileRule {
  readonly kind: string;
  /**
   * Needs the flag `d`, for the positions of the groups. Write a literal star or plus as `\x2a` or `\x2b`: the tool
   * that checks regular expressions for long running times does not know the flag `d`, and would take `*` and `+` for
   * repetitions.
   */
  readonly pattern: RegExp;
  /**
   * A short expression that is searched for first, because this is fast. If the expression does not match, the text has
   * no secret of this rule.
   */
  readonly sign?: RegExp;
  /** Matches the names of files with this format. If absent, the rule is for all files. */
  readonly file?: RegExp;
  /** Converts the secret in the text to the value as a program gets it. */
  readonly decode?: Decode;
}

const NAME = String.raw`[\w.-]{0,60}(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|secret[._-]?key|passphrase|credentials?)[\w.-]{0,9}`;
/** Matches a text in double quotes. */
export const DOUBLE = String.raw`"((?:[^"\\\n]|\\.){1,400})"`;
/** Returns a function that replaces two quotes in a row by one quote. */
export const twice =
  (quote: string): Decode =>
  (raw) =>
    raw.replaceAll(quote + quote, quote);

/** Rules for formats that can be recognized by the words in a text. The file name does not matter. */
export const ANYWHERE: readonly FileRule[] = [
  {
    kind: "password of a user",
    sign: /chpasswd/,
    pattern: /(?<![\w.-])[a-z_][\w.-]{0,31}:([^\s"':|]{1,200})["']?\s{0,4}\|\s{0,4}(?:sudo )?chpasswd/dg,
  },
  {
    kind: "password of a command",
    sign: /\|/,
    pattern:
      /\b(?:echo|printf)\s{1,4}(?:-n\s|["']?%s["']?\s)?["']?([^\s"'|]{1,400})["']?\s{0,4}\|[^\n|]{0,200}(?:-stdin|--with-token|--passphrase-fd|sudo -S|kinit|cryptsetup)\b/dg,
  },
  {
    kind: "password of a command",
    sign: /<<</,
    pattern: /stdin\b[^\n|<]{0,200}<<<\s{0,4}["']?([^\s"'|]{1,400})/dg,
  },
  { kind: "password of Sentinel", pattern: /\bsentinel\s{1,4}auth-pass\s{1,4}\S{1,100}\s{1,4}(\S{1,200})/dg },
  {
    kind: "password of HAProxy",
    pattern: /\buser\s{1,4}\S{1,60}\s{1,4}insecure-password\s{1,4}(\S{1,200})/dg,
  },
  {
    kind: "password of a Redis user",
    sign: /[ \t]>/,
    pattern: /^[ \t]{0,20}(?:ACL[ \t]{1,4}SETUSER|user)[ \t]{1,9}\S{1,100}[^\n>]{0,300}[ \t]>(\S{1,200})/dgim,
  },
  {
    kind: "password of a machine",
    sign: /\blogin\s/,
    pattern: /\blogin[ \t\n]{1,4}\S{1,200}[ \t\n]{1,4}password[ \t\n]{1,4}(\S{1,200})/dg,
  },
  {
    kind: "password of a peer",
    sign: /login=/,
    pattern: /\blogin=[^\s:=]{1,100}:(\S{1,200})/dg,
    decode: withoutPercentSigns,
  },
  {
    kind: "password of SQL",
    sign: /\bPASSWORD[\s=(]/i,
    pattern:
      /\b(?:CREATE|ALTER|GRANT|SET|USER|ROLE|LOGIN|WITH)\b[^\n;]{0,200}?(?<!["'`])\bPASSWORD\s{0,4}[=(]?\s{0,4}N?'((?:[^'\\\n]|''|\\.){1,400})'/dgi,
    decode: (raw) => withoutSingleEscapes(twice("'")(raw)),
  },
  {
    kind: "password of SQL",
    sign: /\bIDENTIFIED\s/i,
    pattern:
      /\bIDENTIFIED\s{1,4}(?:WITH\s{1,4}\S{1,60}\s{1,4})?(?:BY|AS)\s{0,4}[=(]?\s{0,4}N?'((?:[^'\\\n]|''|\\.){1,400})'/dgi,
    decode: (raw) => withoutSingleEscapes(twice("'")(raw)),
  },
  {
    kind: "password of SQL",
    sign: /\bIDENTIFIED\s/i,
    pattern: /\bIDENTIFIED\s{1,4}BY\s{1,4}"([^"\n]{1,200})"/dgi,
  },
  {
    kind: "password of a request",
    sign: /auth/i,
    pattern: /(?:\bauth\s{0,4}=\s{0,4}\(|BasicAuth\()\s{0,4}["'][^"'\n]{1,100}["'],\s{0,4}["']([^"'\n]{1,200})["']/dg,
  },
  {
    kind: "default of an option",
    sign: /default/,
    pattern: new RegExp(`["']--${NAME}["'],[^\n]{0,120}?\\bdefault=["']([^"'\n]{1,200})["']`, "dgi"),
  },
  {
    kind: "default of a variable",
    sign: /variable\s{1,4}"/,
    pattern: new RegExp(
      `\\bvariable\\s{1,4}"${NAME}"\\s{0,4}\\{[^}"]{0,200}\\bdefault\\s{0,20}=\\s{0,4}${DOUBLE}`,
      "dgi",
    ),
    decode: withoutEscapes,
  },
  {
    kind: "secure text",
    sign: /SecureString/,
    pattern: /ConvertTo-SecureString\s{1,4}(?:-String\s{1,4})?["']([^"'\n]{1,200})["']/dgi,
  },
  {
    kind: "value of a keyword",
    sign: /[\s({]:\w/,
    pattern: new RegExp(`(?<=[\\s({]):${NAME}\\s{1,9}${DOUBLE}`, "dgi"),
    decode: withoutEscapes,
  },
  {
    kind: "user of SNMP",
    sign: /createUser/,
    pattern: new RegExp(
      `\\bcreateUser\\s{1,4}\\S{1,60}\\s{1,4}\\w{1,9}\\s{1,4}${DOUBLE}(?:\\s{1,4}\\w{1,9}\\s{1,4}${DOUBLE})?`,
      "dg",
    ),
    decode: withoutEscapes,
  },
  {
    kind: "user of SNMP",
    sign: /createUser/,
    pattern:
      /\bcreateUser\s{1,4}\S{1,60}\s{1,4}\w{1,9}\s{1,4}([^\s"]{1,200})(?:\s{1,4}\w{1,9}\s{1,4}([^\s"]{1,200}))?/dg,
  },
  {
    kind: "authorization header",
    sign: /authorization/i,
    pattern: /\bauthorization["']?[\s:=,]{1,6}"(?:bearer|basic|token|apikey) {1,4}((?:[^"\\\n]|\\.){1,400})"/dgi,
    decode: withoutEscapes,
  },
  {
    kind: "authorization header",
    sign: /bearer/i,
    pattern:
      /(?:["']bearer {1,4}((?=[^"'\n]{0,200}\d)[^\s"']{8,400})["']|[:=]\s{0,4}bearer {1,4}((?=[^"'\n]{0,200}\d)[^\s"',;]{8,400})(?=\s|$))/dgi,
  },
  {
    kind: "argument of a call",
    sign: /\.\w{1,80}\(/,
    pattern: new RegExp(
      `\\.(?:(?:set|with)\\w{0,40}(?:password|secret|token|passphrase|(?:api|access|secret)_?key)|password|passphrase|api_?key)\\(\\s{0,4}(?:${DOUBLE}|'([^'\n]{1,200})')\\s{0,4}\\)`,
      "dgi",
    ),
    decode: withoutEscapes,
  },
  {
    kind: "variable of nginx",
    sign: /\bset\s{1,4}\$/,
    pattern: new RegExp(`\\bset\\s{1,9}\\$${NAME}\\s{1,9}(?:${DOUBLE}|([^\\s"';]{1,200}))\\s{0,4};`, "dgi"),
    decode: withoutEscapes,
  },
  {
    kind: "text of a comparison",
    sign: /[=!]=?\s{0,4}["']/,
    pattern: new RegExp(
      `(?<![\\w.-])\\$?${NAME}\\s{1,4}[!=]={0,2}\\s{1,4}"((?=[^"\n]{0,200}\\d)(?:[^"\\\\\\s]|\\\\.){8,200})"(?=\\s{0,4}[):{])`,
      "dgi",
    ),
    decode: withoutEscapes,
  },
  {
    kind: "element of XML",
    sign: /<\//,
    pattern: new RegExp(`<(?:\\w{1,20}:)?${NAME}>([^<\n]{1,400})</`, "dgi"),
    decode: withoutEntities,
  },
  {
    kind: "property of XML",
    sign: /<\//,
    pattern: new RegExp(`<\\w{1,40}\\s{1,4}(?:name|key)="${NAME}"[^<>]{0,80}>([^<\n]{1,400})</`, "dgi"),
    decode: withoutEntities,
  },
  {
    kind: "property of XML",
    sign: /<\/name>/i,
    pattern: new RegExp(`<name>\\s{0,9}${NAME}\\s{0,9}</name>\\s{0,40}<value>([^<\n]{1,400})</value>`, "dgi"),
    decode: withoutEntities,
  },
  {
    kind: "pair of a name and a value",
    pattern: new RegExp(
      `\\b(?:name|key|type)["']?\\s{0,4}[:=]\\s{0,4}["']?${NAME}["']?(?:,\\s{0,40}|\\s{1,40})["']?value["']?\\s{0,4}[:=]\\s{0,4}(?:${DOUBLE}|'((?:[^'\n]|''){1,400})'|([^\\s"',}<>]{1,400}))`,
      "dgi",
    ),
    decode: (raw) => withoutEscapes(withoutEntities(twice("'")(raw))),
  },
  {
    kind: "pair of a value and a name",
    sign: /["']value["']/,
    pattern: new RegExp(
      `["']value["']\\s{0,4}:\\s{0,4}["']([^"'\n]{1,400})["'],\\s{0,40}["'](?:name|key)["']\\s{0,4}:\\s{0,4}["']${NAME}["']`,
      "dgi",
    ),
  },
  {
    kind: "shared key",
    sign: /\b(?:PSK|EAP|XAUTH)\b/,
    pattern: new RegExp(`:\\s{0,4}(?:PSK|EAP|XAUTH|NTLM|RSA \\S{1,100})\\s{1,4}${DOUBLE}`, "dg"),
    decode: withoutEscapes,
  },
  {
    kind: "private part of a key",
    sign: /kty\\{0,3}"/,
    pattern: /[{,]\s{0,40}\\{0,3}"[dk]\\{0,3}"\s{0,4}:\s{0,4}\\{0,3}"([\w-]{20,1000})\\{0,3}"/dg,
  },
  {
    kind: "private part of a key",
    sign: /Private-Lines:/,
    pattern: /Private-Lines: \d{1,3}\r?\n([\w/=\r\n\x2b]{20,4000})(?=\r?\n|$)/dg,
  },
  {
    kind: "password in an address",
    sign: /@(?:tcp|unix|udp)\(/,
    pattern: /(?<![\w.-])[\w.-]{1,60}:([^\s@"']{1,200})@(?:tcp|unix|udp)\(/dg,
  },
];
