import { type CorpusKind, ordinary } from "../case";
import { linesOf } from "../random";

/** Lines that programs print, without a secret. */
export const OUTPUT_LINES = linesOf(`
Bearer authentication required
authorization: denied by policy
Authorization: required
Basic authentication is disabled
basic training finished after 3 epochs
Basic usage: train.py --config FILE
token count: 512
tokens: prompt=512 completion=128 total=640
Avg prompt throughput: 512.3 tokens/s, Avg generation throughput: 41.8 tokens/s, Running: 3 reqs
token: </s> id: 2
Setting pad_token to eos_token: </s>
Special tokens have been added in the vocabulary
Token indices sequence length is longer than the specified maximum sequence length (1024 > 512)
unexpected token: } in JSON at position 17
SyntaxError: Unexpected token '<', "<!DOCTYPE "... is not valid JSON
password changed
Password changed for user app
password authentication failed for user "app"
FATAL: password authentication failed for user "postgres"
password: must be at least 12 characters
Enter password:
Password for user postgres:
No password set, using the default
WARNING: no password is set for Redis
Warning: Using a password on the command line interface can be insecure.
secret santa
secret: not found
secrets: 3 mounted
Error: secret "db" not found
Secret key rotation is disabled
loading secrets from /run/secrets
api_key: missing
API key: not configured
API key is required
invalid API key
error: api_key=None
The api_key client option must be set either by passing api_key to the client or by setting the OPENAI_API_KEY environment variable
credentials: none found
Unable to locate credentials
Credentials are not required for this registry
access_key=None secret_key=None
auth: ok
auth=disabled
pass 3/10: loss=0.1234
pass: 118, fail: 2
PASS src/token.test.ts
passphrase: empty
key: value
key=step value=1200
Key: pipeline/stage2, Value: 7
private key: /etc/ssl/private/server.key
public key: /etc/ssl/certs/server.pub
session: closed
user=app pass=2 fail=0
GET /login?key=name&page=2 200 12ms
GET /oauth/token 401 3ms
POST /v1/chat/completions HTTP/1.1" 200 OK
https://docs.example.com/guide?key=intro
pushed sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
Loading checkpoint shards: 100%|##########| 4/4 [00:07<00:00,  1.85s/it]
Loaded meta-llama/Llama-3.1-8B-Instruct at revision 0e9e39f249a16976918f6564b8830bc894c89659
Using device cuda:0 (NVIDIA H100 80GB HBM3), uuid GPU-5f2c9d0e-8a44-4b0c-9d43-1d6a9c0b7e11
Connecting to postgres://db:5432/app
Connected to redis://redis:6379/0
remote: https://github.com/acme/train.git
mail sent to ops@example.com: see https://status.example.com
user@host: permission denied (publickey,password)
cookie: accepted
bearer: none
using basic optimizer2
basic profile1 was chosen
Basic HTTP/1.1 authentication required
bearer v2.0 endpoint
authorization = enabled
authorization: RBAC/ABAC
authorization: user=bob role=admin
Bearer token missing or malformed
Bearer error="invalid_token", error_description="The access token expired"
WWW-Authenticate: Bearer realm="https://auth.docker.io/token",service="registry.docker.io"
WWW-Authenticate: Basic realm="Restricted"
x-amz-request-id: 4442587FB7D0A2F9
Saved model to s3://acme-ml-checkpoints/llama3-70b-sft/run_20241031_174205/global_step4000
{"level":"info","msg":"token refreshed","expires_in":3600}
{"level":"warn","msg":"password policy","min_length":12}
{"usage":{"prompt_tokens":512,"completion_tokens":128,"total_tokens":640}}
`);

export const output: CorpusKind = {
  kind: "lines of output",
  match: "part",
  cases: OUTPUT_LINES.map((line) => ordinary(line, line)),
};
