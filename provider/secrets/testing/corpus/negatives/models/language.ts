import { wordsOf } from "../../random";

/** Language models on Hugging Face. */
export const LANGUAGE_MODELS = wordsOf(`
meta-llama/Llama-2-7b-hf meta-llama/Llama-2-13b-chat-hf meta-llama/Llama-2-70b-chat-hf meta-llama/Meta-Llama-3-8B
meta-llama/Meta-Llama-3-8B-Instruct meta-llama/Meta-Llama-3-70B-Instruct meta-llama/Llama-3.1-8B-Instruct
meta-llama/Llama-3.1-70B-Instruct meta-llama/Llama-3.1-405B-Instruct-FP8 meta-llama/Llama-3.2-1B-Instruct
meta-llama/Llama-3.2-3B-Instruct meta-llama/Llama-3.2-11B-Vision-Instruct meta-llama/Llama-3.2-90B-Vision-Instruct
meta-llama/Llama-3.3-70B-Instruct meta-llama/Llama-4-Scout-17B-16E-Instruct
meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8 meta-llama/Llama-Guard-3-8B meta-llama/CodeLlama-34b-Instruct-hf
codellama/CodeLlama-7b-hf codellama/CodeLlama-70b-Instruct-hf huggyllama/llama-7b openlm-research/open_llama_13b
mistralai/Mistral-7B-v0.1 mistralai/Mistral-7B-Instruct-v0.2 mistralai/Mistral-7B-Instruct-v0.3
mistralai/Mixtral-8x7B-Instruct-v0.1 mistralai/Mixtral-8x22B-Instruct-v0.1 mistralai/Mistral-Nemo-Instruct-2407
mistralai/Mistral-Large-Instruct-2411 mistralai/Mistral-Small-24B-Instruct-2501
mistralai/Mistral-Small-3.1-24B-Instruct-2503 mistralai/Mistral-Small-3.2-24B-Instruct-2506
mistralai/Codestral-22B-v0.1 mistralai/Ministral-8B-Instruct-2410 mistralai/Pixtral-12B-2409
mistralai/Devstral-Small-2507 mistralai/Magistral-Small-2506 mistralai/Mamba-Codestral-7B-v0.1 mistralai/Mathstral-7B-v0.1
mistralai/Voxtral-Mini-3B-2507 mistral-community/pixtral-12b
Qwen/Qwen-7B-Chat Qwen/Qwen1.5-7B-Chat Qwen/Qwen1.5-MoE-A2.7B-Chat Qwen/Qwen2-7B-Instruct Qwen/Qwen2-57B-A14B-Instruct
Qwen/Qwen2.5-0.5B-Instruct Qwen/Qwen2.5-1.5B-Instruct Qwen/Qwen2.5-3B Qwen/Qwen2.5-7B-Instruct Qwen/Qwen2.5-14B-Instruct
Qwen/Qwen2.5-32B-Instruct Qwen/Qwen2.5-72B-Instruct Qwen/Qwen2.5-Coder-7B-Instruct Qwen/Qwen2.5-Coder-32B-Instruct
Qwen/Qwen2.5-Math-7B-Instruct Qwen/Qwen2.5-7B-Instruct-1M Qwen/QwQ-32B Qwen/QwQ-32B-Preview Qwen/Qwen3-0.6B Qwen/Qwen3-1.7B
Qwen/Qwen3-4B-Instruct-2507 Qwen/Qwen3-8B Qwen/Qwen3-14B Qwen/Qwen3-32B Qwen/Qwen3-30B-A3B Qwen/Qwen3-30B-A3B-Thinking-2507
Qwen/Qwen3-235B-A22B Qwen/Qwen3-235B-A22B-Instruct-2507 Qwen/Qwen3-Coder-30B-A3B-Instruct
Qwen/Qwen3-Coder-480B-A35B-Instruct Qwen/Qwen3-Next-80B-A3B-Instruct Qwen/CodeQwen1.5-7B-Chat
deepseek-ai/deepseek-llm-7b-chat deepseek-ai/deepseek-coder-6.7b-instruct deepseek-ai/deepseek-coder-33b-instruct
deepseek-ai/DeepSeek-V2-Lite-Chat deepseek-ai/DeepSeek-Coder-V2-Lite-Instruct deepseek-ai/DeepSeek-V2.5
deepseek-ai/DeepSeek-V3 deepseek-ai/DeepSeek-V3-0324 deepseek-ai/DeepSeek-V3.1 deepseek-ai/DeepSeek-R1
deepseek-ai/DeepSeek-R1-0528 deepseek-ai/DeepSeek-R1-0528-Qwen3-8B deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B
deepseek-ai/DeepSeek-R1-Distill-Qwen-32B deepseek-ai/DeepSeek-R1-Distill-Llama-8B
deepseek-ai/DeepSeek-R1-Distill-Llama-70B deepseek-ai/deepseek-moe-16b-chat deepseek-ai/DeepSeek-Prover-V2-7B
google/gemma-2b google/gemma-7b-it google/gemma-2-2b-it google/gemma-2-9b-it google/gemma-2-27b-it google/gemma-3-1b-it
google/gemma-3-4b-it google/gemma-3-12b-it google/gemma-3-27b-it google/gemma-3n-E4B-it google/codegemma-7b-it
google/recurrentgemma-2b google/flan-t5-base google/flan-t5-xxl google/mt5-small google/t5-v1_1-xxl google/shieldgemma-2b
google/medgemma-4b-it google/switch-base-8 google/byt5-small google/pegasus-xsum google/bigbird-pegasus-large-arxiv
microsoft/phi-1_5 microsoft/phi-2 microsoft/Phi-3-mini-4k-instruct microsoft/Phi-3-mini-128k-instruct
microsoft/Phi-3-medium-128k-instruct microsoft/Phi-3.5-mini-instruct microsoft/Phi-3.5-MoE-instruct microsoft/phi-4
microsoft/Phi-4-mini-instruct microsoft/Phi-4-reasoning-plus microsoft/Orca-2-13b microsoft/DialoGPT-medium
microsoft/bitnet-b1.58-2B-4T microsoft/codebert-base microsoft/deberta-v3-large microsoft/NextCoder-32B
openai/gpt-oss-20b openai/gpt-oss-120b openai-community/gpt2 openai-community/gpt2-xl gpt2 gpt2-medium distilgpt2 facebook/opt-125m
facebook/opt-66b facebook/opt-iml-max-30b facebook/galactica-6.7b facebook/bart-large-cnn facebook/bart-large-mnli
facebook/nllb-200-distilled-600M facebook/m2m100_418M facebook/xglm-564M
tiiuae/falcon-7b tiiuae/falcon-40b-instruct tiiuae/falcon-180B-chat tiiuae/falcon-rw-7b tiiuae/falcon-11B
tiiuae/Falcon3-7B-Instruct tiiuae/falcon-mamba-7b tiiuae/Falcon-H1-34B-Instruct bigscience/bloom bigscience/bloomz-7b1
bigscience/bloom-560m bigscience/T0pp bigscience/mt0-xxl-mt EleutherAI/gpt-j-6b EleutherAI/gpt-neo-2.7B
EleutherAI/gpt-neox-20b EleutherAI/pythia-70m-deduped EleutherAI/pythia-12b EleutherAI/llemma_7b
mosaicml/mpt-7b-instruct mosaicml/mpt-30b-chat databricks/dolly-v2-12b databricks/dbrx-instruct
stabilityai/stablelm-3b-4e1t stabilityai/stablelm-zephyr-3b stabilityai/stablelm-2-1_6b-chat stabilityai/stable-code-3b
HuggingFaceH4/zephyr-7b-beta HuggingFaceH4/zephyr-orpo-141b-A35b-v0.1 HuggingFaceH4/starchat2-15b-v0.1
HuggingFaceTB/SmolLM-135M HuggingFaceTB/SmolLM2-1.7B-Instruct HuggingFaceTB/SmolLM3-3B bigcode/starcoder bigcode/starcoder2-15b
bigcode/gpt_bigcode-santacoder bigcode/starcoderbase-1b WizardLMTeam/WizardCoder-15B-V1.0 WizardLM/WizardLM-70B-V1.0
lmsys/vicuna-7b-v1.5 lmsys/vicuna-13b-v1.5-16k lmsys/longchat-7b-16k lmsys/fastchat-t5-3b-v1.0 teknium/OpenHermes-2.5-Mistral-7B
NousResearch/Hermes-3-Llama-3.1-8B NousResearch/Nous-Hermes-2-Mixtral-8x7B-DPO NousResearch/Hermes-2-Pro-Llama-3-8B
NousResearch/Yarn-Mistral-7b-128k NousResearch/Hermes-4-405B NousResearch/Meta-Llama-3.1-8B-Instruct
cognitivecomputations/dolphin-2.9.1-llama-3-8b cognitivecomputations/Dolphin3.0-Mistral-24B ehartford/dolphin-2.1-mistral-7b
upstage/SOLAR-10.7B-Instruct-v1.0 upstage/solar-pro-preview-instruct 01-ai/Yi-6B-200K 01-ai/Yi-34B-Chat 01-ai/Yi-1.5-9B-Chat-16K
01-ai/Yi-Coder-9B-Chat baichuan-inc/Baichuan2-13B-Chat internlm/internlm2-chat-7b internlm/internlm2_5-7b-chat-1m
internlm/internlm3-8b-instruct THUDM/chatglm2-6b THUDM/chatglm3-6b THUDM/glm-4-9b-chat-1m THUDM/GLM-4-32B-0414 THUDM/GLM-Z1-9B-0414
zai-org/GLM-4.5 zai-org/GLM-4.5-Air-FP8 zai-org/GLM-4.6 CohereForAI/c4ai-command-r-v01 CohereForAI/c4ai-command-r-plus-4bit
CohereForAI/aya-expanse-8b CohereLabs/c4ai-command-r7b-12-2024 CohereLabs/command-a-reasoning-08-2025
ibm-granite/granite-3.0-8b-instruct ibm-granite/granite-3.3-2b-instruct ibm-granite/granite-20b-code-instruct-8k
ibm-granite/granite-4.0-h-small allenai/OLMo-2-1124-13B-Instruct allenai/OLMoE-1B-7B-0924-Instruct
allenai/Llama-3.1-Tulu-3-70B allenai/longformer-base-4096 nvidia/Llama-3.1-Nemotron-70B-Instruct-HF
nvidia/Llama-3_3-Nemotron-Super-49B-v1_5 nvidia/Nemotron-4-340B-Instruct nvidia/Minitron-8B-Base nvidia/Mistral-NeMo-12B-Instruct
nvidia/AceReason-Nemotron-14B nvidia/OpenReasoning-Nemotron-32B nvidia/NVIDIA-Nemotron-Nano-9B-v2 moonshotai/Kimi-K2-Instruct-0905
moonshotai/Moonlight-16B-A3B-Instruct moonshotai/Kimi-Dev-72B MiniMaxAI/MiniMax-M1-80k MiniMaxAI/MiniMax-M2 tencent/Hunyuan-A13B-Instruct
tencent/Hunyuan-7B-Instruct-0124 baidu/ERNIE-4.5-21B-A3B-PT LGAI-EXAONE/EXAONE-3.5-7.8B-Instruct LGAI-EXAONE/EXAONE-4.0-32B
Snowflake/snowflake-arctic-instruct ai21labs/AI21-Jamba-1.5-Mini ai21labs/Jamba-v0.1 Salesforce/codegen-350M-mono
Salesforce/xgen-7b-8k-inst Salesforce/xLAM-7b-fc-r Nexusflow/NexusRaven-V2-13B gorilla-llm/gorilla-openfunctions-v2
openbmb/MiniCPM3-4B openbmb/MiniCPM-2B-sft-bf16 openchat/openchat-3.5-0106 openchat/openchat_3.5 berkeley-nest/Starling-LM-7B-alpha
Intel/neural-chat-7b-v3-3 Open-Orca/Mistral-7B-OpenOrca garage-bAInd/Platypus2-70B-instruct Gryphe/MythoMax-L2-13b
Undi95/Toppy-M-7B Sao10K/L3-8B-Stheno-v3.2 Sao10K/L3.3-70B-Euryale-v2.3 TinyLlama/TinyLlama-1.1B-Chat-v1.0
TinyLlama/TinyLlama-1.1B-intermediate-step-1431k-3T princeton-nlp/Sheared-LLaMA-1.3B state-spaces/mamba-2.8b-hf
RWKV/rwkv-4-world-7b togethercomputer/RedPajama-INCITE-7B-Chat togethercomputer/LLaMA-2-7B-32K-Instruct
OpenAssistant/oasst-sft-4-pythia-12b-epoch-3.5 Deci/DeciLM-7B-instruct adept/persimmon-8b-chat xverse/XVERSE-7B-Chat
vicgalle/Configurable-Llama-3.1-8B-Instruct arcee-ai/AFM-4.5B PrimeIntellect/INTELLECT-2 agentica-org/DeepCoder-14B-Preview
open-thoughts/OpenThinker3-7B simplescaling/s1.1-32B NovaSky-AI/Sky-T1-32B-Preview all-hands/openhands-lm-32b-v0.1
swiss-ai/Apertus-8B-Instruct-2509 utter-project/EuroLLM-9B-Instruct BSC-LT/salamandra-7b-instruct speakleash/Bielik-11B-v2.3-Instruct
`);
