import { type CorpusCase, type CorpusKind, caseOf, secret } from "../case";
import { allPasswords } from "../passwords";
import { APPLICATION_FILES } from "./applications";
import { CREDENTIAL_FILES } from "./credentials";
import type { FileRow } from "./row";
import { SERVER_FILES } from "./servers";

function casesOf(row: FileRow): readonly CorpusCase[] {
  return allPasswords(row.name).flatMap(({ style, password }) => {
    let writable = true;
    const text = row.write((spell) => {
      writable &&= spell !== undefined || !/["'\\]/.test(password);
      return secret(spell === undefined ? password : spell(password), password);
    }, password);
    return writable ? [caseOf(`${row.name}, ${style}`, text, { file: row.file })] : [];
  });
}

/** Files that people mount. For each style of password, the corpus has a copy of each file with such a password. */
export const files: CorpusKind = {
  kind: "contents of files",
  match: "exact",
  cases: [...SERVER_FILES, ...APPLICATION_FILES, ...CREDENTIAL_FILES].flatMap(casesOf),
};
