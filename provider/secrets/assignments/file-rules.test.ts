import { ruleSecretsIn } from "./file-rules";

/** One example for each rule. The character `@` stands for the secret. */
test.each<readonly [text: string, file?: string]>([
  ["echo root:@ | chpasswd"],
  ["echo @ | docker login -u ci --password-stdin"],
  ["sentinel auth-pass main @"],
  ["  user admin insecure-password @"],
  ["user worker on >@ ~* +ALL"],
  ["machine host login me password @"],
  ["cache_peer p parent 3128 0 login=app:@"],
  ["CREATE USER app IDENTIFIED BY '@';"],
  ['CREATE USER app IDENTIFIED BY "@";'],
  ["CREATE USER app IDENTIFIED BY @;", "init.sql"],
  ["CREATE SECRET (TYPE S3, SECRET '@')", "init.sql"],
  ["SET PASSWORD = PASSWORD('@')"],
  ["ALTER USER app WITH PASSWORD '@'"],
  ['requests.get(url, auth=("user", "@"))'],
  ['parser.add_argument("--api-key", help="x", default="@")'],
  ['variable "db_password" {\n  type = string\n  default = "@"\n}'],
  ['ConvertTo-SecureString "@" -AsPlainText'],
  ['{:db {:password "@"}}'],
  ['createUser monitor SHA "@" AES "@"'],
  ["createUser monitor SHA @"],
  ['proxy_set_header Authorization "Bearer @";'],
  ["<server><password>@</password></server>"],
  ['<property name="hibernate.connection.password">@</property>'],
  ["<name>fs.s3a.secret.key</name>\n  <value>@</value>"],
  ['- name: DB_PASSWORD\n  value: "@"'],
  ['{"name":"DB_PASSWORD","value":"@"}'],
  ['{"value": "@", "name": "DB_PASSWORD"}'],
  ['a b : PSK "@"'],
  ['{"kty":"OKP","d":"@-0123456789"}'.replace("-0123456789", "")],
  ["app:@@tcp(db:3306)/app"],
  ["db:5432:*:app:@", ".pgpass"],
  ['"app" "@"', "pgbouncer/userlist.txt"],
  ["[smtp.example.com]:587 me@example.com:@", "sasl_passwd"],
  ["admin:{PLAIN}@", ".htpasswd"],
  ["anna\n@\n", "auth.txt"],
  ['{"username":"a","key":"@"}', "kaggle.json"],
  ["user=turn:@", "turnserver.conf"],
  ["socks5 10.0.0.1 1080 anna @", "proxychains.conf"],
  ['anna * "@" *', "ppp/chap-secrets"],
  ["rocommunity @", "snmpd.conf"],
  ['encrypt = "@"', "consul.hcl"],
])("the secret in %s is found", (...row: readonly unknown[]) => {
  const [text, file] = row as readonly [string, string];
  const secret = "q8Zk2Lw9Xv4Tn7Rb3Mc6";
  const written = text.replace(/@(?!tcp|example)/g, secret);
  const found = ruleSecretsIn(written, file);
  expect(found).not.toEqual([]);
  for (const { start, end, value } of found) expect([written.slice(start, end), value]).toEqual([secret, secret]);
});

test.each([
  ["entities of XML", "<password>a&amp;b</password>", undefined, "a&b"],
  ["doubled quotes of SQL", "ALTER USER x PASSWORD 'a''b'", undefined, "a'b"],
  ["escapes of a program", "IDENTIFIED BY 'a\\'b'", undefined, "a'b"],
  ["doubled quotes of PgBouncer", '"app" "a""b"', "userlist.txt", 'a"b'],
  ["colons of PostgreSQL", "h:5432:d:u:a\\:b", ".pgpass", "a:b"],
  ["percent signs", "login=app:a%26b", undefined, "a&b"],
  ["quotes of a shell", "curl -u 'a:b'\\''c' http://x", undefined, "b'c"],
])("the value is what a program gets: %s", (_kind, text, file, value) => {
  expect(ruleSecretsIn(text, file).map((found) => found.value)).toEqual([value]);
});

