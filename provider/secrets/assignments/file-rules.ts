import type { Assigned } from "./assignments";
import { commandSecretsIn } from "./command-rules";
import { withoutEscapes } from "./formats";
import { ANYWHERE, DOUBLE, type FileRule, twice } from "./text-rules";

/** Rules for formats that only the name of the file shows, because the text does not. */
const BY_FILE: readonly FileRule[] = [
  {
    kind: "password of SQL",
    file: /\.(?:sql|psql|ddl)$/i,
    pattern: /\bIDENTIFIED\s{1,4}BY\s{1,4}(?!VALUES|PASSWORD|RANDOM)([\w#$]{1,100})/dgi,
  },
  {
    kind: "secret of DuckDB",
    file: /\.(?:sql|ddl)$/i,
    pattern: /\b(?:SECRET|SESSION_TOKEN)\s{1,4}'((?:[^'\n]|''){1,400})'/dgi,
    decode: twice("'"),
  },
  {
    kind: "password of PostgreSQL",
    file: /pgpass/i,
    pattern: /^[^:\s#]{1,200}:(?:\d{1,5}|\x2a):[^:\s]{1,100}:[^:\s]{1,100}:([^\n\r]{1,400})/dgm,
    decode: (raw) => raw.replace(/\\([:\\])/g, "$1"),
  },
  {
    kind: "password of a user",
    file: /userlist|users\.txt|pgbouncer/i,
    pattern: /^[ \t]{0,20}"[^"\n]{1,200}"[ \t]{1,9}"((?:[^"\n]|""){1,400})"/dgm,
    decode: twice('"'),
  },
  {
    kind: "password of a mail server",
    file: /sasl_?passwd|smtp_?auth|passwd\.client/i,
    pattern: /^[^\s#]{1,200}[ \t]{1,9}[^\s:]{1,200}:([^\n\r]{1,400})/dgm,
  },
  {
    kind: "password of a user",
    file: /(?<!sasl_?)passwd(?!\.client)(?:-\w{1,20})?$|passwords?(?:\.txt)?$|htpasswd|\.users$|(?:^|\/)users$|credentials$/i,
    pattern: /^[^:\s#=]{1,200}:(?:\{(?:PLAIN|CLEAR|CLEARTEXT)\})?(?![/ \t{$])([^:\n\r]{1,400})(?::|[\n\r]|$)/dgm,
  },
  { kind: "password of a relay", file: /turnserver/i, pattern: /^user=[^\s:]{1,100}:(\S{1,200})/dgm },
  {
    kind: "password of a proxy",
    file: /proxychains/i,
    pattern: /^(?:socks[45]|https?)[ \t]{1,9}\S{1,100}[ \t]{1,9}\d{1,5}[ \t]{1,9}\S{1,100}[ \t]{1,9}(\S{1,200})/dgm,
  },
  {
    kind: "password of a connection",
    file: /(?:chap|pap|srp)-secrets/i,
    pattern: /^[ \t]{0,9}(?!#)\S{1,100}[ \t]{1,9}\S{1,100}[ \t]{1,9}"?([^\s"]{1,200})/dgm,
  },
  { kind: "community of SNMP", file: /snmp/i, pattern: /^[ \t]{0,9}r[ow]community6?[ \t]{1,9}(\S{1,200})/dgm },
  {
    kind: "key of Consul",
    file: /consul/i,
    pattern:
      /"?(?:encrypt|master|agent|initial_management|agent_recovery|replication)"?\s{0,20}[:=]\s{0,4}"([^"\n]{12,400})"/dg,
  },
  {
    kind: "second line of a login",
    file: /(?:^|\/)(?:auth|login|credentials?|creds|userpass|user-?pass|pass|up)(?:\.(?:txt|conf|cfg|creds))?$/i,
    pattern: /^[^\s:=]{1,200}\r?\n([^\s][^\n\r]{0,400})\s{0,4}$/dg,
  },
  {
    kind: "key of Kaggle",
    file: /kaggle\.json$/i,
    pattern: new RegExp(`"key"\\s{0,4}:\\s{0,4}${DOUBLE}`, "dg"),
    decode: withoutEscapes,
  },
];

/** Finds the passwords in commands, and all secrets that match a rule of `ANYWHERE` or a rule for this file name. */
export function ruleSecretsIn(text: string, file: string | undefined): Assigned[] {
  const byFile = file === undefined ? [] : BY_FILE.filter((rule) => rule.file?.test(file));
  const found = [...ANYWHERE, ...byFile]
    .filter(({ sign }) => sign === undefined || sign.test(text))
    .flatMap((rule) => byRule(text, rule));
  return [...commandSecretsIn(text), ...found];
}

function byRule(text: string, { pattern, kind, decode = (raw) => raw }: FileRule): Assigned[] {
  return [...text.matchAll(pattern)].flatMap(({ indices = [] }) =>
    indices.slice(1).flatMap((span) => {
      if (span === undefined) return [];
      const [start, end] = span;
      return [{ start, end, name: kind, value: decode(text.slice(start, end)), by: "rule" as const }];
    }),
  );
}
