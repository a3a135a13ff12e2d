import { secret } from "../case";
import { ALNUM, BASE64, BASE64URL, HEX, joined, type Random } from "../random";
import { row, type TokenRow, type TokenRows } from "./row";

const armor = (kind: string, body: string): string =>
  joined("-----BEGIN ", kind, `-----\n${body}\n-----END `, kind, "-----");

const lines = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.text(BASE64, 64)).join("\n");

const pem = (name: string, kind: string): TokenRow => row(name, (r) => armor(kind, lines(r, 6)));

const KEYS: TokenRows = [
  pem("PEM private key", joined("PRI", "VATE KEY")),
  pem("PEM encrypted private key", joined("ENCRYPTED PRI", "VATE KEY")),
  pem("PEM RSA key", joined("RSA PRI", "VATE KEY")),
  pem("PEM EC key", joined("EC PRI", "VATE KEY")),
  pem("PEM DSA key", joined("DSA PRI", "VATE KEY")),
  pem("OpenSSH key", joined("OPENSSH PRI", "VATE KEY")),
  row("PGP key", (r) => armor(joined("PGP PRI", "VATE KEY BLOCK"), `\n${lines(r, 8)}\n=${r.text(ALNUM, 4)}`)),
  row("PuTTY key", (r) =>
    joined(
      "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: train\nPublic-Lines: 1\nAAAAC3NzaC1lZDI1NTE5AAAAIA\nPri",
      `vate-Lines: 1\n${secret(r.text(BASE64, 48))}\n`,
    ),
  ),
  row("age key", (r) => joined("AGE-SEC", "RET-KEY-1", r.text("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58))),
  row("JSON Web Key", (r) =>
    joined(
      '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"',
      secret(r.text(BASE64URL, 43)),
      '"}',
    ),
  ),
];

const jwt = (random: Random, header: object): string =>
  [JSON.stringify(header), JSON.stringify({ sub: random.text(HEX, 12), iat: 1_700_000_000 })]
    .map((part) => Buffer.from(part).toString("base64url"))
    .concat(random.text(BASE64URL, 43))
    .join(".");

const JWTS: TokenRows = [
  row("JWT with HS256", (r) => jwt(r, { alg: "HS256", typ: "JWT" })),
  row("JWT with RS256", (r) => jwt(r, { alg: "RS256", kid: "k1", typ: "JWT" })),
  row("JWT in a header", (r) => `Authorization: Bearer ${secret(jwt(r, { alg: "ES256" }))}`),
];

/** The row for an address of a server, with a password of letters and digits. */
const address = (name: string, before: string, after: string): TokenRow =>
  row(name, (r) => joined(before, secret(r.text(ALNUM, 18)), after));

const ADDRESSES: TokenRows = [
  address("PostgreSQL address", "postgresql://app:", "@db:5432/app?sslmode=disable"),
  address("MySQL address", "mysql+pymysql://app:", "@mysql.internal/app"),
  address("MongoDB address", "mongodb+srv://app:", "@cluster0.x1y2z.mongodb.net/?retryWrites=true"),
  address("Redis address without a user", "redis://:", "@redis:6379/0"),
  address("Redis address with a user", "rediss://default:", "@cache.example.com:6380"),
  address("AMQP address", "amqp://worker:", "@rabbit:5672/%2f"),
  address("ClickHouse address", "clickhouse://default:", "@ch:9000/logs"),
  address("Git address", "https://oauth2:", "@gitlab.com/team/app.git"),
  address("FTP address", "ftp://upload:", "@files.example.com/in"),
  address("SMTP address", "smtps://mailer%40example.com:", "@smtp.example.com:465"),
  address("proxy address", "http://user:", "@proxy.corp:3128"),
  address("RTSP address", "rtsp://admin:", "@10.0.0.12/stream1"),
  address("S3 address of a tool", "s3:http://app:", "@minio:9000/backup"),
  row("Sentry DSN of the old form", (r) =>
    joined("https://", r.text(HEX, 32), ":", secret(r.text(HEX, 32)), "@sentry.example.com/3"),
  ),
  row("address with an encoded password", (r) => {
    const password = `${r.text(ALNUM, 8)}@/#${r.text(ALNUM, 4)}`;
    return joined("postgres://app:", secret(encodeURIComponent(password), password), "@db/app");
  }),
  row("address with a token as the user", (r) =>
    joined("https://", secret(joined("ghp", "_", r.text(ALNUM, 36))), "@github.com/a/b"),
  ),
  address("JDBC address", "jdbc:postgresql://db/app?user=app&password=", "&ssl=true"),
  address("JDBC address of SQL Server", "jdbc:sqlserver://db:1433;user=sa;password=", ";encrypt=true"),
  address("ADO connection string", "Server=db,1433;Database=app;User Id=sa;Password=", ";TrustServerCertificate=true"),
  address("libpq connection string", "host=db user=app password=", " dbname=app"),
  address("ODBC connection string", "Driver={ODBC Driver 18};Server=db;Uid=sa;Pwd=", ";"),
  address("Go MySQL DSN", "app:", "@tcp(mysql:3306)/app?parseTime=true"),
  address("address with a token parameter", "https://jupyter.example.com/lab?token=", ""),
  address("address with an API key", "https://api.example.com/v1/search?api_key=", "&q=gpu"),
];

/** Private keys, signed tokens and addresses with passwords. */
export const KEY_TOKENS: TokenRows = [...KEYS, ...JWTS, ...ADDRESSES];
