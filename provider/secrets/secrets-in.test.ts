import fc from "fast-check";
import { timesAsLong } from "../../compose/testing/times-as-long";
import { type SecretPlace, secretsIn } from "./secrets-in";
import { formExamples } from "./testing/examples";

const key = ["AKIA", "QNZGKIQY56JQ7WML"].join("");
/** A private key, whose lines end with this text. */
const pem = (end: string) =>
  ["-----BEGIN PRIVATE", " KEY-----", end, "MIIEvQIBADANBgkqhkiG9w0B", end, "-----END PRIVATE", " KEY-----"].join("");

test.each<readonly [text: string, place: SecretPlace, ...found: readonly string[]]>([
  ["hunter2", { key: "DB_PASSWORD" }, "named hunter2"],
  ["hunter2", { key: "DB_HOST" }],
  ["acme-acme", { key: "ACME_PASSWORD" }],
  ["hunter2-Leaks", { key: "HASH_SALT" }, "named hunter2-Leaks"],
  ["orchidvexgrimbolt", { key: "HASH_SALT" }],
  ["changeme", { key: "DB_PASSWORD" }],
  [key, { key: "DB_PASSWORD" }, `form ${key}`],
  ["a", { key: "DB_PASSWORD" }],
  ["changeme", { key: "DB_PASSWORD", isShown: true }, "ordinary changeme"],
  ["hunter2", { key: "DB_PASSWORD", isShown: true }, "named hunter2"],
  ["must be at least 12 characters", { key: "DB_PASSWORD", isShown: true }, "ordinary must be at least 12 characters"],
  ["password: must be at least 12 characters\n", { isShown: true }],
  ["postgres://postgres:postgres@postgres/app", { isShown: true }, "ordinary postgres"],
  ["--requirepass prod", { key: "command", isShown: true }, "ordinary prod"],
  ["prod", { key: "DB_NAME", isShown: true }],
  ["celery flower --basic_auth=admin:q8Zk2Lw9Xv4T", {}, "named q8Zk2Lw9Xv4T"],
  ["  stats auth admin:q8Zk2Lw9Xv4T", {}, "named q8Zk2Lw9Xv4T"],
  ["/Kq82hTz91", { key: "DB_PASSWORD" }, "named /Kq82hTz91"],
  ["db", { key: "DB_PASSWORD", services: new Set(["db"]) }],
  ["admin:hunter2", { key: "FLOWER_BASIC_AUTH" }, "named hunter2"],
  ["admin:orchidvexgrimbolt", { key: "FLOWER_BASIC_AUTH" }, "named orchidvexgrimbolt"],
  ["admin: orchidvexgrimbolt", { key: "FLOWER_BASIC_AUTH" }],
  ["q8Zk2Lw9Xv,b7Kq9xT2mZ", { key: "API_KEYS" }, "named q8Zk2Lw9Xv", "named b7Kq9xT2mZ"],
  ["app:q8Zk2Lw9Xv,web:$WEB_KEY", { key: "API_KEYS" }, "named q8Zk2Lw9Xv"],
  ["hunter2,Leaks", { key: "DB_PASSWORD" }, "named hunter2,Leaks"],
  ["neo4j/hunter2", { key: "NEO4J_AUTH" }, "named hunter2"],
  ["Server=db;User Id=sa;Password=hunter2;", { key: "CONNECTION_STRING" }, "named hunter2"],
  ["Data Source=app.db", { key: "CONNECTION_STRING" }],
  ["--requirepass hunter2", { key: "REDIS_ARGS" }, "named hunter2"],
  ["hunter2", { before: "redis-server --requirepass" }, "named hunter2"],
  ["admin:hunter2", { before: "curl -u" }, "named hunter2"],
  ["8080", { before: "serve --port" }],
  ["PASSWORD=hunter2 Leaks9", { key: "args" }, "named hunter2 Leaks9"],
  ["PASSWORD=hunter2 Leaks9", { key: "command" }, "named hunter2"],
  ["--password hunter2", { key: "args" }, "named hunter2"],
  ["curl -u a:hunter2 http://x", { key: "DB_PASSWORD" }, "named hunter2"],
  ["curl -u a:hunter2", { key: "DB_PASSWORD" }, "named hunter2"],
  ["hunter2 x", { before: "serve --password" }, "named hunter2"],
  ["requirepass orchidvexgrimbolt", {}],
  ["requirepass hunter2", {}, "named hunter2"],
  ["requirepass prod1", { isShown: true }],
  ["hunter2", { key: "command", before: "serve --password" }, "named hunter2"],
  ["hunter2", { key: "labels", before: "serve --password" }],
  ["hunter2", { key: "command", before: "fiber.secret" }],
  ["ping", { key: "test", before: 'redis-cli -a ""' }],
  ["-Des.password= -Dkb.url=http://kibana", { key: "JAVA_OPTS" }],
  ["paperless", { key: "DB_PASSWORD", names: new Set(["paperless-ngx"]) }],
  ["postgres://a:hunter2@db/app", {}, "named hunter2"],
  ["postgres://a:hunter2@db.example.com/app", {}, "form hunter2"],
  ["postgres://a:hunter%402@db.example.com/app", {}, "form hunter@2 written as hunter%402"],
  ["postgres://postgres:postgres@postgres/app", {}],
  ["postgres://a:hun:ter2@db.example.com/app", {}, "form hun:ter2"],
  ["postgres://a:hunter2@db.local/app", { services: new Set(["db.local"]) }, "named hunter2"],
  ["postgres://acme-billing:acme-billing@db/app", {}],
  ["postgres://app:acme-billing@acme-billing/app", {}],
  ["postgres://a:yes@db/app", { isShown: true }],
  ["hunter2-Leaks", { file: "/run/secrets/db_password" }, "named hunter2-Leaks"],
  ["hunter2-Leaks\n", { file: "token" }, "named hunter2-Leaks"],
  ["hunter2-Leaks", { file: "notes.txt" }],
  ["hunter2-Leaks", { file: "/run/secrets/app" }, "named hunter2-Leaks"],
  ["x9y", { file: "/run/secrets/app" }],
  ["two hunter2-Leaks", { file: "/run/secrets/app" }],
  ["NAME=hunter2-Leaks", { file: "/run/secrets/app" }],
  ["password: orchidvexgrimbolt", { file: "README.md" }],
  ["password: must be at least 12 characters", {}],
  ["password: hunter2-Leaks", { file: "README.md" }, "named hunter2-Leaks"],
  ['{"password":"Passwort"}', { file: "i18n/de.json" }],
  ["q8Zk2Lw9Xv4Tn7Rb3Mc6Yd1F", {}, "random q8Zk2Lw9Xv4Tn7Rb3Mc6Yd1F"],
  ["q8Zk2Lw9Xv4Tn7Rb3Mc6Yd1F", { key: "IMAGE_PATH" }],
  [
    `q8Zk2Lw9Xv4Tn7Rb3Mc6Yd1F ${key} ${key}`,
    { key: "DB_PASSWORD" },
    `form ${key}`,
    `form ${key}`,
    `named q8Zk2Lw9Xv4Tn7Rb3Mc6Yd1F ${key} ${key}`,
  ],
  [
    'password: "q8Zk2Lw9Xv4Tn7Rb3Mc6Yd1F; curl -u a:q8Zk2Lw9Xv4T x; curl -u b:b7Kq9xT2mZ x"',
    {},
    "named q8Zk2Lw9Xv4Tn7Rb3Mc6Yd1F; curl -u a:q8Zk2Lw9Xv4T x; curl -u b:b7Kq9xT2mZ x",
    "named q8Zk2Lw9Xv4T",
    "named b7Kq9xT2mZ",
  ],
  ["Authorization: Bearer your-7Kq9xT2mZq8Zk2Lw9X", {}],
  [
    'password: "curl -u a:q8Zk2Lw9Xv4T x; q8Zk2Lw9Xv4Tn7Rb3Mc6Yd1F"',
    {},
    "named curl -u a:q8Zk2Lw9Xv4T x; q8Zk2Lw9Xv4Tn7Rb3Mc6Yd1F",
    "named q8Zk2Lw9Xv4T",
  ],
  [pem("\n"), {}, `form ${pem("\n")}`],
  [pem("\nxxxxxxxx\n"), {}, `form ${pem("\nxxxxxxxx\n")}`],
  [`{"key": "${pem("\\n")}"}`, {}, `form ${pem("\n")} written as ${pem("\\n")}`],
  [
    Buffer.from(`token ${key} end`).toString("base64"),
    {},
    `form ${Buffer.from(`token ${key} end`).toString("base64")}`,
  ],
])("the secrets of %s as %j", (...row: readonly unknown[]) => {
  const [text, place, ...found] = row as readonly [string, SecretPlace, ...string[]];
  const shown = secretsIn(text, place).map(({ start, end, certainty, value }) => {
    const written = text.slice(start, end);
    return `${certainty} ${value}${written === value ? "" : ` written as ${written}`}`;
  });
  expect(shown).toEqual(found);
});

