import { type CorpusCase, type CorpusKind, ordinary } from "../case";
import { HEX, randomOf, wordsOf } from "../random";

const IMAGES = wordsOf(`
nginx nginx:1.27-alpine nginx:1.27.3-alpine3.20-slim postgres:16 postgres:17.2-bookworm postgres:16-alpine3.19 mysql:8.4 mysql:9.1-oraclelinux9
mariadb:11.4 mariadb:lts-ubi9 redis:7-alpine redis:7.4.1-bookworm redis/redis-stack-server:7.4.0-v1 valkey/valkey:8.0-alpine mongo:7.0-jammy
mongo-express:1.0.2-20-alpine3.19 rabbitmq:3.13-management-alpine memcached:1.6.32-alpine traefik:v3.2 traefik:v2.11.14 caddy:2.8-alpine
haproxy:3.0-alpine httpd:2.4.62-alpine3.20 busybox:1.36.1-uclibc alpine:3.20 alpine:3.20.3 ubuntu:24.04 ubuntu:jammy-20240911.1 debian:bookworm-slim
debian:bookworm-20241016-slim python:3.12-slim-bookworm python:3.11.10-alpine3.20 node:22-alpine node:20.18.0-bookworm-slim golang:1.23-alpine3.20
rust:1.82-slim-bookworm openjdk:21-jdk-slim eclipse-temurin:21-jre-alpine maven:3.9.9-eclipse-temurin-21-alpine gradle:8.10.2-jdk21-alpine
php:8.3-fpm-alpine ruby:3.3-slim wordpress:6.6-php8.3-fpm-alpine ghost:5-alpine nextcloud:30-apache drupal:10.3-php8.3-apache
influxdb:2.7-alpine telegraf:1.32-alpine chronograf:1.10 kapacitor:1.7 neo4j:5.24-community cassandra:5.0 couchdb:3.4
elasticsearch:8.15.3 kibana:8.15.3 logstash:8.15.3 docker.elastic.co/elasticsearch/elasticsearch:8.15.3 docker.elastic.co/beats/filebeat:8.15.3
opensearchproject/opensearch:2.17.1 clickhouse/clickhouse-server:24.8-alpine timescale/timescaledb:2.17.0-pg16 timescale/timescaledb-ha:pg16.4-ts2.17.0-all
pgvector/pgvector:pg16 pgvector/pgvector:0.8.0-pg17 postgis/postgis:16-3.4-alpine bitnami/postgresql:16.4.0-debian-12-r14
bitnami/redis-sentinel:7.4.1-debian-12-r0 bitnami/kafka:3.8.0-debian-12-r5 bitnami/spark:3.5.3-debian-12-r1 bitnami/zookeeper:3.9.2
confluentinc/cp-kafka:7.7.1 confluentinc/cp-schema-registry:7.7.1 apache/kafka:3.8.0 apache/airflow:2.10.2-python3.12 apache/superset:4.0.2
apache/spark:3.5.3-scala2.12-java17-python3-ubuntu apache/nifi:1.28.0 apache/flink:1.20.0-scala_2.12-java17 apachepulsar/pulsar:3.3.2
grafana/grafana:11.2.2 grafana/grafana-oss:11.2.2-ubuntu grafana/loki:3.2.1 grafana/promtail:3.2.1 grafana/tempo:2.6.1 grafana/mimir:2.14.1
prom/prometheus:v2.54.1 prom/alertmanager:v0.27.0 prom/node-exporter:v1.8.2 prom/blackbox-exporter:v0.25.0 gcr.io/cadvisor/cadvisor:v0.49.1
quay.io/prometheus/node-exporter:v1.8.2 quay.io/keycloak/keycloak:26.0.1 quay.io/minio/minio:RELEASE.2024-10-13T13-34-11Z
minio/minio:RELEASE.2024-10-29T16-01-48Z minio/mc:RELEASE.2024-10-08T09-37-26Z quay.io/jupyter/pytorch-notebook:cuda12-python-3.11
quay.io/jupyter/datascience-notebook:2024-10-14 jupyter/scipy-notebook:python-3.11.6 quay.io/coreos/etcd:v3.5.16 quay.io/ceph/ceph:v18.2.4
hashicorp/vault:1.18 hashicorp/consul:1.19.2 hashicorp/terraform:1.9.8 gitea/gitea:1.22.3-rootless gitlab/gitlab-ce:17.5.1-ce.0 sonatype/nexus3:3.73.0
jenkins/jenkins:2.462.3-lts-jdk17 sonarqube:10.7.0-community registry:2.8.3 portainer/portainer-ce:2.21.4-alpine containrrr/watchtower:1.7.1
ghcr.io/huggingface/text-generation-inference:2.4.0 ghcr.io/huggingface/text-generation-inference:3.0.1-rocm ghcr.io/huggingface/text-embeddings-inference:86-1.5
ghcr.io/huggingface/text-embeddings-inference:cpu-1.5 ghcr.io/ggml-org/llama.cpp:server-cuda ghcr.io/ggerganov/llama.cpp:full-cuda--b1-6374743
ghcr.io/open-webui/open-webui:main ghcr.io/open-webui/open-webui:v0.3.35-cuda ghcr.io/berriai/litellm:main-v1.50.2-stable ghcr.io/berriai/litellm-database:main-latest
ghcr.io/mlflow/mlflow:v2.17.0 ghcr.io/coqui-ai/tts:v0.22.0 ghcr.io/speaches-ai/speaches:0.7.0-cuda ghcr.io/home-assistant/home-assistant:2024.10.3
ghcr.io/immich-app/immich-server:v1.118.2 ghcr.io/immich-app/immich-machine-learning:v1.118.2-cuda ghcr.io/immich-app/postgres:14-vectorchord0.3.0-pgvectors0.2.0
ghcr.io/paperless-ngx/paperless-ngx:2.12.1 ghcr.io/goauthentik/server:2024.8.3 ghcr.io/linkwarden/linkwarden:v2.7.1 ghcr.io/astral-sh/uv:python3.12-bookworm-slim
ghcr.io/linuxserver/code-server:4.93.1-ls239 lscr.io/linuxserver/jellyfin:10.10.0ubu2404-ls30 lscr.io/linuxserver/plex:1.41.0.8994-f2c27da23-ls240
linuxserver/swag:2.11.0-ls329 linuxserver/wireguard:1.0.20210914-r4-ls56 vllm/vllm-openai:v0.6.3.post1 vllm/vllm-openai:v0.10.1.1 vllm/vllm-openai:latest-cu124
lmsysorg/sglang:v0.4.1.post3-cu124-srt lmsysorg/sglang:v0.5.3rc0-cu129-amd64 ollama/ollama:0.3.14 ollama/ollama:0.3.14-rocm openmmlab/lmdeploy:v0.6.2-cu12
pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime pytorch/pytorch:2.1.0-cuda11.8-cudnn8-devel tensorflow/tensorflow:2.17.0-gpu-jupyter
tensorflow/serving:2.17.0-gpu rocm/pytorch:rocm6.2.2_ubuntu22.04_py3.10_pytorch_release_2.3.0 rocm/vllm-dev:20241025-tuned
nvidia/cuda:12.6.2-cudnn-devel-ubuntu22.04 nvidia/cuda:11.8.0-base-ubuntu20.04 nvidia/cuda:12.4.1-cudnn-runtime-rockylinux9
nvcr.io/nvidia/pytorch:24.10-py3 nvcr.io/nvidia/tritonserver:24.09-vllm-python-py3 nvcr.io/nvidia/tritonserver:24.09-trtllm-python-py3
nvcr.io/nvidia/nemo:24.09 nvcr.io/nvidia/tensorrt-llm/release:0.21.0 nvcr.io/nvidia/rapidsai/base:24.10-cuda12.5-py3.12
nvcr.io/nim/meta/llama-3.1-8b-instruct:1.3.3 nvcr.io/nim/meta/llama3-70b-instruct:1.0.3 nvcr.io/nim/nvidia/nv-embedqa-e5-v5:1.1.0
nvcr.io/nvidia/k8s/dcgm-exporter:3.3.8-3.6.0-ubuntu22.04 nvcr.io/nvidia/k8s-device-plugin:v0.16.2 rayproject/ray:2.38.0-py311-gpu
rayproject/ray-ml:2.38.0.914af0-py311-gpu kubeflownotebookswg/jupyter-pytorch-cuda-full:v1.9.2 determinedai/environments:cuda-11.8-pytorch-2.0-gpu-0.31.1
determinedai/pytorch-ngc-dev:e960eae huggingface/transformers-pytorch-gpu:4.41.2 huggingface/trl-latest-gpu:latest winglian/axolotl:main-20241031-py3.11-cu124-2.4.1
axolotlai/axolotl-cloud:main-latest runpod/pytorch:2.4.0-py3.11-cuda12.4.1-devel-ubuntu22.04 runpod/worker-comfyui:5.1.0-flux1-dev
ashleykza/stable-diffusion-webui:5.0.0 yanwk/comfyui-boot:cu124-megapak onerahmet/openai-whisper-asr-webservice:v1.6.0-gpu fedirz/faster-whisper-server:latest-cuda
localai/localai:v2.22.1-aio-gpu-nvidia-cuda-12 qdrant/qdrant:v1.12.1 semitechnologies/weaviate:1.27.0 cr.weaviate.io/semitechnologies/transformers-inference:sentence-transformers-multi-qa-MiniLM-L6-cos-v1
milvusdb/milvus:v2.4.13-hotfix chromadb/chroma:0.5.15 langgenius/dify-api:0.10.1 langgenius/dify-sandbox:0.2.10 flowiseai/flowise:2.1.3
n8nio/n8n:1.64.3 langfuse/langfuse:2.85.1 heartexlabs/label-studio:1.13.1 wandb/local:0.59.2 dask/dask:2024.10.0-py3.12 prefecthq/prefect:3.0.11-python3.12
dagster/dagster-k8s:1.8.13 metabase/metabase:v0.51.1 nodered/node-red:4.0.5-18 eclipse-mosquitto:2.0.20-openssl emqx/emqx:5.8.1 nats:2.10.22-alpine3.20
selenium/standalone-chrome:130.0-20241024 browserless/chrome:1.61.1-puppeteer-21.4.1 mcr.microsoft.com/playwright:v1.48.1-jammy
mcr.microsoft.com/mssql/server:2022-CU15-GDR1-ubuntu-22.04 mcr.microsoft.com/azure-storage/azurite:3.33.0 mcr.microsoft.com/dotnet/aspnet:8.0.10-bookworm-slim-amd64
mcr.microsoft.com/devcontainers/python:1-3.12-bullseye public.ecr.aws/docker/library/postgres:16.4-alpine public.ecr.aws/lambda/python:3.12.2024.10.16.13
763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2.4.0-gpu-py311-cu124-ubuntu22.04-ec2
763104351884.dkr.ecr.eu-west-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.4.0-tgi2.3.1-gpu-py311-cu124-ubuntu22.04-v2.0
us-docker.pkg.dev/deeplearning-platform-release/gcr.io/huggingface-text-generation-inference-cu121.2-2.ubuntu2204.py310
gcr.io/kaniko-project/executor:v1.23.2-debug gcr.io/distroless/python3-debian12:nonroot gcr.io/google.com/cloudsdktool/google-cloud-cli:497.0.0-emulators
europe-docker.pkg.dev/acme-ml-prod/training/resnet50-trainer:2024-10-31-a1b2c3d registry.gitlab.com/gitlab-org/gitlab-runner:alpine3.19-v17.5.2
registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.13.0 localhost:5000/team/train:dev registry.example.com:5000/ml/finetune:sha-9fceb02
cr.fluentbit.io/fluent/fluent-bit:3.1.9-debug docker.io/library/python:3.12.7-slim-bookworm docker.n8n.io/n8nio/n8n:1.64.3 k8s.gcr.io/pause:3.9
acmeml.azurecr.io/llm-gateway:1.4.2-rc.1 harbor.example.org/library/token-server:1.2 ghcr.io/acme/secret-santa:v2 acme/password-reset-worker:2024.11.5
dpage/pgadmin4:8.12 adminer:4.8.1-standalone phpmyadmin:5.2.1-apache axllent/mailpit:v1.20.7 mailhog/mailhog:v1.0.1 hasura/graphql-engine:v2.43.0.cli-migrations-v3
supabase/postgres:15.6.1.143 supabase/gotrue:v2.164.0 supabase/realtime:v2.33.28 kong:3.8.0-ubuntu postgrest/postgrest:v12.2.3 temporalio/auto-setup:1.25.1
jaegertracing/all-in-one:1.62.0 otel/opentelemetry-collector-contrib:0.112.0 openzipkin/zipkin-slim:3.4.2 getmeili/meilisearch:v1.11 typesense/typesense:27.1
manticoresearch/manticore:6.3.6 solr:9.7.0-slim questdb/questdb:8.1.4 scylladb/scylla:6.2.0 cockroachdb/cockroach:v24.2.4 yugabytedb/yugabyte:2024.1.3.0-b105
pihole/pihole:2024.07.0 adguard/adguardhome:v0.107.54 vaultwarden/server:1.32.3-alpine authelia/authelia:4.38.17 osixia/openldap:1.5.0 freeipa/freeipa-server:fedora-40
jellyfin/jellyfin:10.10.0 plexinc/pms-docker:1.41.0.8994-f2c27da23 cloudflare/cloudflared:2024.10.1 tailscale/tailscale:v1.76.1 coturn/coturn:4.6.2-r12-alpine
`);

/** References to an image: two with a digest, and one with a commit as its tag. */
function digested(image: string): readonly string[] {
  const random = randomOf(image);
  const name = image.replace(/:[^/:]*$/, "");
  return [
    `${name}@sha256:${random.text(HEX, 64)}`,
    `${image}@sha256:${random.text(HEX, 64)}`,
    `${name}:${random.text(HEX, 40)}`,
  ];
}

function casesOf(image: string): readonly CorpusCase[] {
  return [
    ordinary(image, image),
    ordinary(image, image, { key: "image" }),
    ordinary(image, `docker run --rm --gpus all ${image} nvidia-smi`, { key: "command" }),
    ordinary(image, `FROM ${image} AS base`, { file: "Dockerfile" }),
  ];
}

export const images: CorpusKind = {
  kind: "image references",
  match: "part",
  cases: [...IMAGES, ...IMAGES.filter((_, index) => index % 4 === 0).flatMap(digested)].flatMap(casesOf),
};
