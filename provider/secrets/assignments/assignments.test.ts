import { gradeOfName } from "../names";
import { assignmentsIn } from "./assignments";
import type { Format } from "./formats";
import { isPairs } from "./unquoted";

const counts = (name: string) => gradeOfName(name) !== "none";
/**
 * Finds the values that a text assigns. A result also has the spelling in the text if the spelling differs from the
 * value.
 */
const given = (text: string, format: Format) =>
  assignmentsIn(text, counts, format).map(({ start, end, value }) =>
    text.slice(start, end) === value ? value : { value, written: text.slice(start, end) },
  );

test.each<readonly [format: Format, text: string, ...values: readonly unknown[]]>([
  // In settings, a value ends with its line.
  ["settings", "password = two words # comment", "two words"],
  ["settings", "export API_KEY='x9y'", "x9y"],
  ["settings", "//npm.example.com/:_authToken=p&q%r", "p&q%r"],
  ["settings", ":rubygems_api_key: p&q<3", "p&q<3"],
  ["settings", "Server=db;Password=a&b;Encrypt=no", "a&b"],
  ["settings", "app = host=db password=a&b user=app", "a&b"],
  ["settings", "requirepass x9\n", "x9"],
  ["settings", "remote_password a\"b'c\n", "a\"b'c"],
  ["settings", '{default_pass, <<"x9">>}', "x9"],
  ["settings", "secret: # generate it"],
  ["settings", "# requirepass foobared"],
  ["settings", "requirepass x9;", "x9"],
  ["settings", "{ requirepass x9 }", "x9"],
  ["settings", "note: requirepass x9"],
  ["settings", "one two three four five six requirepass x9", "x9"],
  ["settings", "one two three four five six seven requirepass x9"],
  ["settings", "user=app,password=x9,uid=1", "x9"],
  ["settings", "password: x9, user: app", "x9"],
  // A value in quotes, with escapes.
  ["settings", '{"password":"a\\"b\\u0026"}', { value: 'a"b&', written: 'a\\"b\\u0026' }],
  ["settings", '{\\"password\\":\\"x9\\"}', "x9"],
  ["yaml", "password: 'a''b\\n'", { value: "a'b\\n", written: "a''b\\n" }],
  ["yaml", 'password: "a\\"b"', { value: 'a"b', written: 'a\\"b' }],
  ["yaml", "password: 'a9\\'\nuser: b", "a9\\"],
  ["shell", "PASSWORD='a9\\' ./run", "a9\\"],
  ["yaml", 'password: "x9\n  y8"\nuser: a', "x9", { value: "y8", written: 'y8"' }],
  ["shell", "PASSWORD='a'\\''b' ./run", { value: "a'b", written: "a'\\''b" }],
  ["shell", "PASSWORD='a'\\'''", { value: "a'", written: "a'\\''" }],
  ["properties", "db.password=a\\\\b", { value: "a\\b", written: "a\\\\b" }],
  ["settings", 'password = "a\\\\" "b"', { value: "a\\", written: "a\\\\" }],
  ["shell", "sh -c \"echo 'requirepass x\\\\9'\"", "x\\\\9"],
  // A value in a list in brackets ends at the bracket.
  ["shell", "kafka-configs --add-config SCRAM-SHA-512=[iterations=4096,password=x9]", "x9"],
  ["shell", "kafka-configs --add-config 'SCRAM-SHA-512=[iterations=4096,password=x9]' --alter", "x9"],
  // In quotes, `&` and `#` end a value only in the query of a URL.
  ["shell", "curl 'https://a/b?token=x9&user=c'", "x9"],
  ["shell", "curl 'https://a/b?user=c&token=x9#d'", "x9"],
  ["shell", "connect 'host=db password=a&b#c, user=d'", "a&b#c"],
  ["code", "password = '''x9'''", "x9"],
  // In TOML, a backslash in such quotes is no escape.
  ["settings", "password = '''a\\\\b'''", "a\\\\b"],
  ["code", "password = b'x9'", "x9"],
  ["code", 'password = rb"x9"', "x9"],
  ["code", "password = `x9`", "x9"],
  ["code", "define( 'DB_PASSWORD', 'a\\'b' );", { value: "a'b", written: "a\\'b" }],
  // A value may be on the lines after its name.
  ["yaml", "password: |\n  x9\n  y8\nuser: a", "x9", "y8"],
  ["yaml", "api_keys:\n  - x9\n  - 'y8'\n", "x9", { value: "y8", written: "'y8'" }],
  ["yaml", "api_keys:\n- x9\n- y8\nuser: a\n", "x9", "y8"],
  ["yaml", "db:\n  password: |\n    x9\n  user: a\n", "x9"],
  ["yaml", "db:\n    password:\n      x9 # comment\n    user: a\n", "x9"],
  ["yaml", "db:\n  password:\n   x9\n y8\n", "x9"],
  ["yaml", "password:\n  min: 8\n"],
  ["yaml", "server: { password: x9, port: 1 }", "x9"],
  ["yaml", "server: { user: a, b: { c: d }, password: x9 }", "x9"],
  ["yaml", "a: {b: c} password: x9, e", "x9"],
  ["yaml", "server: {user: a,  password: x 9, port: 1}", "x 9"],
  ["yaml", "list: [a, password: x 9, b]", "x 9"],
  ["yaml", "image:token:1"],
  ["settings", "api_keys = ['x9', \"y8\"]", "x9", "y8"],
  ["settings", "api_keys: [x9, y8] # comment", "x9", "y8"],
  ["yaml", "api_keys: [{a: b}]"],
  ["settings", "password =\tx9", "x9"],
  // In code, only texts in quotes are values.
  ["code", "API_KEYS = [x9, 'y8']", "y8"],
  ["code", "token = get_token(x)"],
  ["code", "api_key: str | None = None"],
  ["code", 'api_key: str = "x9"', "x9"],
  ["code", 'let api_key: &str = "x9";', "x9"],
  ["code", "const password = process.env.PW ?? 'x9';", "x9"],
  ["code", "if (password == 'x9')"],
  ["code", "password String"],
  ["code", "f(token, 'utf-8')"],
  ["code", "$cfg['a']['password'] = 'x9';", "x9"],
  ["code", "'password' => 'x9'", "x9"],
  ["code", 'os.environ.setdefault("DB_PASSWORD", "x9")', "x9"],
  // Commands.
  ["shell", "PGPASSWORD=x9 psql -h db", "x9"],
  ["shell", "serve --db-password x9 --port 1", "x9"],
  ["shell", "serve --db-password=x9 --port 1", "x9"],
  ["shell", "serve --db-password 'x 9' --port 1", "x 9"],
  ["shell", "serve --db-password x9, --port 1", "x9,"],
  ["shell", "curl -H 'X-API-Key: x9=' http://a", "x9="],
  ["shell", `sh -c "export API_KEY=x9; exec a"`, "x9"],
  ["shell", `sh -c "echo 'requirepass x9' > a && b"`, "x9"],
  ["shell", 'sh -c "export API_KEY=x9\\\\" b', "x9\\\\"],
  ["shell", "serve --password --force"],
  ["unknown", "https://a/?user=b&password=x9&c=d", "x9"],
])("%s: %s", (...row: readonly unknown[]) => {
  const [format, text, ...values] = row as readonly [Format, string, ...string[]];
  expect(given(text, format)).toEqual(values);
});

test.each([
  ["Server=db;User Id=sa;Password=x", true],
  ["host=db user=app password=x", true],
  ["abc=", false],
  ["p=q word", false],
])("whether %s consists of pairs", (value, expected) => expect(isPairs(value)).toBe(expected));
