import { randomWords } from "./random";

const word = "q8Zk2Lw9Xv4Tn7Rb3Mc6Yd1F";
const digits = (length: number) => word.repeat(9).slice(0, length);
const found = (text: string) => randomWords(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ["alone", word, word],
  ["in a sentence", `with ${word}, now`, word],
  ["the value of a name", `SOME_SETTING=${word}`, word],
  ["in JSON", `{"a":"${word}"}`, word],
  ["after a certificate", `-----BEGIN CERTIFICATE-----\n${digits(64)}\n-----END CERTIFICATE-----\n${word}`, word],
])("random: %s", (_kind, text, expected) => expect(found(text)).toEqual([expected]));

test.each([
  ["a digest in base64", digits(43)],
  ["a digest in base64 with its padding", `${digits(43)}=`],
  ["a checksum of Go", `h1:${digits(43)}=`],
  ["a fingerprint", `SHA256:${digits(43)}`],
  ["the hash of a password", `john|{SHA512-CRYPT}$6$saltsalt$${digits(86)}`],
  ["an integrity", `integrity: sha512-${digits(70)}`],
  ["a public key of SSH", `ssh-rsa AAAAB3NzaC1yc2E${digits(70)}`],
  ["a public key by its name", `PublicKey = ${digits(30)}`],
  ["an id", `SHEET_ID=${digits(30)}`],
  ["a parameter", `https://a/b?v=${digits(30)}`],
  ["a path", `_next/static/${digits(24)}/a.js`],
  ["a file", `${digits(30)}.css`],
  ["an image", `iVBORw0KGgo${digits(50)}`],
  ["a list of revoked certificates", `-----BEGIN X509 CRL-----\n${digits(64)}\n-----END X509 CRL-----`],
  ["a key of SSH", `---- BEGIN SSH2 PUBLIC KEY ----\n${digits(64)}\n---- END SSH2 PUBLIC KEY ----`],
  ["hexadecimal digits", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
  ["a name of words", "SomeVeryLongNameOfAClass2InJava"],
  ["a model", "Llama-3.1-Nemotron-70B-Instruct-HF"],
])("not random: %s", (_kind, text) => expect(found(text)).toEqual([]));
