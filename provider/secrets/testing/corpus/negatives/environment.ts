import { type CorpusKind, ordinary } from "../case";
import { linesOf } from "../random";
import { PLACEHOLDERS } from "./placeholders";

/** Names that contain a word from names of secrets, each with a value that is not secret. */
const SETTINGS = `
ALLOW_EMPTY_PASSWORD: yes
MYSQL_ALLOW_EMPTY_PASSWORD: true
MYSQL_RANDOM_ROOT_PASSWORD: 1
MARIADB_RANDOM_ROOT_PASSWORD: yes
SHUTDOWN_IF_NO_ACCESS_KEY: 1
ALLOW_ANONYMOUS_LOGIN: yes
PASSWORD_ACCESS: true
PASSWORD_AUTHENTICATION: false
DISABLE_PASSWORD_AUTH: true
ENABLE_PASSWORD_RESET: 1
REQUIRE_PASSWORD: no
USE_SECRETS: false
SUDO_ACCESS: false
CORS_ALLOW_CREDENTIALS: true
ACCESS_CONTROL_ALLOW_CREDENTIALS: true
GF_AUTH_BASIC_ENABLED: false
GF_AUTH_DISABLE_LOGIN_FORM: true
GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: true
AUTH_TYPE: basic
AUTH_ENABLED: true
AUTHENTICATION: none
AUTH_BACKEND: django.contrib.auth.backends.ModelBackend
POSTGRES_HOST_AUTH_METHOD: trust
POSTGRES_INITDB_ARGS: --auth-host=scram-sha-256 --data-checksums
PASSWORD_ENCRYPTION: scram-sha-256
PASSWORD_HASHERS: argon2,bcrypt
PASSWORD_MIN_LENGTH: 12
PASSWORD_MAX_AGE_DAYS: 90
PASSWORD_POLICY: strong
PASSWORD_RESET_TIMEOUT: 3600
PASSWORD_RESET_URL: https://app.example.com/reset-password
ACCESS_TOKEN_EXPIRE_MINUTES: 30
ACCESS_TOKEN_LIFETIME: 15m
REFRESH_TOKEN_TTL: 7d
JWT_ALGORITHM: HS256
JWT_EXPIRATION: 3600
JWT_ISSUER: https://auth.example.com
TOKEN_EXPIRY: 24h
TOKEN_TYPE: bearer
TOKEN_URL: https://auth.example.com/oauth/token
TOKEN_ENDPOINT: https://login.microsoftonline.com/common/oauth2/v2.0/token
TOKEN_ISSUER: letsencrypt
SESSION_COOKIE_NAME: sessionid
SESSION_COOKIE_SECURE: true
COOKIE_DOMAIN: example.com
CSRF_COOKIE_SAMESITE: Lax
CSRF_TRUSTED_ORIGINS: https://app.example.com
SECRET_NAME: db
SECRET_STORE: vault
SECRET_PATH: secret/data/app
SECRETS_DIR: /run/secrets
SECRETS_BACKEND: airflow.providers.hashicorp.secrets.vault.VaultBackend
SECRET_ID_FILE: /run/secrets/secret_id
DB_SECRET_NAME: prod/app/database
K8S_SECRET_NAME: registry-credentials
CREDENTIALS_FILE: /etc/app/credentials.json
CREDENTIALS_PATH: ./credentials
GOOGLE_APPLICATION_CREDENTIALS: /secrets/sa.json
AWS_SHARED_CREDENTIALS_FILE: /home/app/.aws/credentials
AWS_PROFILE: default
POSTGRES_PASSWORD_FILE: /run/secrets/db_password
MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
REDIS_PASSWORD_FILE: /run/secrets/redis
KEYFILE: /etc/mongo/keyfile
SSL_KEY: /etc/ssl/private/server.key
SSL_KEY_FILE: /certs/key.pem
TLS_PRIVATE_KEY: /etc/certs/tls.key
SSH_PRIVATE_KEY_PATH: ~/.ssh/id_ed25519
SSH_KEY_FILE: /home/app/.ssh/id_rsa
DOCKER_CERT_PATH: /certs/client
PGPASSFILE: /home/app/.pgpass
NETRC: /home/app/.netrc
KEYSTORE_TYPE: PKCS12
KEY_ALGORITHM: RSA
KEY_SIZE: 4096
`;