test.each<readonly [text: string, place: SecretPlace, kind: string]>([
  [key, {}, "an AWS access key id"],
  [formExamples["GitHub token"] ?? "", {}, "a GitHub token"],
  [Buffer.from(`token ${key} end`).toString("base64"), {}, "an encoded AWS access key id"],
  ["hunter2", { key: "DB_PASSWORD" }, "the value of DB_PASSWORD"],
  ["admin:hunter2", { before: "curl -u" }, "the password of a command"],
  ["admin:hunter2", { key: "BASIC_AUTH" }, "the value of BASIC_AUTH"],
  ["q8Zk2Lw9Xv4Tn7Rb3Mc6Yd1F", {}, "a long word that looks random"],
])("the secret in %s as %j is %s", (text, place, kind) => {
  expect(secretsIn(text, place).map((found) => found.kind)).toEqual([kind]);
});

const PIECES = [
  "password=",
  "password: x9 ",
  "{",
  "password:\n  ",
  "curl -u ",
  "<password>",
  "name: password value: ",
  "user a ",
  "-----BEGIN ",
  "password='",
  "- password: |\n",
  '\\"password\\":\\"',
  "sk-",
  "eyJ",
  "://a:b@",
  "createUser a SHA ",
  'auth=("a",',
  'authorization: "bearer ',
  "echo a |",
  "token ",
  "'",
  '"',
  "\\",
  "=",
  ":",
  "\n",
  "\u{1f511}",
];