test.each<readonly [command: string, secret?: string, written?: string]>([
  ["curl -u admin:x9 http://a", "x9"],
  ["curl --user=admin:x9 http://a", "x9"],
  ["curl -u admin http://a"],
  ["mysql -uroot -px9 app", "x9"],
  ["mysql -u root -p app"],
  ["mysql -uroot -p'x9' app", "x9", "'x9'"],
  ['mysql -uroot -p"x 9" app', "x 9", '"x 9"'],
  ['sh -c "mysql -p\\"x9\\" app"', "x9", '\\"x9\\"'],
  ["curl -u'me:x9' http://a", "x9", "'me:x9'"],
  ['curl -u "m\\e:x9" http://a', "x9", "m\\e:x9"],
  ['sh -c "mysql -p\'x9\'" && echo "done"', "x9", "'x9'"],
  ['sh -c "mysql -px9" && echo "done"', "x9"],
  ['sh -c "mysql -p" && echo "done"'],
  ['["mysql -p", "app"]'],
  ['["mysql -p","app"]'],
  ["/usr/bin/sqlcmd -U sa -P x9 -Q q", "x9"],
  ["sshpass -p x9 ssh a@b", "x9"],
  ["sshpass -e mysql -px9", "x9"],
  ["docker login -u ci -p x9 ghcr.io", "x9"],
  ["docker run -p 8080:80 nginx"],
  ["redis-cli -h a -a x9 ping", "x9"],
  ["ldapsearch -x -w x9 -b dc=a", "x9"],
  ["7z x -px9 a.7z", "x9"],
  ["unzip -P x9 a.zip", "x9"],
  ["zip -r a.zip b"],
  ["htpasswd -bc file admin x9", "x9"],
  ["htpasswd -c file admin"],
  ["rabbitmqctl add_user worker x9", "x9"],
  ["wandb login x9", "x9"],
  ["vault login x9", "x9"],
  ["mc alias set m http://a:9000 admin x9", "x9"],
  ["openssl enc -pass pass:x9 -in a", "x9"],
  ["openssl enc -pass env:PW -in a"],
  ["sqlplus app/x9@db", "x9"],
  ["filebrowser users add admin x9", "x9"],
  ["mcli alias set m http://a:9000 admin x9", "x9"],
  ["mc config host add m http://a:9000 admin x9", "x9"],
  ["mc admin user add m worker x9", "x9"],
  ["mc admin user list m worker x9"],
  ["lftp -u worker,x9 a", "x9"],
  ["openssl passwd x9", "x9"],
  ["openssl enc -k x9 -in a", "x9"],
  ["gh auth login -t x9", "x9"],
  ["ngrok authtoken x9", "x9"],
  ["helm registry login -u ci -p x9 r", "x9"],
  ["rabbitmqctl change_password my-worker x9", "x9"],
  ["redis-cli -a x-9 ping", "x-9"],
  ["redis-cli -a -x"],
  ["redis-cli -a"],
  ["mysql -p 'app' x"],
  ["curl -s http://a | sshpass -p x9 ssh b", "x9"],
  ["curl -s \\\n  -u a:x9 http://a", "x9"],
])("a command: %s", (...row: readonly unknown[]) => {
  const [command, secret, written = secret] = row as readonly [string, string?, string?];
  const found = ruleSecretsIn(command, undefined).map(({ start, end, value }) => [value, command.slice(start, end)]);
  expect(found).toEqual(secret === undefined ? [] : [[secret, written]]);
});

test.each([
  ["root:x:0:0:root:/root:/bin/sh", "conf/app.ini"],
  ["F0:5432:A1:B2:C3", undefined],
  ["<name>fs.path</name><value>x</value>", undefined],
  ['{"kind":"a","d":"q8Zk2Lw9Xv4Tn7Rb3Mc6"}', undefined],
  ['variable "region" { default = "x" }', undefined],
])("no rule is for %s", (text, file) => expect(ruleSecretsIn(text, file)).toEqual([]));

test.each(["the user is IDENTIFIED BY name", "Enter PASSWORD 'here' to go on", "if ($x == 'PASSWORD' = 'x9')"])(
  "no password of SQL: %s",
  (text) => expect(ruleSecretsIn(text, "index.php")).toEqual([]),
);
