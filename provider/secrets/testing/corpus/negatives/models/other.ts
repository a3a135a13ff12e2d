import { wordsOf } from "../../random";

/** Models for images, for sound, for text search and for classification. */
export const OTHER_MODELS = wordsOf(`
sentence-transformers/all-MiniLM-L6-v2 sentence-transformers/all-MiniLM-L12-v2 sentence-transformers/all-mpnet-base-v2
sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2 sentence-transformers/paraphrase-multilingual-mpnet-base-v2
sentence-transformers/multi-qa-MiniLM-L6-cos-v1 sentence-transformers/distiluse-base-multilingual-cased-v2
sentence-transformers/gtr-t5-xxl sentence-transformers/msmarco-distilbert-base-v4 sentence-transformers/clip-ViT-B-32-multilingual-v1
BAAI/bge-small-en-v1.5 BAAI/bge-base-en-v1.5 BAAI/bge-large-en-v1.5 BAAI/bge-m3 BAAI/bge-reranker-v2-m3 BAAI/bge-reranker-large
BAAI/bge-multilingual-gemma2 BAAI/bge-en-icl BAAI/Aquila-7B BAAI/AquilaChat-7B intfloat/e5-mistral-7b-instruct
intfloat/multilingual-e5-large-instruct intfloat/e5-base-v2 thenlper/gte-large Alibaba-NLP/gte-Qwen2-7B-instruct
Alibaba-NLP/gte-multilingual-base nomic-ai/nomic-embed-text-v1.5 nomic-ai/nomic-embed-text-v2-moe nomic-ai/gpt4all-j
mixedbread-ai/mxbai-embed-large-v1 mixedbread-ai/mxbai-rerank-base-v2 jinaai/jina-embeddings-v2-base-en jinaai/jina-embeddings-v3
jinaai/jina-reranker-v2-base-multilingual jinaai/jina-clip-v2 Snowflake/snowflake-arctic-embed-l-v2.0 hkunlp/instructor-xl
Qwen/Qwen3-Embedding-0.6B Qwen/Qwen3-Reranker-8B google/embeddinggemma-300m nvidia/NV-Embed-v2 nvidia/llama-3.2-nv-embedqa-1b-v2
nvidia/llama-3.2-nv-rerankqa-1b-v2 Salesforce/SFR-Embedding-Mistral WhereIsAI/UAE-Large-V1 naver/splade-cocondenser-ensembledistil
colbert-ir/colbertv2.0 vidore/colpali-v1.2 cross-encoder/ms-marco-MiniLM-L-6-v2 cross-encoder/nli-deberta-v3-base
openai/whisper-tiny openai/whisper-base.en openai/whisper-small openai/whisper-medium.en openai/whisper-large-v2
openai/whisper-large-v3 openai/whisper-large-v3-turbo distil-whisper/distil-large-v3 distil-whisper/distil-medium.en
Systran/faster-whisper-large-v3 Systran/faster-distil-whisper-large-v3 deepdml/faster-whisper-large-v3-turbo-ct2
nyrahealth/CrisperWhisper facebook/wav2vec2-base-960h facebook/wav2vec2-large-xlsr-53 facebook/hubert-large-ls960-ft
facebook/mms-1b-all facebook/seamless-m4t-v2-large facebook/musicgen-stereo-large facebook/encodec_24khz
nvidia/parakeet-tdt-0.6b-v2 nvidia/canary-1b-flash nvidia/speakerverification_en_titanet_large pyannote/speaker-diarization-3.1
pyannote/segmentation-3.0 suno/bark coqui/XTTS-v2 hexgrad/Kokoro-82M parler-tts/parler-tts-mini-v1 SWivid/F5-TTS
canopylabs/orpheus-3b-0.1-ft sesame/csm-1b fishaudio/fish-speech-1.5 microsoft/speecht5_tts myshell-ai/MeloTTS-English-v2
stable-diffusion-v1-5/stable-diffusion-v1-5 runwayml/stable-diffusion-inpainting stabilityai/stable-diffusion-2-1
stabilityai/stable-diffusion-xl-base-1.0 stabilityai/stable-diffusion-xl-refiner-1.0 stabilityai/sdxl-turbo stabilityai/sd-vae-ft-mse
stabilityai/stable-diffusion-3-medium-diffusers stabilityai/stable-diffusion-3.5-large-turbo stabilityai/stable-video-diffusion-img2vid-xt-1-1
stabilityai/stable-audio-open-1.0 black-forest-labs/FLUX.1-dev black-forest-labs/FLUX.1-schnell black-forest-labs/FLUX.1-Kontext-dev
black-forest-labs/FLUX.1-Fill-dev PixArt-alpha/PixArt-Sigma-XL-2-1024-MS playgroundai/playground-v2.5-1024px-aesthetic
kandinsky-community/kandinsky-2-2-decoder CompVis/stable-diffusion-v1-4 CompVis/ldm-text2im-large-256 dataautogpt3/OpenDalleV1.1
SG161222/RealVisXL_V4.0 Lykon/dreamshaper-8 ByteDance/SDXL-Lightning ByteDance/Hyper-SD latent-consistency/lcm-lora-sdxl
lllyasviel/control_v11p_sd15_openpose lllyasviel/sd-controlnet-canny diffusers/controlnet-canny-sdxl-1.0 InstantX/InstantID
h94/IP-Adapter-FaceID madebyollin/sdxl-vae-fp16-fix guoyww/animatediff-motion-adapter-v1-5-2 genmo/mochi-1-preview
THUDM/CogVideoX-5b-I2V Wan-AI/Wan2.1-T2V-14B-Diffusers Wan-AI/Wan2.2-TI2V-5B Lightricks/LTX-Video tencent/HunyuanVideo
hunyuanvideo-community/HunyuanVideo-I2V Qwen/Qwen-Image-Edit-2509 HiDream-ai/HiDream-I1-Full Efficient-Large-Model/Sana_1600M_1024px
openai/clip-vit-base-patch32 openai/clip-vit-large-patch14-336 laion/CLIP-ViT-H-14-laion2B-s32B-b79K
laion/CLIP-ViT-bigG-14-laion2B-39B-b160k laion/clap-htsat-unfused google/siglip-so400m-patch14-384 google/siglip2-base-patch16-224
google/vit-base-patch16-224-in21k google/owlv2-base-patch16-ensemble google/paligemma2-3b-pt-224 google/pix2struct-docvqa-base
facebook/dinov2-large facebook/dinov3-vit7b16-pretrain-lvd1689m facebook/sam-vit-huge facebook/sam2.1-hiera-large
facebook/detr-resnet-50 facebook/mask2former-swin-large-coco-panoptic facebook/convnext-large-224-22k-1k
IDEA-Research/grounding-dino-base ShilongLiu/GroundingDINO depth-anything/Depth-Anything-V2-Large-hf Intel/dpt-large
hustvl/yolos-tiny ultralytics/yolov8 PekingU/rtdetr_r50vd_coco_o365 timm/resnet50.a1_in1k timm/vit_large_patch14_dinov2.lvd142m
timm/eva02_large_patch14_448.mim_m38m_ft_in22k_in1k timm/convnextv2_base.fcmae_ft_in22k_in1k_384 microsoft/resnet-50
microsoft/swin-tiny-patch4-window7-224 microsoft/beit-base-patch16-224-pt22k-ft22k microsoft/trocr-large-handwritten
microsoft/layoutlmv3-base microsoft/table-transformer-structure-recognition-v1.1-all microsoft/Florence-2-large-ft microsoft/git-base-coco
naver-clova-ix/donut-base-finetuned-docvqa vikhyatk/moondream2 llava-hf/llava-1.5-7b-hf llava-hf/llava-v1.6-mistral-7b-hf
llava-hf/llava-onevision-qwen2-7b-ov-hf liuhaotian/llava-v1.6-34b Qwen/Qwen-VL-Chat Qwen/Qwen2-VL-7B-Instruct Qwen/Qwen2.5-VL-72B-Instruct
Qwen/Qwen2.5-Omni-7B Qwen/Qwen3-VL-235B-A22B-Thinking Qwen/Qwen2-Audio-7B-Instruct OpenGVLab/InternVL2-8B OpenGVLab/InternVL3-78B
openbmb/MiniCPM-V-2_6 openbmb/MiniCPM-Llama3-V-2_5 allenai/Molmo-7B-D-0924 allenai/olmOCR-7B-0825-FP8 HuggingFaceM4/idefics2-8b
HuggingFaceM4/Idefics3-8B-Llama3 HuggingFaceTB/SmolVLM-256M-Instruct Salesforce/blip-image-captioning-large Salesforce/blip2-opt-2.7b
Salesforce/instructblip-vicuna-7b deepseek-ai/Janus-Pro-7B deepseek-ai/deepseek-vl2-small deepseek-ai/DeepSeek-OCR nanonets/Nanonets-OCR-s
google-bert/bert-base-uncased bert-base-multilingual-cased bert-large-uncased-whole-word-masking-finetuned-squad
distilbert-base-uncased-finetuned-sst-2-english distilbert/distilroberta-base FacebookAI/roberta-large-mnli FacebookAI/xlm-roberta-base
answerdotai/ModernBERT-base albert/albert-xxlarge-v2 google/electra-large-discriminator cardiffnlp/twitter-roberta-base-sentiment-latest
ProsusAI/finbert dslim/bert-base-NER Jean-Baptiste/roberta-large-ner-english Helsinki-NLP/opus-mt-en-de emilyalsentzer/Bio_ClinicalBERT
dmis-lab/biobert-base-cased-v1.2 facebook/esm2_t33_650M_UR50D facebook/esmfold_v1 Rostlab/prot_t5_xl_half_uniref50-enc
InstaDeepAI/nucleotide-transformer-v2-500m-multi-species zhihan1996/DNABERT-2-117M amazon/chronos-t5-large google/timesfm-2.0-500m-pytorch
ibm-nasa-geospatial/Prithvi-EO-2.0-300M-TL openclimatefix/metnet protectai/deberta-v3-base-prompt-injection-v2 urchade/gliner_multi_pii-v1
knowledgator/gliner-multitask-large-v0.5 unitary/toxic-bert hf-internal-testing/tiny-random-LlamaForCausalLM
hf-internal-testing/llama-tokenizer trl-internal-testing/tiny-Qwen2ForCausalLM-2.5 lerobot/pi0 lerobot/smolvla_base openvla/openvla-7b
nvidia/GR00T-N1.5-3B nvidia/Cosmos-Reason1-7B nvidia/segformer-b5-finetuned-ade-640-640 nvidia/bigvgan_v2_24khz_100band_256x
gpt-4o-mini-2024-07-18 gpt-4.1-nano-2025-04-14 o4-mini-2025-04-16 text-embedding-3-large text-embedding-ada-002 claude-3-5-sonnet-20241022
claude-3-7-sonnet-20250219 claude-sonnet-4-20250514 gemini-2.5-flash-preview-05-20 gemini-1.5-pro-002 mistral-large-2411
anthropic.claude-3-5-sonnet-20240620-v1:0 us.meta.llama3-3-70b-instruct-v1:0 amazon.titan-embed-text-v2:0 cohere.command-r-plus-v1:0
accounts/fireworks/models/llama-v3p1-405b-instruct together_ai/mistralai/Mixtral-8x7B-Instruct-v0.1 groq/llama-3.3-70b-versatile
openrouter/deepseek/deepseek-chat-v3-0324:free bedrock/anthropic.claude-3-haiku-20240307-v1:0 vertex_ai/gemini-2.0-flash-001
`);
