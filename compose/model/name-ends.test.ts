import { endsInSpaceByte, problemAtEnd } from "./name-ends";

const SPACE = "has a space at the end of its name";
const BYTE = "has a name whose last character ends in a byte that Compose takes for a space";

// `isRefused` is what `docker compose config` of 5.6.0 does with `environment: ["NAME=b"]`.
test.each<[string, boolean, string | undefined]>([
  ["", false, undefined],
  ["A", false, undefined],
  ["A B", false, undefined],
  ["A ", true, SPACE],
  ["A\t", true, SPACE],
  ["A\r", true, SPACE],
  ["A\u000e", false, undefined],
  ["A\u00a0", true, SPACE],
  ["A\u2005", true, SPACE],
  ["A\u3000", false, SPACE],
  ["A\ufeff", false, SPACE],
  ["A\u0085", true, BYTE],
  ["A\u00e0", true, BYTE],
  ["A\u00c5", true, BYTE],
  ["A\u00e4", false, undefined],
  ["A\u{1f605}", true, BYTE],
  ["A\u{1f600}", false, undefined],
])("Compose refuses the name %j: %s; its problem: %s", (name, isRefused, problem) => {
  expect([endsInSpaceByte(name), problemAtEnd(name)]).toEqual([isRefused, problem]);
});