test("for every text, a finding is inside the text, and without escapes, its value is the text at its position", () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 12 })), { maxLength: 12 })
    .map((parts) => parts.join(""));
  const place = fc.record({
    key: fc.constantFrom(undefined, "PASSWORD", "command"),
    before: fc.constantFrom(undefined, "serve --password"),
    file: fc.constantFrom(
      undefined,
      "a.py",
      "a.yaml",
      "a.sh",
      ".pgpass",
      "users.txt",
      "a.xml",
      "a.properties",
      "token",
    ),
  });
  fc.assert(
    fc.property(text, place, (written, where) => {
      for (const { start, end, value } of secretsIn(written, where)) {
        expect([start >= 0, start < end, end <= written.length]).toEqual([true, true, true]);
        const raw = written.slice(start, end);
        if (!/[\\%&'"]/.test(raw)) expect(value).toBe(raw);
      }
    }),
    { numRuns: 2000, examples: [['curl -u "&\\:0AB', { key: undefined, before: undefined, file: undefined }]] },
  );
});

test.each(PIECES)("the time is proportional to the text: %j", (piece) => {
  const searched = (length: number) => {
    const text = piece.repeat(length / piece.length);
    return () => void secretsIn(text);
  };
  expect(timesAsLong(searched(240_000), searched(30_000), { enough: 16 })).toBeLessThan(24);
});
