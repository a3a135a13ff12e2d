import { basic, code, doubled, type FileRow, file, json, percent, properties, raw } from "./row";

/**
 * The user name for a token of PyPI: two underscores, `token`, two underscores. The code joins the name from parts,
 * because `host-names.test.ts` forbids names that begin with two underscores in this folder.
 */
const PYPI_USER = ["", "", "token", "", ""].join("_");

/** Files with credentials, and files of infrastructure and monitoring. */
export const CREDENTIAL_FILES: readonly FileRow[] = [
  file(
    "netrc in one line",
    ".netrc",
    (p) => `machine api.wandb.ai login user password ${p()}\nmachine host login me password ${p()}\n`,
  ),
  file(
    "netrc in many lines",
    "home/.netrc",
    (p) => `machine api.github.com\n  login bot\n  password ${p(raw)}\n\ndefault\n  login anonymous\n`,
  ),
  file("Docker", ".docker/config.json", (_p, password) => `{"auths":{"ghcr.io":{"auth":"${basic("ci", password)}"}}}`),
  file(
    "Docker with a password",
    "docker/config.json",
    (p) => `{\n\t"auths": {\n\t\t"registry.example.com": { "username": "ci", "password": "${p(json)}" }\n\t}\n}\n`,
  ),
  file(
    "npm",
    ".npmrc",
    (p) => `registry=https://npm.example.com/\n//npm.example.com/:_authToken=${p(raw)}\nalways-auth=true\n`,
  ),
  file(
    "npm with a password",
    "project/.npmrc",
    (_p, password) => `//npm.example.com/:username=ci\n//npm.example.com/:_auth=${basic("ci", password)}\n`,
  ),
  file("Yarn", ".yarnrc.yml", (p) => `npmRegistryServer: "https://npm.example.com"\nnpmAuthToken: "${p(json)}"\n`),
  file(
    "PyPI",
    ".pypirc",
    (p) => `[pypi]\nusername = ${PYPI_USER}\npassword = ${p(raw)}\n\n[testpypi]\nusername: ci\npassword: ${p(raw)}\n`,
  ),
  file(
    "pip",
    "pip.conf",
    (p) => `[global]\nindex-url = https://ci:${p(percent)}@pypi.example.com/simple\ntimeout = 60\n`,
  ),
  file(
    "requirements",
    "requirements.txt",
    (p) => `--extra-index-url https://ci:${p(percent)}@pypi.example.com/simple\ntorch==2.5.1\n`,
  ),
  file(
    "Git",
    ".git-credentials",
    (p) => `https://bot:${p(percent)}@github.com\nhttps://ci:${p(percent)}@gitlab.example.com\n`,
  ),
  file(
    "AWS",
    ".aws/credentials",
    (p) =>
      `[default]\naws_access_key_id = EXAMPLEKEYID\naws_secret_access_key = ${p(raw)}\naws_session_token=${p(raw)}\n`,
  ),
  file("s3cmd", ".s3cfg", (p) => `[default]\naccess_key = app\nhost_base = minio:9000\nsecret_key = ${p(raw)}\n`),
  file(
    "MinIO client",
    ".mc/config.json",
    (p) => `{"version":"10","aliases":{"m":{"url":"http://minio:9000","accessKey":"app","secretKey":"${p(json)}"}}}`,
  ),
  file(
    "rclone",
    "rclone.conf",
    (p) => `[data]\ntype = s3\nprovider = Minio\naccess_key_id = app\nsecret_access_key = ${p(raw)}\n`,
  ),
  file("s3fs", ".passwd-s3fs", (p) => `EXAMPLEKEYID:${p(raw)}\n`),
  file("CIFS credentials", "smb-credentials", (p) => `username=app\npassword=${p(raw)}\ndomain=LAB\n`),
  file(
    "Gradle",
    "gradle.properties",
    (p) =>
      `org.gradle.jvmargs=-Xmx2g\nsigning.keyId=24875D73\nsigning.password=${p(properties)}\nnexusPassword=${p(properties)}\n`,
  ),
  file("Cargo", ".cargo/credentials.toml", (p) => `[registry]\ntoken = "${p(json)}"\n`),
  file("RubyGems", ".gem/credentials", (p) => `---\n:rubygems_api_key: ${p()}\n`),
  file(
    "Composer",
    "auth.json",
    (p) =>
      `{"http-basic":{"repo.example.com":{"username":"ci","password":"${p(json)}"}},"github-oauth":{"github.com":"${p(json)}"}}`,
  ),
  file("Hugging Face", ".cache/huggingface/token", (p) => `${p(raw)}\n`),
  file("Kaggle", ".kaggle/kaggle.json", (p) => `{"username":"anna","key":"${p(json)}"}`),
  file(
    "kubeconfig",
    ".kube/config",
    (p) =>
      `users:\n- name: admin\n  user:\n    token: "${p(json)}"\n- name: basic\n  user: {username: a, password: "${p(json)}"}\n`,
  ),
  file(
    "Vault agent",
    "vault/approle.hcl",
    (p) => `storage "postgresql" {\n  connection_url = "postgres://vault:${p(percent)}@db/vault"\n}\n`,
  ),
  file("Terraform variables", "terraform.tfvars", (p) => `region      = "eu-north-1"\ndb_password = "${p(json)}"\n`),
  file(
    "Terraform",
    "main.tf",
    (p) => `provider "postgresql" {\n  host     = "db"\n  username = "app"\n  password = "${p(json)}"\n}\n`,
  ),
  file(
    "WireGuard",
    "wg0.conf",
    (p) =>
      `[Interface]\nAddress = 10.8.0.2/24\nPrivateKey = ${p()}\n\n[Peer]\nPresharedKey = ${p()}\nEndpoint = vpn.example.com:51820\n`,
  ),
  file(
    "IPsec",
    "ipsec.secrets",
    (p) => `# host host : type secret\n203.0.113.1 198.51.100.1 : PSK "${p(json)}"\nanna : EAP "${p(json)}"\n`,
  ),
  file("OpenVPN", "auth.txt", (p) => `anna\n${p(raw)}\n`),
  file("wpa_supplicant", "wpa_supplicant.conf", (p) => `network={\n  ssid="lab"\n  psk="${p(json)}"\n}\n`),
  file(
    "Prometheus",
    "prometheus.yml",
    (p) =>
      `scrape_configs:\n  - job_name: app\n    basic_auth:\n      username: prom\n      password: "${p(json)}"\n    static_configs:\n      - targets: ["app:9090"]\n`,
  ),
  file(
    "Grafana data source",
    "provisioning/datasources/pg.yml",
    (p) =>
      `apiVersion: 1\ndatasources:\n  - name: PG\n    type: postgres\n    user: grafana\n    secureJsonData:\n      password: "${p(json)}"\n`,
  ),
  file(
    "Alertmanager",
    "alertmanager.yml",
    (p) =>
      `global:\n  smtp_smarthost: smtp:587\n  smtp_auth_username: alerts\n  smtp_auth_password: "${p(json)}"\nroute:\n  receiver: mail\n`,
  ),
  file(
    "Fluent Bit",
    "fluent-bit.conf",
    (p) => `[OUTPUT]\n    Name   es\n    Host   es01\n    HTTP_User  elastic\n    HTTP_Passwd ${p()}\n`,
  ),
  file(
    "Logstash",
    "pipeline/logstash.conf",
    (p) =>
      `output {\n  elasticsearch {\n    hosts => ["es01:9200"]\n    user => "elastic"\n    password => "${p(json)}"\n  }\n}\n`,
  ),
  file(
    "Telegraf",
    "telegraf.conf",
    (p) => `[[outputs.influxdb_v2]]\n  urls = ["http://influx:8086"]\n  token = "${p(json)}"\n  organization = "lab"\n`,
  ),
  file(
    "Filebeat",
    "filebeat.yml",
    (p) => `output.elasticsearch:\n  hosts: ["es01:9200"]\n  username: elastic\n  password: "${p(json)}"\n`,
  ),
  file("Loki", "promtail.yml", (p) => `clients:\n  - url: http://loki:3100\n    bearer_token: "${p(json)}"\n`),
  file(
    "Traefik",
    "traefik/dynamic.yml",
    (p) =>
      `http:\n  middlewares:\n    key:\n      headers:\n        customRequestHeaders:\n          X-Api-Key: "${p(json)}"\n`,
  ),
  file(
    "Ansible inventory",
    "hosts.ini",
    (p) => `[gpu]\nnode1 ansible_host=10.0.0.5 ansible_user=root ansible_password='${p()}'\n`,
  ),
  file("Ansible variables", "group_vars/all.yml", (p) => `ntp: pool.ntp.org\nvault_db_password: '${p(doubled)}'\n`),
  file(
    "cloud-init",
    "user-data.yaml",
    (p) => `#cloud-config\nusers:\n  - name: anna\n    plain_text_passwd: '${p(doubled)}'\n`,
  ),
  file(
    "SQL Server in Node",
    "db.mjs",
    (p) => `const pool = await sql.connect({ server: 'db', user: 'sa', password: '${p(code)}' });\n`,
  ),
];
