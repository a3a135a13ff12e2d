/** Makes the content of a file that contains a password. */
type FileWith = (password: string) => string;

const inBase64 = (text: string) => Buffer.from(text).toString("base64");

/** Configuration files as people write them, each with a password, by their paths below a mounted folder. */
export const filesWith: Readonly<Record<string, FileWith>> = {
  "redis.conf": (password) => `maxmemory 64mb\nrequirepass ${password}\n`,
  "wp-config.php": (password) => `<?php\ndefine( 'DB_USER', 'wp' );\ndefine( 'DB_PASSWORD', '${password}' );\n`,
  "database.php": (password) => `<?php\nreturn ['host' => 'db', 'username' => 'app', 'password' => '${password}'];\n`,
  "settings.xml": (password) => `<settings><server><id>a</id><password>${password}</password></server></settings>\n`,
  "init.sql": (password) => `CREATE USER app IDENTIFIED BY '${password}';\nGRANT ALL ON app.* TO app;\n`,
  "haproxy.cfg": (password) => `userlist admins\n  user admin insecure-password ${password}\n`,
  "my.cnf": (password) => `[client]\nuser = app\npassword = ${password}\n`,
  ".pgpass": (password) => `db:5432:app:app:${password}\n`,
  ".netrc": (password) => `machine files.example.com\nlogin app\npassword ${password}\n`,
  "flow.yml": (password) => `{db: {host: db, user: app, password: ${password}, pool: 4}}\n`,
  "prometheus.yml": (password) =>
    `scrape_configs:\n  - job_name: app\n    authorization: {type: Bearer, credentials: ${password}}\n`,
  "config.json": (password) => `{"auths": {"ghcr.io": {"auth": "${inBase64(`bot:${password}`)}"}}}\n`,
  "userlist.txt": (password) => `"app" "${password}"\n`,
  "app.env": (password) => `STAGE=prod\nDB_PASSWORD=${password}\n`,
  "config.toml": (password) => `[database]\nuser = "app"\npassword = "${password}"\n`,
  "application.properties": (password) => `spring.datasource.username=app\nspring.datasource.password=${password}\n`,
  "application.yml": (password) => `spring:\n  datasource:\n    username: app\n    password: ${password}\n`,
  "appsettings.json": (password) =>
    `{"ConnectionStrings": {"Main": "Server=db;User Id=sa;Password=${password};Encrypt=true"}}\n`,
  "grafana.ini": (password) => `[security]\nadmin_user = admin\nadmin_password = ${password}\n`,
  "rabbitmq.conf": (password) => `default_user = app\ndefault_pass = ${password}\n`,
  mosquitto_passwd: (password) => `sensor:${password}\n`,
  "odoo.conf": (password) => `[options]\nadmin_passwd = ${password}\nworkers = 2\n`,
  "worker.env": (password) => `LOG_LEVEL=info\nBROKER=amqp://app:${password}@mq/\n`,
  "nginx.conf": (password) => `server {\n  proxy_set_header Authorization "Bearer ${password}";\n  listen 80;\n}\n`,
};

/** Names of the secrets that a project declares as secrets, by the place of the declaration. */
export const DECLARED = {
  variables: Array.from({ length: 10 }, (_none, index) => `VALUE_${index}`),
  files: Array.from({ length: 6 }, (_none, index) => `declared-${index}`),
  env: Array.from({ length: 6 }, (_none, index) => `SERVICE_${index}_PASSWORD`),
} as const;

/** The places of a secret in the Compose document itself. */
export const WRITTEN = ["an option", "requirepass", "an entrypoint", "an environment", "a label"] as const;

/** The Compose document, with a secret at each place. The first service fails with an exit code. */
export function document(secretAt: (place: (typeof WRITTEN)[number]) => string, exitCode: number): string {
  const { variables, files } = DECLARED;
  return `services:
  app:
    image: busybox:stable
    command: run --password ${secretAt("an option")} --verbose
    entrypoint: [serve, --api-key, ${secretAt("an entrypoint")}]
    env_file: secret.env
    environment: {${variables.map((name) => `${name}: "\${${name}}"`).join(", ")}}
    volumes: ["./conf:/etc/app", "./more:/etc/more"]
    secrets: [${files.join(", ")}]
    x-lyceum-sim: {exitCode: ${exitCode}}
  cache:
    image: busybox:stable
    command: redis-server --requirepass ${secretAt("requirepass")}
  worker:
    image: busybox:stable
    environment: [API_TOKEN=${secretAt("an environment")}]
    labels: {"app.admin-password": ${secretAt("a label")}}
secrets: {${files.map((name) => `${name}: {file: ./${name}.txt}`).join(", ")}}
x-lyceum-sim: {start: 0, run: 0.5, echo: true}
`;
}
