/** Configuration files as people write them, by their paths in the project. Each contains a password. */
export const filesWith: Readonly<Record<string, (password: string) => string>> = {
  "conf/redis.conf": (password) => `maxmemory 64mb\nrequirepass ${password}\n`,
  "conf/wp-config.php": (password) => `<?php\ndefine( 'DB_USER', 'wp' );\ndefine( 'DB_PASSWORD', '${password}' );\n`,
  "conf/settings.xml": (password) =>
    `<settings><server><id>a</id><password>${password}</password></server></settings>\n`,
  "conf/init.sql": (password) => `CREATE USER app IDENTIFIED BY '${password}';\nGRANT ALL ON app.* TO app;\n`,
  "conf/haproxy.cfg": (password) => `userlist admins\n  user admin insecure-password ${password}\n`,
  "conf/my.cnf": (password) => `[client]\nuser = app\npassword = ${password}\n`,
  "conf/pgpass": (password) => `db:5432:app:app:${password}\n`,
  "conf/nginx.conf": (password) => `server {\n  proxy_set_header Authorization "Basic ${password}";\n  listen 80;\n}\n`,
  "conf/.htpasswd": (password) => `admin:{PLAIN}${password}\n`,
  "conf/application.properties": (password) =>
    `spring.datasource.username=app\nspring.datasource.password=${password}\n`,
  "conf/application.yml": (password) => `spring:\n  datasource:\n    username: app\n    password: ${password}\n`,
  "conf/appsettings.json": (password) =>
    `{"ConnectionStrings": {"Main": "Server=db;User Id=sa;Password=${password};Encrypt=true"}}\n`,
  "conf/grafana.ini": (password) => `[security]\nadmin_user = admin\nadmin_password = ${password}\n`,
  "conf/rabbitmq.conf": (password) => `default_user = app\ndefault_pass = ${password}\n`,
  "conf/mosquitto_passwd": (password) => `sensor:${password}\n`,
  "conf/prometheus.yml": (password) =>
    `scrape_configs:\n  - job_name: app\n    basic_auth:\n      username: a\n      password: ${password}\n`,
  "odoo.conf": (password) => `[options]\nadmin_passwd = ${password}\nworkers = 2\n`,
  "conf/worker.env": (password) => `LOG_LEVEL=info\nBROKER=amqp://app:${password}@mq/\n`,
};
