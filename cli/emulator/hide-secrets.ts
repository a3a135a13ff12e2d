import type { HideSecrets } from "../../emulator/src/emulator";
import { createRedactor, shownText } from "../../provider/secrets";

/**
 * Hides on the emulator's page what the commands hide: the secrets of a Compose text, and the same values in the output
 * of its run.
 */
export const hideSecrets: HideSecrets = (composeText) => {
  const { text, values } = shownText(composeText);
  const hide = createRedactor(values);
  // The text may repeat a secret where nothing shows that the value is secret.
  return { text: hide(text), hide };
};
