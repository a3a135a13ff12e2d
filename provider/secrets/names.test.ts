import { assignsSecret, isSecretFile, isSecretName, namesSecret } from "./names";

test.each([
  ".env",
  ".env.local",
  ".env-prod",
  ".env_local",
  ".envrc",
  "env.prod",
  "env.staging",
  "app/prod.env",
  "htpasswd",
  ".htpasswd",
  "nginx/site.htpasswd.key",
  ".netrc",
  ".pgpass",
  ".npmrc",
  ".pypirc",
  ".dockercfg",
  ".docker/config.json",
  "home/.docker/config.json",
  ".kube/config",
  "kubeconfig",
  "prod.kubeconfig",
  ".my.cnf",
  "server.ppk",
  "private.asc",
  "backup.gpg",
  "team.kdbx",
  "client.ovpn",
  "wg0.conf",
  "wg12.conf",
  "secret.yaml",
  "app.password.txt",
  "id_ed25519",
  "TLS/Site.KEY",
  "secrets/any",
  "secret/any",
  "secrets.yaml",
  "db_password.txt",
])("%s holds a secret by its name", (path) => expect(isSecretFile(path)).toBe(true));

test.each([
  "env.js",
  "environment.prod.ts",
  ".environment",
  "env",
  "public.crt",
  "conf/app.conf",
  "my.cnf",
  "config.json",
  "docker/config.json",
  "kube/config",
  "wg.conf",
  "id_ed25519.pub",
  "keys.txt",
  "htpasswd-docs/readme.md",
  ".npmrcs",
  ".envrcs",
  "about.env-files",
  "env.products",
  "myenv.prod",
  "about-netrc",
  "about.npmrc",
  "about.my.cnf",
  ".my.cnfs",
  "valid_ed25519",
  "swg0.conf",
  "wg0.confs",
  "kubeconfigs",
  "mykubeconfig",
  ".kube/configmap.yaml",
  "mysecrets.yaml",
  "secretsmith.yaml",
  "my-secrets/any",
  "secretsmith/any",
  "db_password/readme.md",
  "env.prod/readme.md",
])("%s does not", (path) => expect(isSecretFile(path)).toBe(false));

test.each(["apikey", "aws_credential", "password_123", "PASSWORD-1"])("%s is the name of a secret", (name) =>
  expect(isSecretName(name)).toBe(true),
);

test("a name of more than 200 characters is no name", () => {
  const named = (length: number) => "_password".padStart(length, "a");
  expect(isSecretName(named(200))).toBe(true);
  expect(isSecretName(named(201))).toBe(false);
});

test.each([
  ["a text", namesSecret, "password : x", "\npassword: x"],
  ["a text in one line", assignsSecret, '{"password" :"x"}', " password: x"],
] as const)("%s gives a value to a name, in its first 20 000 characters", (_kind, holds, spaced, named) => {
  expect(holds(spaced)).toBe(true);
  expect(holds(named.padStart(20_000, "."))).toBe(true);
  expect(holds(named.padStart(20_003, "."))).toBe(false);
});
