import { wordsOf } from "../../random";

/** Models with reduced precision, and files of such models. */
export const QUANTIZED_MODELS = wordsOf(`
TheBloke/Llama-2-7B-Chat-GPTQ TheBloke/Llama-2-70B-Chat-AWQ TheBloke/Mistral-7B-Instruct-v0.2-GGUF
TheBloke/Mixtral-8x7B-Instruct-v0.1-GPTQ TheBloke/CodeLlama-34B-Instruct-AWQ TheBloke/zephyr-7B-beta-AWQ
TheBloke/deepseek-coder-33B-instruct-GPTQ TheBloke/Nous-Hermes-2-Mixtral-8x7B-DPO-GGUF TheBloke/WizardCoder-Python-34B-V1.0-AWQ
TheBloke/TinyLlama-1.1B-Chat-v1.0-GGUF TheBloke/OpenHermes-2.5-Mistral-7B-AWQ TheBloke/Yi-34B-Chat-AWQ
Qwen/Qwen1.5-7B-Chat-GPTQ-Int4 Qwen/Qwen2-72B-Instruct-AWQ Qwen/Qwen2.5-7B-Instruct-AWQ Qwen/Qwen2.5-72B-Instruct-GPTQ-Int8
Qwen/Qwen2.5-14B-Instruct-GPTQ-Int4 Qwen/Qwen2.5-Coder-32B-Instruct-AWQ Qwen/Qwen2.5-0.5B-Instruct-GGUF
Qwen/Qwen2.5-VL-72B-Instruct-AWQ Qwen/Qwen3-8B-FP8 Qwen/Qwen3-32B-AWQ Qwen/Qwen3-235B-A22B-GPTQ-Int4
Qwen/Qwen3-30B-A3B-Instruct-2507-FP8 Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8 Qwen/QwQ-32B-AWQ
neuralmagic/Meta-Llama-3.1-8B-Instruct-FP8 neuralmagic/Meta-Llama-3.1-70B-Instruct-quantized.w4a16
neuralmagic/Llama-3.2-90B-Vision-Instruct-FP8-dynamic RedHatAI/Llama-3.3-70B-Instruct-quantized.w8a8
RedHatAI/Mistral-Small-3.1-24B-Instruct-2503-FP8-dynamic RedHatAI/DeepSeek-R1-Distill-Llama-70B-FP8-dynamic
RedHatAI/gemma-3-27b-it-quantized.w4a16 nvidia/Llama-3.1-405B-Instruct-FP8 nvidia/DeepSeek-R1-0528-FP4 nvidia/Llama-3.3-70B-Instruct-FP4
hugging-quants/Meta-Llama-3.1-405B-Instruct-AWQ-INT4 hugging-quants/Meta-Llama-3.1-8B-Instruct-GPTQ-INT4
casperhansen/llama-3-70b-instruct-awq casperhansen/mixtral-instruct-awq casperhansen/llama-3.3-70b-instruct-awq
cognitivecomputations/DeepSeek-R1-AWQ cognitivecomputations/DeepSeek-V3-AWQ ISTA-DASLab/gemma-3-27b-it-GPTQ-4b-128g
ISTA-DASLab/Meta-Llama-3-70B-AQLM-2Bit-1x16 unsloth/Llama-3.2-3B-Instruct-bnb-4bit unsloth/DeepSeek-R1-GGUF
unsloth/Qwen3-30B-A3B-GGUF unsloth/gemma-3-27b-it-GGUF unsloth/Meta-Llama-3.1-8B-Instruct-unsloth-bnb-4bit
unsloth/gpt-oss-20b-GGUF unsloth/Qwen3-Coder-30B-A3B-Instruct-GGUF bartowski/Llama-3.3-70B-Instruct-GGUF
bartowski/Qwen2.5-Coder-32B-Instruct-GGUF bartowski/Meta-Llama-3.1-8B-Instruct-GGUF bartowski/DeepSeek-R1-Distill-Qwen-32B-GGUF
lmstudio-community/Meta-Llama-3-8B-Instruct-GGUF MaziyarPanahi/Mixtral-8x22B-v0.1-GGUF QuantFactory/Meta-Llama-3-8B-Instruct-GGUF
mradermacher/Llama-3.1-70B-Instruct-i1-GGUF ggml-org/gemma-3-4b-it-GGUF ggml-org/gpt-oss-120b-GGUF
mlx-community/Llama-3.2-3B-Instruct-4bit mlx-community/Qwen2.5-Coder-14B-Instruct-8bit mlx-community/Mistral-7B-Instruct-v0.3-4bit
turboderp/Llama-3.1-8B-Instruct-exl2 LoneStriker/Mixtral-8x7B-Instruct-v0.1-3.5bpw-h6-exl2 mobiuslabsgmbh/Llama-2-7b-chat-hf_4bitnf_HQQ
microsoft/Phi-3-mini-4k-instruct-gguf google/gemma-3-12b-it-qat-q4_0-gguf google/gemma-2b-it-GGUF deepseek-ai/DeepSeek-V3-Base-FP8
RedHatAI/Meta-Llama-3.1-8B-Instruct-quantized.w8a8 RedHatAI/Qwen2.5-VL-7B-Instruct-FP8-Dynamic amd/Llama-3.1-70B-Instruct-FP8-KV
amd/Mixtral-8x7B-Instruct-v0.1-FP8-KV OPEA/DeepSeek-V3-int4-sym-gptq-inc Intel/Qwen3-30B-A3B-Instruct-2507-int4-AutoRound
cyankiwi/GLM-4.5-Air-AWQ-4bit QuixiAI/Qwen3-235B-A22B-AWQ stelterlab/Mistral-Small-24B-Instruct-2501-AWQ
llama-2-7b-chat.Q4_K_M.gguf mistral-7b-instruct-v0.2.Q5_K_S.gguf Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf
Qwen2.5-Coder-32B-Instruct-IQ4_XS.gguf DeepSeek-R1-UD-IQ1_S-00001-of-00003.gguf gemma-3-27b-it-UD-Q4_K_XL.gguf
mixtral-8x7b-instruct-v0.1.Q3_K_L.gguf Phi-3-mini-4k-instruct-q4.gguf qwen2.5-0.5b-instruct-q8_0.gguf
Llama-3.2-3B-Instruct-IQ3_M.gguf model-00001-of-00004.safetensors pytorch_model-00002-of-00003.bin
consolidated.00.pth ggml-large-v3-turbo-q5_0.bin ggml-model-Q4_K_M.gguf gpt-oss-20b-mxfp4.gguf
`);

