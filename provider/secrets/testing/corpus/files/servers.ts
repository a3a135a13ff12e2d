import {
  basic,
  code,
  colon,
  doubled,
  doubledQuotes,
  type FileRow,
  file,
  json,
  percent,
  properties,
  raw,
  shell,
  xml,
} from "./row";

/** Configuration of databases, brokers and other servers. */
export const SERVER_FILES: readonly FileRow[] = [
  file("Redis", "conf/redis.conf", (p) => `bind 0.0.0.0\nport 6379\nrequirepass "${p(json)}"\nmaxmemory 2gb\n`),
  file(
    "Redis without quotes",
    "redis/redis.conf",
    (p) => `save 900 1\n# comment\nmasterauth ${p()}\nrequirepass ${p()}\n`,
  ),
  file("Redis users", "redis/users.acl", (p) => `user default off\nuser worker on >${p()} ~jobs:* +@all\n`),
  file(
    "Redis Sentinel",
    "sentinel.conf",
    (p) => `sentinel monitor main redis 6379 2\nsentinel auth-pass main ${p()}\n`,
  ),
  file("MySQL client", ".my.cnf", (p) => `[client]\nuser = root\npassword = "${p(json)}"\nhost = db\n`),
  file("MySQL without spaces", "conf.d/client.cnf", (p) => `[mysqldump]\nuser=backup\npassword='${p()}'\n`),
  file(
    "MySQL script",
    "initdb/01-users.sql",
    (p) =>
      `CREATE DATABASE app;\nCREATE USER 'app'@'%' IDENTIFIED BY '${p(code)}';\nGRANT ALL ON app.* TO 'app'@'%';\n`,
  ),
  file(
    "PostgreSQL script",
    "docker-entrypoint-initdb.d/init.sql",
    (p) =>
      `CREATE ROLE app LOGIN PASSWORD '${p(doubled)}';\nALTER USER app WITH ENCRYPTED PASSWORD '${p(doubled)}';\nCREATE DATABASE app OWNER app;\n`,
  ),
  file(
    "PostgreSQL script in a shell",
    "initdb/init.sh",
    (p) =>
      `#!/bin/sh\nset -e\npsql -v ON_ERROR_STOP=1 <<-SQL\n  CREATE USER jobs WITH PASSWORD '${p(doubled)}';\nSQL\n`,
  ),
  file(
    "PostgreSQL passwords",
    ".pgpass",
    (p) => `# host:port:database:user:password\ndb:5432:*:app:${p(colon)}\n*:*:*:admin:${p(colon)}\n`,
  ),
  file(
    "PgBouncer users",
    "pgbouncer/userlist.txt",
    (p) => `"app" "${p(doubledQuotes)}"\n"admin" "${p(doubledQuotes)}"\n`,
  ),
  file(
    "nginx variable",
    "conf.d/default.conf",
    (p) => `map $http_authorization $ok {\n  "Bearer ${p()}" 1;\n}\nset $api_token "${p(json)}";\n`,
  ),
  file(
    "Grafana data source",
    "datasources/prometheus.yml",
    (p) => `datasources:\n  - name: p\n    secureJsonData:\n      httpHeaderValue1: Bearer ${p()}\n`,
  ),
  file("DuckDB", "setup.sql", (p) => `CREATE SECRET s3 (\n  TYPE s3,\n  KEY_ID 'app',\n  SECRET '${p(doubled)}'\n);\n`),
  file(
    "LDAP client",
    "sssd.conf",
    (p) => `[domain/lab]\nldap_default_bind_dn = cn=app\nldap_default_authtok = ${p()}\n`,
  ),
  file(
    "PgBouncer",
    "pgbouncer.ini",
    (p) => `[databases]\napp = host=db port=5432 user=app password=${p()}\n[pgbouncer]\nlisten_port = 6432\n`,
  ),
  file(
    "MongoDB script",
    "mongo-init.js",
    (p) =>
      `db = db.getSiblingDB("app");\ndb.createUser({ user: "app", pwd: "${p(json)}", roles: [{ role: "readWrite", db: "app" }] });\n`,
  ),
  file(
    "ClickHouse users in XML",
    "clickhouse/users.xml",
    (p) =>
      `<clickhouse><users><app><password>${p(xml)}</password><profile>default</profile></app></users></clickhouse>\n`,
  ),
  file(
    "RabbitMQ",
    "rabbitmq.conf",
    (p) => `listeners.tcp.default = 5672\ndefault_user = worker\ndefault_pass = ${p(raw)}\n`,
  ),
  file("RabbitMQ definitions", "definitions.json", (p) =>
    JSON.stringify({ users: [{ name: "worker", password: "@", tags: "" }], vhosts: [{ name: "/" }] }, null, 2).replace(
      "@",
      p(json),
    ),
  ),
  file(
    "RabbitMQ in Erlang",
    "advanced.config",
    (p) => `[{rabbit, [{default_user, <<"worker">>}, {default_pass, <<"${p(json)}">>}]}].\n`,
  ),
  file(
    "Kafka with JAAS",
    "kafka_server_jaas.conf",
    (p) =>
      `KafkaServer {\n  org.apache.kafka.common.security.plain.PlainLoginModule required\n  username="admin"\n  password="${p(json)}"\n  user_admin="${p(json)}";\n};\n`,
  ),
  file(
    "Kafka client",
    "client.properties",
    (p) =>
      `security.protocol=SASL_SSL\nsasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="app" password="${p()}";\nssl.truststore.password=${p(properties)}\n`,
  ),
  file(
    "Mosquitto bridge",
    "mosquitto.conf",
    (p) => `connection cloud\naddress mqtt.example.com:8883\nremote_username sensor\nremote_password ${p(raw)}\n`,
  ),
  file("Mosquitto passwords", "mosquitto/passwd", (p) => `sensor:${p(raw)}\n`),
  file("plain htpasswd", "nginx/.htpasswd", (p) => `admin:{PLAIN}${p(raw)}\n`),
  file(
    "nginx",
    "nginx/conf.d/default.conf",
    (_p, password) =>
      `server {\n  listen 80;\n  location / {\n    proxy_pass http://api:8000;\n    proxy_set_header Authorization "Basic ${basic("api", password)}";\n  }\n}\n`,
  ),
  file(
    "nginx with a bearer",
    "nginx/nginx.conf",
    (p) => `http { server { location /v1 { proxy_set_header Authorization "Bearer ${p(json)}"; } } }\n`,
  ),
  file(
    "HAProxy",
    "haproxy.cfg",
    (p) => `userlist admins\n  user admin insecure-password ${p()}\nfrontend web\n  bind :80\n`,
  ),
  file(
    "HAProxy statistics",
    "haproxy/haproxy.cfg",
    (p) => `listen stats\n  bind :9000\n  stats enable\n  stats auth admin:${p()}\n`,
  ),
  file(
    "Caddy",
    "Caddyfile",
    (_p, password) =>
      `:80 {\n  reverse_proxy api:8000 {\n    header_up Authorization "Basic ${basic("api", password)}"\n  }\n}\n`,
  ),
  file("OpenLDAP", "slapd.conf", (p) => `suffix "dc=lab"\nrootdn "cn=admin,dc=lab"\nrootpw ${p(raw)}\n`),
  file("LDAP client", "nslcd.conf", (p) => `uri ldap://ldap\nbinddn cn=reader,dc=lab\nbindpw ${p()}\nbase dc=lab\n`),
  file(
    "LDIF",
    "bootstrap.ldif",
    (p) => `dn: uid=anna,ou=people,dc=lab\nobjectClass: inetOrgPerson\nuid: anna\nuserPassword: ${p(raw)}\n`,
  ),
  file("Postfix", "sasl_passwd", (p) => `[smtp.example.com]:587 mailer@example.com:${p(raw)}\n`),
  file("msmtp", ".msmtprc", (p) => `account default\nhost smtp.example.com\nuser mailer\npassword ${p()}\n`),
  file("FreeRADIUS", "clients.conf", (p) => `client lab {\n  ipaddr = 10.0.0.0/8\n  secret = ${p()}\n}\n`),
  file(
    "TURN server",
    "turnserver.conf",
    (p) => `listening-port=3478\nuse-auth-secret\nstatic-auth-secret=${p()}\nrealm=lab\n`,
  ),
  file("SNMP", "snmpd.conf", (p) => `createUser monitor SHA "${p(json)}" AES "${p(json)}"\nrouser monitor\n`),
  file(
    "Elasticsearch keystore script",
    "setup.sh",
    (p) =>
      `#!/bin/bash\ncurl -s -X POST -u 'elastic:${p(shell)}' https://es01:9200/_security/user/kibana_system/_password\n`,
  ),
  file("Squid peer", "squid.conf", (p) => `cache_peer proxy.corp parent 3128 0 no-query login=app:${p(percent)}\n`),
];
