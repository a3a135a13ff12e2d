export { applyEdits } from "./apply-edits";
export { type FixedTexts, fixTexts } from "./fix-texts";
