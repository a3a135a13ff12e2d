/** Entries whose values are variables, references, or words that people replace. */
export const PLACEHOLDERS = `
NGC_API_KEY: \${NGC_API_KEY:-ngcapikey}
PASSWORD: \${PASSWORD:?}
PASSWORD: \${PASSWORD:?set a password}
POSTGRES_PASSWORD: \${POSTGRES_PASSWORD}
POSTGRES_PASSWORD: $POSTGRES_PASSWORD
POSTGRES_PASSWORD: $$POSTGRES_PASSWORD
DB_PASSWORD: \${DB_PASSWORD:-}
DB_PASSWORD: \${DB_PASSWORD-changeme}
SECRET_KEY: \${SECRET_KEY:?SECRET_KEY is not set}
HF_TOKEN: \${HF_TOKEN:-\${HUGGING_FACE_HUB_TOKEN}}
DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
DATABASE_URL: postgres://\${DB_USER}:\${DB_PASSWORD}@\${DB_HOST}/app
REDIS_URL: redis://:$REDIS_PASSWORD@redis:6379
CONNECTION_STRING: Server=db;User Id=sa;Password=\${SA_PASSWORD};
GITHUB_TOKEN: {{ secrets.GITHUB_TOKEN }}
GITHUB_TOKEN: \${{ secrets.GITHUB_TOKEN }}
API_KEY: {{ .Values.apiKey }}
API_KEY: {{ vault_api_key }}
API_KEY: %(ENV_API_KEY)s
API_KEY: %API_KEY%
API_KEY: @api_key@
API_KEY: ENV[API_KEY]
API_KEY: env:API_KEY
API_KEY: os.environ/OPENAI_API_KEY
API_KEY: !secret api_key
DB_PASSWORD: op://infra/db/password
DB_PASSWORD: vault:secret/data/db#password
DB_PASSWORD: arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1b2c3
POSTGRES_PASSWORD: changeme
POSTGRES_PASSWORD: change_me
POSTGRES_PASSWORD: change-me-please
POSTGRES_PASSWORD: CHANGEME
POSTGRES_PASSWORD: ChangeMe!
POSTGRES_PASSWORD: ChangeMe-Please-2024
MERCURE_JWT_SECRET: \${JWT_SECRET:-!ChangeThisMercureHubJWTSecretKey!}
POSTGRES_PASSWORD: replace_me
POSTGRES_PASSWORD: REPLACE_WITH_YOUR_PASSWORD
POSTGRES_PASSWORD: your_password
POSTGRES_PASSWORD: yourpassword
POSTGRES_PASSWORD: your-password-here
POSTGRES_PASSWORD: <password>
POSTGRES_PASSWORD: <your-password>
POSTGRES_PASSWORD: [your password]
POSTGRES_PASSWORD: ********
POSTGRES_PASSWORD: ...
POSTGRES_PASSWORD: null
POSTGRES_PASSWORD: ~
API_KEY: <your-key>
API_KEY: <YOUR_API_KEY>
API_KEY: <insert key here>
API_KEY: your_api_key_here
API_KEY: your-api-key
API_KEY: YOUR_API_KEY
API_KEY: my_api_key
API_KEY: api_key
API_KEY: API_KEY_HERE
API_KEY: INSERT_YOUR_KEY_HERE
API_KEY: PUT_YOUR_KEY_HERE
API_KEY: enter-your-key
API_KEY: xxxx
API_KEY: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
API_KEY: XXXX-XXXX-XXXX
API_KEY: 0000000000000000
API_KEY: TODO
API_KEY: FIXME
API_KEY: dummy
API_KEY: placeholder
API_KEY: not-needed
API_KEY: not_set
API_KEY: unused
API_KEY: undefined
API_KEY: N/A
OPENAI_API_KEY: sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
OPENAI_API_KEY: sk-...
OPENAI_API_KEY: sk-your-key-here
OPENAI_API_KEY: sk-no-key-required
HF_TOKEN: hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
HF_TOKEN: hf_your_token_here
HF_TOKEN: <your_hf_token>
GITHUB_TOKEN: ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
SLACK_BOT_TOKEN: xoxb-your-token
SLACK_WEBHOOK_URL: https://hooks.slack.com/services/XXX/YYY/ZZZ
SECRET_KEY: replace-this-with-a-long-random-string
SECRET_KEY: generate-with-openssl-rand-hex-32
TOKEN: [redacted]
CLIENT_SECRET: <client-secret>
DATABASE_URL: postgres://user:<password>@host:5432/db
DATABASE_URL: postgres://USER:PASSWORD@HOST:5432/DATABASE
`;
