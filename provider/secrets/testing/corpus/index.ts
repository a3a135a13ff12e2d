import type { CorpusKind } from "./case";
import { files } from "./files";
import { addresses, commands, listItems, mappingEntries, optionValues } from "./names";
import { contents } from "./negatives/contents";
import { entries } from "./negatives/environment";
import { digests, ids, publicKeys } from "./negatives/identifiers";
import { images } from "./negatives/images";
import { models } from "./negatives/models";
import { output } from "./negatives/output";
import { paths } from "./negatives/paths";
import { tokens } from "./tokens";

export type { CorpusCase, CorpusKind } from "./case";
export { OUTPUT_LINES } from "./negatives/output";

/** Texts that contain secrets. */
export const WITH_SECRETS: readonly CorpusKind[] = [
  tokens,
  mappingEntries,
  listItems,
  optionValues,
  commands,
  addresses,
  files,
];

/** Ordinary texts in which the detector must find nothing, not even a word that looks random. */
export const NEVER_SECRET: readonly CorpusKind[] = [models, images, paths, digests, publicKeys];

/**
 * Ordinary texts in which some words may look random. The detector must find neither the form of a key nor the name of
 * a secret in them.
 */
export const NEVER_CERTAIN: readonly CorpusKind[] = [ids, entries, contents, output];
