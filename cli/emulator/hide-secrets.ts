import type { HideSecrets } from "../../emulator/src/emulator";
import { createRedactor, shownText } from "../../provider/secrets";

/** Masks secrets for the emulator's page: those of a Compose text, and the same values in the output of its run. */
export const hideSecrets: HideSecrets = (composeText) => {
  const { text, values } = shownText(composeText);
  const hide = createRedactor(values);
  // `shownText` masks a secret only where it finds the secret, for example at the key `PASSWORD`. `hide` masks the same
  // value in the rest of the text.
  return { text: hide(text), hide };
};