/** Models of Ollama. */
export const OLLAMA_MODELS = wordsOf(`
llama3.1 llama3.1:8b llama3.1:70b-instruct-q4_K_M llama3.2:3b-instruct-fp16 llama3.2-vision:11b llama3.3:70b llama2-uncensored:7b
llama4:scout llama-guard3:8b mistral:7b-instruct-v0.3-q4_K_M mistral-nemo:12b mistral-small3.2:24b mixtral:8x7b-instruct-v0.1-q4_0
mixtral:8x22b-instruct-v0.1-q3_K_S codestral:22b-v0.1-q5_K_M devstral:24b qwen2.5:7b-instruct-q8_0 qwen2.5-coder:32b-base-q4_K_M
qwen2.5vl:7b qwen3:8b qwen3:30b-a3b-instruct-2507-q4_K_M qwen3:235b-a22b qwen3-coder:30b qwq:32b-preview-q4_K_M
deepseek-r1:7b deepseek-r1:671b deepseek-r1:1.5b-qwen-distill-q4_K_M deepseek-coder-v2:16b-lite-instruct-q4_K_M deepseek-v3:671b-q4_K_M
gemma:2b-instruct-v1.1-q4_0 gemma2:27b-instruct-q4_K_M gemma3:4b-it-qat gemma3n:e4b phi3:3.8b-mini-4k-instruct-q4_K_M phi4:14b
phi4-mini-reasoning gpt-oss:20b gpt-oss:120b-cloud command-r:35b-v0.1-q4_0 command-r-plus:104b starcoder2:15b-instruct-v0.1-q4_0
nomic-embed-text:v1.5 mxbai-embed-large:335m bge-m3 snowflake-arctic-embed2:568m all-minilm:33m granite3.3:8b granite-code:34b
codellama:70b-instruct-q4_K_M tinyllama:1.1b-chat-v1-q4_0 smollm2:1.7b-instruct-q4_K_M llava:34b-v1.6-q4_0 llava-llama3:8b
moondream:1.8b-v2-q4_0 minicpm-v:8b-2.6-q4_K_M nous-hermes2-mixtral:8x7b-dpo-q4_0 dolphin-mixtral:8x22b-v2.9-q4_0
wizardlm2:8x22b-q4_0 openhermes:7b-mistral-v2.5-q4_0 neural-chat:7b-v3.3-q4_0 solar:10.7b-instruct-v1-q4_0 yi:34b-chat-v1.5-q4_0
orca-mini:3b vicuna:13b-v1.5-16k-q4_0 zephyr:141b-v0.1-q4_0 falcon3:10b exaone-deep:7.8b cogito:32b olmo2:13b-1124-instruct-q4_K_M
hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M hf.co/unsloth/Qwen3-30B-A3B-GGUF:UD-Q4_K_XL
`);
