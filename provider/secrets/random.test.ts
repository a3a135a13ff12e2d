import { randomWords } from "./random";

const word = "q8Zk2Lw9Xv4Tn7Rb3Mc6Yd1F";
const digits = (length: number) => word.repeat(9).slice(0, length);
const edge = (which: string) => `-----${which} CERTIFICATE-----`;
const certificate = (body: string) => `${edge("BEGIN")}\n${body}\n${edge("END")}`;
const found = (text: string) => randomWords(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ["alone", word, word],
  ["in a sentence", `with ${word}, now`, word],
  ["the value of a name", `SOME_SETTING=${word}`, word],
  ["in JSON", `{"a":"${word}"}`, word],
  ["after a certificate", `-----BEGIN CERTIFICATE-----\n${digits(64)}\n-----END CERTIFICATE-----\n${word}`, word],
  ["between two certificates", `${certificate(digits(64))}\n${word}\n${certificate(digits(64))}`, word],
  ["after the first line of a certificate", `${edge("BEGIN")}\n${word}\n${edge("BEGIN")}`, word],
  ["between two last lines of certificates", `${certificate("x")}\n${word}\n${edge("END")}`, word],
  ["in two parts of 12 characters", `${digits(12)}-${digits(24).slice(12)}`, `${digits(12)}-${digits(24).slice(12)}`],
  ["in one part of 20 characters", `${digits(20)}-abc`, `${digits(20)}-abc`],
  ["with 6 turns in 21 characters", "abcdEfghIjkl1mnop2qrs-xyz", "abcdEfghIjkl1mnop2qrs-xyz"],
  ["with a digit after a capital letter", "abcdE1fghIjkl2mnopqrs-xyz", "abcdE1fghIjkl2mnopqrs-xyz"],
  ["with 2.9 bits in a character of a short part", "q8Zk2Lw9q8Zk-q8Zk2Lw9q8Zk", "q8Zk2Lw9q8Zk-q8Zk2Lw9q8Zk"],
  ["with 3.5 bits in a character", "aB1cx4Y5aB1cz6W7".repeat(2), "aB1cx4Y5aB1cz6W7".repeat(2)],
  ["at the end of a text of 2 000 000 characters", word.padStart(2_000_000), word],
])("random: %s", (_kind, text, expected) => expect(found(text)).toEqual([expected]));

test.each([
  ["a digest in base64", digits(43)],
  ["a digest in a sentence", `a ${digits(43)} digest`],
  ["two words of 19 characters", `${digits(19)}-abcd ${digits(19)}-abcd`],
  ["letters", "qZkLwXvTnRbMcYdFqZkLwXvT"],
  ["capital letters and digits", word.toUpperCase()],
  ["a digest in base64 with its padding", `${digits(43)}=`],
  ["a checksum of Go", `h1:${digits(43)}=`],
  ["a fingerprint", `SHA256:${digits(43)}`],
  ["the hash of a password", `john|{SHA512-CRYPT}$6$saltsalt$${digits(86)}`],
  ["an integrity", `integrity: sha512-${digits(70)}`],
  ["a public key of SSH", `ssh-rsa AAAAB3NzaC1yc2E${digits(70)}`],
  ["a public key by its name", `PublicKey = ${digits(30)}`],
  ["an id", `SHEET_ID=${digits(30)}`],
  ["an id before many words", `SHEET_ID=${digits(30)}${" x".repeat(40)}`],
  ["a parameter", `https://a/b?v=${digits(30)}`],
  ["a path", `_next/static/${digits(24)}/a.js`],
  ["a file", `${digits(30)}.css`],
  ["an image", `iVBORw0KGgo${digits(50)}`],
  ["a list of revoked certificates", `-----BEGIN X509 CRL-----\n${digits(64)}\n-----END X509 CRL-----`],
  ["a key of SSH", `---- BEGIN SSH2 PUBLIC KEY ----\n${digits(64)}\n---- END SSH2 PUBLIC KEY ----`],
  ["hexadecimal digits", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
  ["a name of words", "SomeVeryLongNameOfAClass2InJava"],
  ["two parts of 11 characters", `${digits(11)}-${digits(23).slice(12)}-ab`],
  ["parts of 12 and 7 characters", `${digits(12)}-${digits(19).slice(12)}-abcd`],
  ["one part of 19 characters", `${digits(19)}-abcd`],
  ["5 turns in 21 characters", "abcdefghIjkl1mnop2qrs-xyz"],
  ["fewer than 3.5 bits in a character", "aB1cx4Y5aB1cz6W7aB1cx4Y5aB1cx6W7"],
  ["a text of more than 2 000 000 characters", word.padStart(2_000_001)],
  ["a model", "Llama-3.1-Nemotron-70B-Instruct-HF"],
])("not random: %s", (_kind, text) => expect(found(text)).toEqual([]));
