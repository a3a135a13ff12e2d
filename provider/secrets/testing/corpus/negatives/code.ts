/**
 * Code that contains words from names of secrets, but no secret. The code reads a secret from somewhere, or declares a
 * type for one.
 */
export const CODE = `
=== app/settings.py
import os
SECRET_KEY = os.environ["SECRET_KEY"]
PASSWORD = os.getenv("DB_PASSWORD", "")
TOKEN = env("API_TOKEN")
=== app/config.py
class Settings(BaseSettings):
    api_key: str | None = None
    db_password: SecretStr = Field(...)
    max_tokens: int = 512
=== app/auth.py
def login(username: str, password: str) -> Token:
    token = create_token(username)
    password = getpass()
    return token
=== app/main.py
api_key = settings.api_key
headers = {'Authorization': f'Bearer {api_key}'}
client = OpenAI(api_key=api_key, base_url=base_url)
=== app/models.py
class User(Model):
    password = CharField(max_length=128)
    token = ForeignKey(Token, on_delete=CASCADE)
    secret = models.TextField(null=True)
=== train.py
pad_token = tokenizer.eos_token
tokens = tokenizer(text, return_tensors='pt')
key = jax.random.PRNGKey(42)
sort_key = lambda item: item[1]
=== src/config.ts
export const apiKey = process.env.API_KEY;
export const password: string = config.get('db.password');
const token = await getToken();
=== src/auth.ts
interface Login { user: string; password: string; token?: string }
if (password === undefined) throw new Error('password is required');
=== src/form.tsx
<input type="password" name="password" placeholder="Password" autoComplete="current-password" />
=== src/i18n/en.json
{ "password": "Password", "forgot_password": "Forgot your password?", "api_key": "API key", "token": "Token" }
=== main.go
password := os.Getenv("DB_PASSWORD")
flag.StringVar(&token, "token", "", "the token to use")
cfg.APIKey = viper.GetString("api_key")
=== Config.java
@Value("\${spring.datasource.password}")
private String password;
String token = request.getHeader("Authorization");
=== Login.java
source.setPassword(System.getenv("DB_PASSWORD"));
source.setPassword("changeit");
manager.setSecretName("db-prod-1");
form.password("Password");
if (token == "eos") { headers.put("Authorization", "Bearer " + token); }
headers.put("Authorization", "Bearer {token1}");
=== locales/de.yml
de:
  password: Kennwort
  api_key: API-Schlüssel
=== application.properties
spring.datasource.password=\${DB_PASSWORD}
spring.jpa.hibernate.ddl-auto=none
server.ssl.key-store-type=PKCS12
=== application.yml
spring:
  datasource:
    password: \${DB_PASSWORD:}
  security:
    oauth2:
      resourceserver:
        jwt:
          issuer-uri: https://auth.example.com
=== appsettings.json
{ "Jwt": { "Issuer": "app", "ExpiresMinutes": 60 }, "Authentication": { "Scheme": "Bearer" }, "ConnectionStrings": { "Default": "Data Source=app.db" } }
=== config/database.yml
production:
  username: app
  password: <%= ENV["DATABASE_PASSWORD"] %>
=== config/secrets.yml
production:
  secret_key_base: <%= ENV["SECRET_KEY_BASE"] %>
=== wp-config.php
<?php
define( 'DB_PASSWORD', getenv('WORDPRESS_DB_PASSWORD') );
define('DB_CHARSET', 'utf8mb4');
=== config.php
<?php
$password = $_ENV['DB_PASSWORD'];
$token = $request->bearerToken();
return ['key' => env('APP_KEY'), 'cipher' => 'AES-256-CBC'];
`;
