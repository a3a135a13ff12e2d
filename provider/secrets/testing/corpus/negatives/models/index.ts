import { type CorpusCase, type CorpusKind, ordinary } from "../../case";
import { LANGUAGE_MODELS } from "./language";
import { OTHER_MODELS } from "./other";
import { OLLAMA_MODELS, QUANTIZED_MODELS } from "./quantized";

const MODELS = [...new Set([...LANGUAGE_MODELS, ...QUANTIZED_MODELS, ...OLLAMA_MODELS, ...OTHER_MODELS])];

/** Texts in which a project may name a model: alone, in a variable, in a list and in a command. */
function casesOf(model: string): readonly CorpusCase[] {
  return [
    ordinary(model, model),
    ordinary(model, model, { key: "MODEL_NAME" }),
    ordinary(model, `HF_MODEL_ID=${model}`),
    ordinary(model, model, { before: "--model" }),
    ordinary(model, `vllm serve ${model} --tokenizer ${model} --max-num-batched-tokens 8192`, { key: "command" }),
    ordinary(model, `  - name: local\n    model: ${model}\n    tokenizer: "${model}"\n`, { file: "models.yaml" }),
  ];
}

export const models: CorpusKind = { kind: "names of models", match: "part", cases: MODELS.flatMap(casesOf) };
