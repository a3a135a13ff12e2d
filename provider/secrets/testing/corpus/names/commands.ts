import { linesOf } from "../random";

/** Commands of well-known tools with a password. `<pw>` is the password. */
export const SECRET_COMMANDS = linesOf(`
redis-server --requirepass <pw>
redis-server --appendonly yes --requirepass <pw> --maxmemory 2gb
redis-server --masterauth <pw> --port 6380
redis-cli -a <pw> ping
redis-cli -h redis -p 6379 -a <pw> --no-auth-warning info
redis-cli --pass <pw> ping
mysqld --password=<pw>
mysql -uroot -p<pw> app
mysql -h db -u root -p<pw> -e "SELECT 1"
mysqladmin ping -h localhost -u root -p<pw>
mysqladmin ping -h localhost --password=<pw>
mysqldump --user=root --password=<pw> --all-databases
mariadb -uapp --password=<pw> app
MYSQL_PWD=<pw> mysqldump -u root app
PGPASSWORD=<pw> psql -h db -U app -c "SELECT 1"
env PGPASSWORD=<pw> pg_dump -h db app
export PGPASSWORD=<pw> && pg_restore -d app /backup/app.dump
psql postgresql://app:<pw>@db:5432/app -c "SELECT 1"
psql "host=db user=app password=<pw> dbname=app"
mongo -u root -p <pw> --authenticationDatabase admin
mongosh --username root --password <pw> --eval "db.stats()"
mongosh mongodb://root:<pw>@mongo:27017/admin
mongodump --uri=mongodb://root:<pw>@mongo:27017 --out /backup
mongoexport -u root -p <pw> -d app -c jobs
clickhouse-client --user default --password <pw> --query "SELECT 1"
cypher-shell -u neo4j -p <pw> "MATCH (n) RETURN count(n)"
influx setup --username admin --password <pw> --org lab --bucket metrics --force
influx write --token <pw> --bucket metrics
sqlcmd -S db -U sa -P <pw> -Q "SELECT 1"
/opt/mssql-tools18/bin/sqlcmd -S localhost -U sa -P <pw> -C -Q "SELECT 1"
curl -u elastic:<pw> https://es01:9200/_cluster/health
curl -fsS --user admin:<pw> http://localhost:8080/health
curl -H "Authorization: Bearer <pw>" http://localhost:8000/v1/models
curl -H 'X-API-Key: <pw>' https://api.example.com/jobs
curl --header "PRIVATE-TOKEN: <pw>" https://gitlab.com/api/v4/projects
curl "https://api.example.com/v1/jobs?access_token=<pw>"
wget --user=data --password=<pw> https://files.example.com/train.tar
wget --header="Authorization: Bearer <pw>" https://huggingface.co/x/y/resolve/main/config.json
http -a admin:<pw> GET http://api:8080/jobs
sshpass -p <pw> ssh -o StrictHostKeyChecking=no root@10.0.0.5 uptime
sshpass -p<pw> scp data.tar user@host:/in
rsync -a rsync://backup@host/data --password=<pw>
docker login -u ci -p <pw> ghcr.io
docker login --username ci --password <pw> registry.example.com
echo <pw> | docker login -u ci --password-stdin ghcr.io
huggingface-cli login --token <pw>
hf auth login --token <pw>
wandb login <pw>
ngc config set --api-key <pw>
vllm serve Qwen/Qwen2.5-7B-Instruct --api-key <pw> --port 8000
python -m vllm.entrypoints.openai.api_server --model gpt2 --api-key=<pw>
text-generation-launcher --model-id gpt2 --api-key <pw>
llama-server -m /models/q4.gguf --api-key <pw> --port 8080
jupyter lab --ip=0.0.0.0 --NotebookApp.token=<pw>
jupyter lab --ServerApp.token=<pw> --ServerApp.password=''
jupyter lab --ServerApp.password <pw> --no-browser
jupyter notebook --IdentityProvider.token=<pw> --no-browser
code-server --auth password --password <pw>
git clone https://oauth2:<pw>@gitlab.com/team/train.git
pip install --index-url https://user:<pw>@pypi.example.com/simple train
npm config set //registry.example.org/:_authToken=<pw>
aws configure set aws_secret_access_key <pw>
mc alias set minio http://minio:9000 minioadmin <pw>
rclone config create s3 s3 access_key_id app secret_access_key <pw>
az login --service-principal -u 8b1c -p <pw> --tenant 72f9
az storage blob upload --account-key <pw> -f model.bin
vault login <pw>
VAULT_TOKEN=<pw> vault kv get secret/train
cloudflared tunnel run --token <pw>
tailscale up --authkey=<pw> --hostname=gpu
ngrok config add-authtoken <pw>
openssl enc -aes-256-cbc -d -pass pass:<pw> -in model.enc -out model.bin
openssl pkcs12 -export -passout pass:<pw> -in c.pem -out c.p12
keytool -importcert -storepass <pw> -noprompt -file ca.pem
gpg --batch --passphrase <pw> -d data.gpg
unzip -P <pw> data.zip
7z x -p<pw> data.7z
zip -P <pw> out.zip model.bin
ldapsearch -x -D cn=admin,dc=lab -w <pw> -b dc=lab
smbclient //nas/data -U user%<pw>
mount -t cifs //nas/data /mnt -o username=app,password=<pw>
htpasswd -bc /etc/nginx/htpasswd admin <pw>
mosquitto_passwd -b /etc/mosquitto/passwd sensor <pw>
mosquitto_pub -h mqtt -u sensor -P <pw> -t t -m x
rabbitmqctl add_user worker <pw>
rabbitmqctl change_password guest <pw>
rabbitmqadmin -u guest -p <pw> list queues
echo "root:<pw>" | chpasswd
useradd -p <pw> runner
java -jar app.jar --spring.datasource.password=<pw>
java -Dspring.datasource.password=<pw> -jar app.jar
sh -c "export API_KEY=<pw>; exec ./serve"
sh -c "echo 'requirepass <pw>' > /etc/redis.conf && redis-server /etc/redis.conf"
bash -c 'SECRET_KEY=<pw> gunicorn app:app'
gunicorn app:app --env SECRET_KEY=<pw>
celery -A app flower --basic_auth=admin:<pw>
etcdctl --user root:<pw> get /jobs
nats-server --user app --pass <pw>
nats-server --auth <pw>
traefik --api --providers.redis.password=<pw>
minio server /data --secret-key <pw>
meilisearch --master-key=<pw>
airflow users create --role Admin --username admin --password <pw> --email a@b.c
superset fab create-admin --username admin --password <pw>
psql -c "ALTER USER app WITH PASSWORD '<pw>'"
mysql -e "CREATE USER 'app'@'%' IDENTIFIED BY '<pw>'"
mongosh --eval 'db.createUser({user: "app", pwd: "<pw>", roles: []})'
litestream replicate -secret-access-key <pw>
mc admin user add minio worker <pw>
lftp -u user,<pw> sftp://host
echo "<pw>" | sudo -S mount /data
echo <pw> | gpg --batch --passphrase-fd 0 -d data.gpg
ttyd -W -c admin:<pw> bash
gotty --credential admin:<pw> top
sqlplus system/<pw>@//db:1521/XE
expdp app/<pw>@db directory=dump
filebrowser users add admin <pw> --perm.admin
openssl enc -d -aes-256-cbc -k <pw> -in model.enc
kafka-configs --alter --add-config 'SCRAM-SHA-512=[iterations=4096,password=<pw>]' --entity-name app
docker login -u ci --password-stdin ghcr.io <<< <pw>
java -jar app.jar --spring.datasource.password <pw>
`);
