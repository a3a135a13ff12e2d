import { type CorpusKind, ordinary } from "../case";
import { CODE } from "./code";

/** Configuration without a secret. */
const CONFIGURATION = `
=== nginx.conf
server {
  auth_basic "Restricted";
  auth_basic_user_file /etc/nginx/.htpasswd;
  proxy_set_header Authorization $http_authorization;
  proxy_cache_key "$scheme$host$request_uri";
  ssl_certificate_key /etc/ssl/private/key.pem;
}
=== redis.conf
# requirepass foobared
# masterauth <master-password>
protected-mode yes
maxmemory 2gb
port 6379
=== postgresql.conf
password_encryption = scram-sha-256
ssl_key_file = 'server.key'
ssl_passphrase_command = ''
max_connections = 100
=== pg_hba.conf
# TYPE DATABASE USER ADDRESS METHOD
local all all trust
host all all 0.0.0.0/0 scram-sha-256
host all all ::1/128 password
=== my.cnf
[mysqld]
default_authentication_plugin=caching_sha2_password
key_buffer_size=16M
skip-name-resolve
=== sshd_config
PasswordAuthentication no
PermitEmptyPasswords no
HostKey /etc/ssh/ssh_host_ed25519_key
AuthorizedKeysFile .ssh/authorized_keys
=== rabbitmq.conf
loopback_users.guest = false
auth_mechanisms.1 = PLAIN
ssl_options.keyfile = /certs/key.pem
management.tcp.port = 15672
=== mosquitto.conf
allow_anonymous false
password_file /mosquitto/config/passwd
listener 1883
=== prometheus.yml
scrape_configs:
  - job_name: app
    basic_auth:
      username: prom
      password_file: /run/secrets/prom
    bearer_token_file: /var/run/token
=== alertmanager.yml
route:
  group_by: [alertname]
  receiver: mail
receivers:
  - name: mail
    email_configs: [{to: ops@example.com, auth_password_file: /run/pw}]
=== deployment.yaml
env:
  - name: DB_PASSWORD
    valueFrom:
      secretKeyRef:
        name: db
        key: password
  - name: TOKEN_FILE
    value: /var/run/token
=== compose.yaml
services:
  db:
    image: postgres:16
    secrets: [db_password]
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/db_password
secrets:
  db_password:
    file: ./db_password.txt
=== values.yaml
auth:
  existingSecret: ""
  existingSecretPasswordKey: ""
  password: ""
  enabled: true
=== openapi.yaml
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-API-Key }
  schemas:
    Login:
      properties:
        password: { type: string, format: password }
        token: { $ref: '#/components/schemas/Token' }
=== schema.sql
CREATE TABLE users (id serial PRIMARY KEY, password varchar(255) NOT NULL, token text UNIQUE, api_key uuid);
ALTER TABLE users ADD COLUMN secret bytea;
=== schema.graphql
type Mutation { login(user: String!, password: String!): Token! }
input NewUser { password: String! apiKey: ID }
=== schema.prisma
model User {
  id       Int    @id
  password String
  token    String? @unique
}
datasource db { url = env("DATABASE_URL") }
=== variables.tf
variable "db_password" {
  type      = string
  sensitive = true
}
resource "aws_db_instance" "db" {
  password = var.db_password
  kms_key_id = aws_kms_key.db.arn
}
=== Dockerfile
FROM python:3.12-slim
ARG HF_TOKEN
ENV TOKENIZERS_PARALLELISM=false
RUN --mount=type=secret,id=hf_token HF_TOKEN=$(cat /run/secrets/hf_token) python fetch.py
=== entrypoint.sh
#!/bin/sh
export PGPASSWORD="$POSTGRES_PASSWORD"
TOKEN=$(cat /run/secrets/token)
read -s -p "Password: " PASSWORD
: "\${API_KEY:?is not set}"
redis-server --requirepass "$REDIS_PASSWORD"
=== Makefile
login:
	@echo $(TOKEN) | docker login -u $(USER) --password-stdin
PASSWORD ?= $(shell pass show db)
=== .env.example
POSTGRES_PASSWORD=
API_KEY=
SECRET_KEY= # openssl rand -hex 32
HF_TOKEN=hf_...
JWT_SECRET=change-me
=== .github/workflows/train.yml
env:
  TOKEN: \${{ secrets.GITHUB_TOKEN }}
permissions:
  id-token: write
with:
  password: \${{ secrets.DOCKER_PASSWORD }}
  ssh-key: \${{ secrets.DEPLOY_KEY }}
=== litellm_config.yaml
model_list:
  - model_name: llama
    litellm_params:
      model: hosted_vllm/meta-llama/Llama-3.1-8B-Instruct
      api_key: os.environ/VLLM_API_KEY
      max_tokens: 4096
=== tokenizer_config.json
{"bos_token": "<|begin_of_text|>", "eos_token": "<|eot_id|>", "pad_token": "<|finetune_right_pad_id|>", "unk_token": null, "tokenizer_class": "PreTrainedTokenizerFast"}
=== special_tokens_map.json
{"cls_token": "[CLS]", "mask_token": "[MASK]", "sep_token": "</s>", "additional_special_tokens": ["<|im_start|>"]}
=== config.json
{"architectures": ["Qwen2ForCausalLM"], "eos_token_id": 151645, "num_key_value_heads": 4, "torch_dtype": "bfloat16", "_name_or_path": "Qwen/Qwen2.5-7B-Instruct"}
=== model.safetensors.index.json
{"weight_map": {"model.layers.0.self_attn.k_proj.weight": "model-00001-of-00004.safetensors", "model.layers.0.attn.key.bias": "model-00001-of-00004.safetensors"}}
=== axolotl.yml
base_model: NousResearch/Meta-Llama-3.1-8B
special_tokens:
  pad_token: <|end_of_text|>
add_bos_token: true
hub_model_id: acme/llama-3.1-8b-sft-v2
=== accelerate.yaml
compute_environment: LOCAL_MACHINE
mixed_precision: bf16
fsdp_config:
  fsdp_auto_wrap_policy: TRANSFORMER_BASED_WRAP
  fsdp_transformer_layer_cls_to_wrap: LlamaDecoderLayer
=== keymap.json
[{ "key": "ctrl+shift+p", "command": "workbench.action.showCommands" }, { "key": "F5", "command": "debug.start" }]
=== server.xml
<Connector port="8443" keystoreFile="conf/k.jks" keystorePass="\${KEYSTORE_PASSWORD}"/>
<user username="\${ADMIN}" password="\${ADMIN_PASSWORD}"/>
=== settings.xml
<server><id>nexus</id><username>ci</username><password>\${env.NEXUS_PASSWORD}</password></server>
=== kafka.properties
key.serializer=org.apache.kafka.common.serialization.StringSerializer
ssl.keystore.location=/certs/k.jks
sasl.mechanism=SCRAM-SHA-512
=== grafana/dashboard.json
{ "title": "Token throughput", "targets": [{ "expr": "sum(rate(vllm:generation_tokens_total[5m]))", "legendFormat": "tokens/s" }], "uid": "b281712d-8bff-41ef-9f3f-71ad43c05e9b" }
=== README.md
Set \`API_KEY\` to your key. The password is at least 12 characters. See [tokens](https://docs.example.com/tokens).

    export HF_TOKEN=<your token>
=== ldap.toml
[[servers]]
bind_dn = "cn=admin,dc=lab"
bind_password = "\${LDAP_PASSWORD}"
root_ca_cert = "/certs/ca.pem"
`;

/** Files without a secret. In each text, a line `=== PATH` begins a file. */
export const contents: CorpusKind = {
  kind: "files without a secret",
  match: "part",
  cases: (CODE + CONFIGURATION)
    .split(/^=== /m)
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const [file = "", ...lines] = part.split("\n");
      return ordinary(file, lines.join("\n"), { file });
    }),
};
