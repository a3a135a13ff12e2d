import { type CorpusKind, ordinary } from "../case";
import { linesOf } from "../random";

const PATHS = linesOf(`
s3://acme-ml-datasets/imagenet-1k/train/shard-000123-of-001024.tar
s3://acme-ml-checkpoints/llama3-70b-sft/run_20241031_174205/global_step4000/mp_rank_07_model_states.pt
s3://commoncrawl/crawl-data/CC-MAIN-2024-42/segments/1727944253762.73/warc/CC-MAIN-20241005012345-20241005042345-00123.warc.gz
s3a://lakehouse/bronze/events/ingest_date=2024-10-31/part-00017-5f2c9d0e-8a44-4b0c-9d43-1d6a9c0b7e11-c000.snappy.parquet
gs://tfds-data/datasets/wikipedia/20230601.en/1.0.0/wikipedia-train.array_record-00012-of-00032
gs://cloud-samples-data/vertex-ai/model-deployment/models/boston/model/saved_model.pb
gs://acme-eu-west4-artifacts/checkpoints/T5X_XXL_LM100k_bf16/checkpoint_1100000
abfss://curated@acmedatalake.dfs.core.windows.net/Sales/Orders2024Q4/OrderLines_v2.parquet
abfs://models@mlstore01.dfs.core.windows.net/ResNet50V2/ONNX/resnet50-v2-7.onnx
wasbs://training@publicwasb.blob.core.windows.net/TaxiData/yellow_tripdata_2024-01.csv
hdfs://namenode:8020/user/hive/warehouse/sales.db/orders/year=2024/month=10/000000_0
hf://datasets/HuggingFaceFW/fineweb-edu/sample/10BT/000_00000.parquet
oss://acme-hangzhou-train/LAION5B/laion2B-en-aesthetic/part-00042.tar
r2://assets/static/js/main.8f3d2c1b.chunk.js
az://weights/StableDiffusionXL/UNet/diffusion_pytorch_model.fp16.safetensors
/home/app/.cache/huggingface/hub/models--meta-llama--Llama-3.1-8B-Instruct/snapshots/0e9e39f249a16976918f6564b8830bc894c89659/model-00001-of-00004.safetensors
/home/app/.cache/huggingface/hub/models--sentence-transformers--all-MiniLM-L6-v2/blobs/53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db
/home/jovyan/.cache/torch/hub/checkpoints/resnet50-11ad3fa6.pth
/home/ubuntu/.cache/torch/hub/checkpoints/deeplabv3_resnet101_coco-586e9e4e.pth
/usr/local/lib/python3.11/dist-packages/nvidia/cudnn/lib/libcudnn_engines_precompiled.so.9
/usr/local/lib/python3.12/site-packages/torch/utils/data/_utils/worker.py
/opt/conda/envs/py311/lib/python3.11/site-packages/transformers/models/qwen2_5_vl/modeling_qwen2_5_vl.py
/opt/nvidia/nsight-systems-cli/2024.6.1/target-linux-x64/nsys
/usr/lib/x86_64-linux-gnu/libnvidia-ptxjitcompiler.so.550.127.05
/usr/share/elasticsearch/config/certs/es01/es01.crt
/etc/ssl/certs/ca-certificates.crt
/etc/letsencrypt/live/gpu.example.com/privkey.pem
/run/secrets/postgres_password
/run/secrets/db_root_password
/var/run/secrets/kubernetes.io/serviceaccount/token
/vault/secrets/database-credentials
/var/lib/docker/overlay2/3f2b8f0d0f8c3bb0f17f1ac2d47fd0a0d0f4e7a8f5b9a1c2d3e4f5061728394a/merged
/var/lib/docker/volumes/compose_pgdata/_data/base/16384/PG_VERSION
/mnt/nfs01/Projects2024/ProteinFolding/AlphaFold3/mgnify/mgy_clusters_2022_05.fa
/data/KITTI_Raw/2011_09_26/2011_09_26_drive_0001_sync/image_02/data/0000000107.png
/data/COCO2017/annotations/person_keypoints_train2017.json
/data/LibriSpeech/train-clean-100/103/1240/103-1240-0000.flac
/workspace/ComfyUI/custom_nodes/ComfyUI-Impact-Pack/modules/impact/impact_pack.py
/workspace/stable-diffusion-webui/models/Stable-diffusion/v1-5-pruned-emaonly.safetensors
/workspace/outputs/2024-10-31/17-42-05/checkpoints/epoch=12-step=104000-val_loss=0.1234.ckpt
/tmp/torchinductor_root/kz/ckz2xq4pu5xq7m3xyk4kq3q2ywq6sx7m5r2d3g4h5j6k7l8m9n0p.py
./src/components/UserAuthenticationPasswordResetForm.tsx
./config/initializers/filter_parameter_logging.rb
../shared/proto/google/cloud/aiplatform/v1beta1/prediction_service.proto
src/main/java/com/example/security/JwtAuthenticationTokenFilter.java
src/main/resources/META-INF/services/org.apache.kafka.common.security.auth.AuthenticateCallbackHandler
node_modules/.pnpm/@aws-sdk+client-secrets-manager@3.682.0/node_modules/@aws-sdk/client-secrets-manager
dist/assets/index-BxQ3kZ9a.js
dist/assets/vendor-C7mVt1Wq.css
static/css/main.a3b5c7d9.chunk.css
_next/static/chunks/webpack-5f1b2d3c4e6a7b8c.js
_next/static/9aB3dE5fG7hJ1kL2mN4pQ/_buildManifest.js
wwwroot/js/site.min.js?v=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU
public/build/assets/app-4ed993c7.js
fonts/Roboto-Regular-webfont.woff2
mnist_784
HuggingFaceFW/fineweb-edu
allenai/c4
togethercomputer/RedPajama-Data-1T
HuggingFaceH4/ultrachat_200k
Anthropic/hh-rlhf
OpenAssistant/oasst1
tatsu-lab/alpaca_eval
Open-Orca/SlimOrca-Dedup
argilla/distilabel-intel-orca-dpo-pairs
TIGER-Lab/MMLU-Pro
princeton-nlp/SWE-bench_Verified
HuggingFaceM4/WebSight
lmms-lab/LLaVA-NeXT-Data
mozilla-foundation/common_voice_17_0
bigcode/the-stack-v2-train-smol-ids
nvidia/OpenMathInstruct-2
laion/relaion2B-en-research-safe
NousResearch/hermes-function-calling-v1
C:/ProgramData/Anaconda3/envs/tf2_gpu/Library/bin/cudart64_110.dll
file:///opt/spark/jars/hadoop-aws-3.3.4.jar
git+https://github.com/huggingface/transformers.git@v4.46.0
git+https://github.com/Dao-AILab/flash-attention@v2.7.0.post2#egg=flash_attn
https://github.com/ggml-org/llama.cpp/releases/download/b4000/llama-b4000-bin-ubuntu-x64.zip
https://github.com/NVIDIA/nvidia-container-toolkit/blob/main/cmd/nvidia-ctk/README.md
https://download.pytorch.org/whl/cu124/torch-2.5.1%2Bcu124-cp311-cp311-linux_x86_64.whl
https://huggingface.co/TheBloke/Mistral-7B-Instruct-v0.2-GGUF/resolve/main/mistral-7b-instruct-v0.2.Q4_K_M.gguf
https://huggingface.co/stabilityai/stable-diffusion-xl-base-1.0/resolve/main/sd_xl_base_1.0.safetensors?download=true
https://civitai.com/api/download/models/128713?type=Model&format=SafeTensor&size=pruned&fp=fp16
https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit#gid=0
https://docs.google.com/document/d/195j9eDD3ccgjQRttHhJPymLJUCOUjs-jmwTrekvdjFE/edit
https://drive.google.com/uc?id=1zmCoeNoUXkvBTWyXrRjU3dCyWPrPfSJE
https://www.youtube.com/watch?v=dQw4w9WgXcQ
https://youtu.be/aircAruvnKk?t=42
https://www.youtube.com/playlist?list=PLZHQObOWTQDNU6R1_67000Dx_ZCJB-3pi
https://colab.research.google.com/drive/1LZ1xOQ8bQ5cZJxQvS2k4o8wQXyC3ZbTq
https://gist.github.com/karpathy/8a8b8f1f3c5e1c7d9f2e4b6a0c8d7e5f
https://arxiv.org/abs/1706.03762
https://doi.org/10.5281/zenodo.3554531
https://zenodo.org/records/7347926/files/FineTunedWeights.zip?download=1
https://storage.googleapis.com/download.tensorflow.org/models/object_detection/ssd_mobilenet_v1_coco_2018_01_28.tar.gz
https://dl.fbaipublicfiles.com/segment_anything/sam_vit_h_4b8939.pth
https://ml-inference.internal.example.com/v1/models/gpt2:predict?version=3
https://login.microsoftonline.com/common/oauth2/v2.0/token
https://auth.example.com/realms/master/protocol/openid-connect/token
https://oauth2.googleapis.com/token
https://example.com/reset-password?step=2
https://api.example.com/v1/search?key=name&sort=asc&page=2
https://accounts.google.com/o/oauth2/v2/auth?response_type=code&scope=openid
postgresql://db:5432/app
redis://redis:6379/0
amqp://rabbitmq:5672
mongodb://mongo1:27017,mongo2:27017/app?replicaSet=rs0
jdbc:postgresql://db:5432/app?sslmode=disable
ssh://git@github.com/acme/train.git
git@github.com:NVIDIA/TensorRT-LLM.git
kafka://broker1:9092,broker2:9092
unix:///var/run/docker.sock
tcp://docker:2376
nats://nats:4222
grpc://otel-collector:4317
docker://ghcr.io/acme/app:1.2
pgdata:/var/lib/postgresql/data
./secrets/db_password.txt:/run/secrets/db_password:ro
~/.ssh/id_ed25519.pub:/home/app/.ssh/authorized_keys:ro
\${HOME}/.cache/huggingface:/home/app/.cache/huggingface
`);

export const paths: CorpusKind = {
  kind: "paths and addresses",
  match: "part",
  cases: PATHS.flatMap((path) => [
    ordinary(path, path),
    ordinary(path, path, { key: "DATA_PATH" }),
    ordinary(path, path, { before: "--data" }),
    ordinary(path, `loading ${path} ... done`),
  ]),
};