const MODELS_AND_DATA = `
MAX_TOKENS: 4096
MAX_TOTAL_TOKENS: 8192
MAX_BATCH_PREFILL_TOKENS: 16384
MAX_INPUT_TOKENS: 4095
MAX_NUM_BATCHED_TOKENS: 32768
NUM_TOKENS: 512
TOKEN_LIMIT: 128000
TOKENS_PER_SECOND: 42.5
TOKENS_PER_MINUTE: 90000
TOKENIZER: meta-llama/Llama-3.1-8B-Instruct
TOKENIZER_PATH: /models/tokenizer.json
TOKENIZER_MODE: mistral
TOKENIZERS_PARALLELISM: false
EOS_TOKEN: </s>
BOS_TOKEN: <s>
PAD_TOKEN: <pad>
UNK_TOKEN: <unk>
MASK_TOKEN: [MASK]
SEP_TOKEN: [SEP]
STOP_TOKEN: <|eot_id|>
IMAGE_TOKEN: <image>
FIM_PREFIX_TOKEN: <|fim_prefix|>
EOS_TOKEN_ID: 128009
SPECIAL_TOKENS: <|im_start|>,<|im_end|>
NEW_TOKENS: 256
LABEL_KEY: label
IMAGE_KEY: jpg
TEXT_KEY: text
TARGET_KEY: answer
METRIC_KEY: eval/accuracy
PRIMARY_KEY: id
PARTITION_KEY: tenant_id
SORT_KEY: created_at
SORTKEY: -date
HASH_KEY: user_id
RANGE_KEY: ts
ROUTING_KEY: jobs.created
CELERY_TASK_DEFAULT_ROUTING_KEY: task.default
BINDING_KEY: events.#
CACHE_KEY: users-v2
CACHE_KEY_PREFIX: app
REDIS_KEY: queue:jobs
REDIS_KEY_PREFIX: app
KEY_PREFIX: cache_
S3_KEY: datasets/train.tar
S3_OBJECT_KEY: checkpoints/latest.pt
AWS_S3_KEY_PREFIX: models/
OBJECT_KEY: raw/2024/10/31/events.parquet
FOREIGN_KEY: orders.user_id
INDEX_KEY: title
GROUP_KEY: region
SHARD_KEY: _id
IDEMPOTENCY_KEY_HEADER: Idempotency-Key
API_KEY_HEADER: X-API-Key
API_KEY_NAME: default
API_KEY_HEADER_NAME: Authorization
API_KEY_ENABLED: true
API_KEY_REQUIRED: false
AUTH_HEADER: Authorization
AUTH_HEADER_NAME: X-Auth-Token
HOTKEY: ctrl+k
KEYBOARD: us
KEYMAP: de-latin1
KEYSPACE: metrics
KEYWORDS: gpu,training
MONKEY: banana
MONKEYPATCH: true
TURKEY_REGION: tr-west-1
DONKEY_VERSION: 5.0
PASSENGER_APP_ENV: production
PASSENGERS: 4
PASSTHROUGH: true
GPU_PASSTHROUGH: all
BYPASS: localhost,127.0.0.1
BYPASS_AUTH: false
COMPASS_URL: http://compass:8080
PASSIVE_PORTS: 30000-30009
PASS_THROUGH_HEADERS: x-request-id
PASSES: 3
N_PASSES: 2
SECRETARY_NAME: anna
AUTHOR: Jane Doe
AUTHORITY: https://login.example.com
`;

