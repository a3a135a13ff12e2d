import { namesFile } from "./local-mounts";

test.each([
  ["./Caddyfile", "/etc/caddy/Caddyfile", true],
  ["./makefile", "/src", true],
  ["./data", "/data", false],
  ["./logs", "/var/log/logs", false],
  ["./prod.yaml", "/etc/app/config.yml", true],
  ["./nginx", "/etc/nginx/nginx.conf", true],
  ["./app.conf", "/config", true],
  ["./.env", "/app/.env", true],
  ["./data", "/var/lib/app", false],
  ["./data/", "/data", false],
  ["./data", "/data/", false],
  ["./x.y/", "/x.y", false],
  ["./conf.d", "/etc/nginx/conf.d", false],
  ["./nginx.d", "/etc/nginx", false],
  ["./.cache", "/var/cache", false],
  ["./site-1.2", "/site", false],
  [".", "/app", false],
  ["..", "/", false],
])("%s mounted at %s: has the name of a file is %s", (source, target, isFile) => {
  expect(namesFile({ source, target })).toBe(isFile);
});
