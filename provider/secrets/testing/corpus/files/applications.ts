import { secret } from "../case";
import { code, doubled, type FileRow, file, json, percent, percentDoubled, properties, raw, shell, xml } from "./row";

/** Configuration and code of applications. */
export const APPLICATION_FILES: readonly FileRow[] = [
  file(
    "WordPress",
    "wp-config.php",
    (p) =>
      `<?php\ndefine( 'DB_NAME', 'wordpress' );\ndefine( 'DB_USER', 'wp' );\ndefine( 'DB_PASSWORD', '${p(code)}' );\ndefine('AUTH_KEY', '${p(code)}');\n`,
  ),
  file(
    "Java calls",
    "src/Main.java",
    (p) => `source.setUser("app");\nsource.setPassword("${p(json)}");\nbuilder.url(url).apiKey("${p(json)}");\n`,
  ),
  file("Go comparison", "auth.go", (p) => `if apiKey != "${p(json)}" {\n\thttp.Error(w, "forbidden", 403)\n}\n`),
  file(
    "anchors of YAML",
    "config.yaml",
    (p) => `database:\n  password: &db '${p(doubled)}'\n  token: !!str "${p(json)}"\nreplica:\n  password: *db\n`,
  ),
  file(
    "PHP array",
    "config/database.php",
    (p) => `<?php\nreturn ['host' => 'db', 'username' => 'app', 'password' => '${p(code)}', 'charset' => 'utf8mb4'];\n`,
  ),
  file(
    "PHP variable",
    "config.inc.php",
    (p) =>
      `<?php\n$cfg['Servers'][1]['user'] = 'root';\n$cfg['Servers'][1]['password'] = '${p(code)}';\n$dbpass = "${p(json)}";\n`,
  ),
  file(
    "Nextcloud",
    "config/config.php",
    (p) =>
      `<?php\n$CONFIG = array (\n  'dbuser' => 'nextcloud',\n  'dbpassword' => '${p(code)}',\n  'secret' => '${p(code)}',\n);\n`,
  ),
  file(
    "Django",
    "app/settings.py",
    (p) =>
      `import os\nSECRET_KEY = '${p(code)}'\nDEBUG = False\nDATABASES = {\n    "default": {"NAME": "app", "USER": "app", "PASSWORD": "${p(json)}", "HOST": "db"},\n}\n`,
  ),
  file(
    "Flask",
    "config.py",
    (p) =>
      `class Config:\n    SQLALCHEMY_DATABASE_URI = "postgresql://app:${p(percent)}@db/app"\n    API_TOKEN: str = "${p(json)}"\n`,
  ),
  file(
    "Jupyter",
    "jupyter_server_config.py",
    (p) => `c = get_config()\nc.ServerApp.ip = "0.0.0.0"\nc.ServerApp.token = '${p(code)}'\n`,
  ),
  file(
    "Python call",
    "train.py",
    (p) =>
      `import wandb, openai\nwandb.login(key="${p(json)}")\nclient = openai.OpenAI(api_key='${p(code)}', base_url="http://vllm:8000")\n`,
  ),
  file(
    "Rails secrets",
    "config/secrets.yml",
    (p) => `production:\n  secret_key_base: '${p(doubled)}'\n  api_key: "${p(json)}"\n`,
  ),
  file(
    "Rails database",
    "config/database.yml",
    (p) =>
      `default: &default\n  adapter: postgresql\nproduction:\n  <<: *default\n  username: app\n  password: '${p(doubled)}'\n`,
  ),
  file(
    "Ruby",
    "config/initializers/keys.rb",
    (p) => `Stripe.api_key = '${p(code)}'\nAUTH = { user: "app", password: "${p(json)}" }\n`,
  ),
  file("flow YAML", "config.yaml", (p) => `server: { host: db, user: app, password: "${p(json)}", port: 5432 }\n`),
  file(
    "nested YAML",
    "prometheus-exporter.yml",
    (p) =>
      `remote:\n  url: http://api\n  authorization:\n    type: Bearer\n    credentials: "${p(json)}"\n  timeout: 5s\n`,
  ),
  file("YAML block", "values.yaml", (p) => `auth:\n  password: |\n    ${p(raw)}\n  username: app\n`),
  file(
    "Kubernetes variables",
    "deployment.yaml",
    (p) =>
      `spec:\n  containers:\n    - name: api\n      env:\n        - name: LOG_LEVEL\n          value: info\n        - name: DB_PASSWORD\n          value: '${p(doubled)}'\n`,
  ),
  file(
    "Kubernetes secret",
    "secret.yaml",
    (p, password) =>
      `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData:\n  admin-password: "${p(json)}"\ndata:\n  token: ${secretBase64(password)}\n`,
  ),
  file(
    "Spring properties",
    "application.properties",
    (p) =>
      `spring.datasource.url=jdbc:postgresql://db/app\nspring.datasource.username=app\nspring.datasource.password=${p(properties)}\nspring.mail.password = ${p(properties)}\n`,
  ),
  file(
    "Spring YAML",
    "application.yml",
    (p) =>
      `spring:\n  datasource:\n    url: jdbc:postgresql://db/app\n    username: app\n    password: '${p(doubled)}'\n`,
  ),
  file(
    "ASP.NET",
    "appsettings.json",
    (p) =>
      `{\n  "ConnectionStrings": { "Default": "Server=db;Database=app;User Id=sa;Password=${p(json)};TrustServerCertificate=true" },\n  "Jwt": { "Issuer": "app", "Key": "${p(json)}" }\n}\n`,
  ),
  file("JSON", "config.json", (p) => `{"host":"db","port":5432,"user":"app","password":"${p(json)}","ssl":false}`),
  file(
    "JSON of nested keys",
    "settings.json",
    (p) => `{\n  "smtp": {\n    "user": "mailer",\n    "pass": "${p(json)}"\n  },\n  "apiKey": "${p(json)}"\n}\n`,
  ),
  file(
    "JSON5 comments",
    "tsconfig.secrets.jsonc",
    (p) => `{\n  // For the tests.\n  "clientSecret": "${p(json)}",\n}\n`,
  ),
  file(
    "TOML",
    "config.toml",
    (p) => `[database]\nhost = "db"\nuser = "app"\npassword = "${p(json)}"\n\n[api]\ntoken = "${p(json)}"\n`,
  ),
  file(
    "Streamlit",
    ".streamlit/secrets.toml",
    (p) => `openai_key = "${p(json)}"\n[connections.pg]\ndialect = "postgresql"\npassword = "${p(json)}"\n`,
  ),
  file(
    "INI",
    "grafana.ini",
    (p) =>
      `[server]\nhttp_port = 3000\n[security]\nadmin_user = admin\nadmin_password = ${p(raw)}\nsecret_key = ${p(raw)}\n`,
  ),
  file(
    "Airflow",
    "airflow.cfg",
    (p) =>
      `[core]\nfernet_key = ${p(percentDoubled)}\n[database]\nsql_alchemy_conn = postgresql+psycopg2://airflow:${p((text) => percentDoubled(percent(text)))}@db/airflow\n`,
  ),
  file(
    "Superset",
    "superset_config.py",
    (p) => `ROW_LIMIT = 5000\nSECRET_KEY = "${p(json)}"\nCACHE_CONFIG = {"CACHE_REDIS_PASSWORD": '${p(code)}'}\n`,
  ),
  file("environment file", ".env", (p) => `LOG_LEVEL=info\nDB_PASSWORD='${p()}'\nexport API_KEY='${p()}'\nPORT=8080\n`),
  file("environment file with double quotes", "app.env", (p) => `TZ=UTC\nSMTP_PASSWORD="${p(json)}"\n`),
  file(
    "shell script",
    "entrypoint.sh",
    (p) => `#!/bin/sh\nset -eu\nexport PGPASSWORD='${p(shell)}'\nAPI_TOKEN='${p(shell)}' exec ./serve --port 8080\n`,
  ),
  file(
    "XML elements",
    "settings.xml",
    (p) =>
      `<settings><servers><server><id>nexus</id><username>ci</username><password>${p(xml)}</password></server></servers></settings>\n`,
  ),
  file(
    "XML attributes",
    "server.xml",
    (p) =>
      `<Connector port="8443" keystoreFile="conf/k.jks" keystorePass="${p(xml)}"/>\n<user username="admin" password="${p(xml)}" roles="manager-gui"/>\n`,
  ),
  file(
    "Hadoop",
    "core-site.xml",
    (p) =>
      `<configuration>\n  <property>\n    <name>fs.s3a.secret.key</name>\n    <value>${p(xml)}</value>\n  </property>\n</configuration>\n`,
  ),
  file(
    "web.config",
    "web.config",
    (p) => `<configuration><appSettings><add key="ApiKey" value="${p(xml)}" /></appSettings></configuration>\n`,
  ),
  file(
    "JavaScript",
    "config.js",
    (p) => `module.exports = {\n  host: "db",\n  password: '${p(code)}',\n  jwtSecret: "${p(json)}",\n};\n`,
  ),
  file(
    "TypeScript",
    "src/environment.ts",
    (p) =>
      `export const apiKey = '${p(code)}';\nexport const options: Options = { user: "app", password: "${p(json)}" };\n`,
  ),
  file(
    "Go",
    "main.go",
    (p) => `package main\n\nconst apiKey = "${p(json)}"\n\nvar cfg = Config{User: "app", Password: "${p(json)}"}\n`,
  ),
  file("Java", "Config.java", (p) => `class Config {\n  private static final String DB_PASSWORD = "${p(json)}";\n}\n`),
  file("Lua", "prosody.cfg.lua", (p) => `admins = { "admin@lab" }\nexternal_service_secret = "${p(json)}"\n`),
  file(
    "Home Assistant",
    "secrets.yaml",
    (p) => `latitude: 48.1\nmqtt_password: '${p(doubled)}'\nwifi_password: "${p(json)}"\n`,
  ),
  file(
    "LiteLLM",
    "litellm_config.yaml",
    (p) =>
      `model_list:\n  - model_name: gpt-4o\n    litellm_params:\n      model: azure/gpt-4o\n      api_key: "${p(json)}"\ngeneral_settings:\n  master_key: "${p(json)}"\n`,
  ),
];

function secretBase64(password: string): string {
  return secret(Buffer.from(password).toString("base64"), password);
}