const SERVICES = `
KEYCLOAK_ADMIN: admin
KEYCLOAK_REALM: master
KEYCLOAK_CLIENT_ID: frontend
KEYCLOAK_URL: http://keycloak:8080
KEYCLOAK_HOSTNAME: auth.example.com
KEYCLOAK_IMPORT: /tmp/realm.json
KC_HTTP_ENABLED: true
KC_PROXY: edge
AWS_ACCESS_KEY_ID: AKIAIOSFODNN7EXAMPLE
AWS_SECRET_ACCESS_KEY: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
AWS_REGION: eu-north-1
AWS_DEFAULT_REGION: us-east-1
MINIO_ROOT_USER: minio
MINIO_BROWSER: on
RABBITMQ_DEFAULT_USER: worker
POSTGRES_USER: app
POSTGRES_DB: app
PGDATA: /var/lib/postgresql/data/pgdata
MYSQL_DATABASE: wordpress
MONGO_INITDB_ROOT_USERNAME: root
REDIS_URL: redis://redis:6379/0
DATABASE_URL: postgresql://db:5432/app
DATABASE_URL: postgres://postgres:postgres@postgres/db
DATABASE_URL: sqlite:////data/app.db
CELERY_BROKER_URL: amqp://rabbitmq:5672//
S3_ENDPOINT: http://minio:9000
ELASTICSEARCH_URL: http://es01:9200
SMTP_HOST: smtp.example.com
SMTP_AUTH: LOGIN
SMTP_USER: mailer@example.com
OAUTH_CLIENT_ID: grafana
OAUTH_SCOPES: openid profile email
OIDC_ISSUER: https://auth.example.com/realms/main
OIDC_RP_SIGN_ALGO: RS256
OAUTH2_PROXY_PROVIDER: keycloak-oidc
LDAP_BIND_DN: cn=admin,dc=example,dc=com
LDAP_BASE_DN: ou=people,dc=example,dc=com
VAULT_ADDR: http://vault:8200
VAULT_AUTH_METHOD: approle
NVIDIA_VISIBLE_DEVICES: all
NVIDIA_DRIVER_CAPABILITIES: compute,utility
CUDA_VISIBLE_DEVICES: 0,1
NVIDIA_REQUIRE_CUDA: cuda>=12.4 brand=tesla,driver>=525,driver<526
NCCL_SOCKET_IFNAME: eth0
PYTORCH_CUDA_ALLOC_CONF: expandable_segments:True,max_split_size_mb:512
HF_HOME: /data/huggingface
HF_HUB_ENABLE_HF_TRANSFER: 1
VLLM_ATTENTION_BACKEND: FLASHINFER
WANDB_PROJECT: llama-sft
WANDB_MODE: offline
MLFLOW_TRACKING_URI: http://mlflow:5000
OPENAI_API_BASE: http://vllm:8000/v1
OPENAI_API_KEY: EMPTY
OPENAI_API_KEY: none
LITELLM_LOG: DEBUG
JUPYTER_ENABLE_LAB: yes
CERTBOT_EMAIL: ops@example.com
TRAEFIK_CERTIFICATESRESOLVERS_LE_ACME_KEYTYPE: EC256
LC_ALL: C.UTF-8
TZ: Europe/Berlin
PATH: /usr/local/cuda/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin
JAVA_OPTS: -Xms512m -Xmx2g -XX:+UseG1GC
KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
KAFKA_SSL_CLIENT_AUTH: required
KAFKA_SASL_MECHANISM: SCRAM-SHA-512
CLUSTER_ID: MkU3OEVBNTcwNTJENDM2Qk
XPACK_SECURITY_ENABLED: false
xpack.security.http.ssl.enabled: false
`;

/** The names of the services in the invented Compose project that contains `ENTRIES`. */
const PROJECT_SERVICES: ReadonlySet<string> = new Set([
  "db",
  "postgres",
  "redis",
  "minio",
  "rabbitmq",
  "keycloak",
  "vllm",
  "mlflow",
  "vault",
  "es01",
]);

const ENTRIES = linesOf(SETTINGS + MODELS_AND_DATA + SERVICES + PLACEHOLDERS).map((line) => {
  const [key = "", ...rest] = line.split(": ");
  return { key, value: rest.join(": ") };
});

/** Entries of `environment` without a secret: in a mapping, in a list and in a file of variables. */
export const entries: CorpusKind = {
  kind: "entries without a secret",
  match: "part",
  cases: ENTRIES.flatMap(({ key, value }) => {
    const name = `${key}: ${value}`;
    const services = PROJECT_SERVICES;
    return [
      ordinary(name, value, { key, services }),
      ordinary(name, `${key}=${value}`, { services }),
      ordinary(name, `LOG_LEVEL=info\n${key}=${value}\nPORT=8080\n`, { file: ".env", services }),
    ];
  }),
};
