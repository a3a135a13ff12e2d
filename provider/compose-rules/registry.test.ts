import { validateCompose } from "../../compose";
import { type RegistryAccess, rulesOfText } from ".";
import { accountOf } from "./registry";

const idOf = (letters: string) => ["AKIA", letters].join("");
const own = idOf("QNZGKIQY56JQ7WML");
const aws = (more: { accessKeyId?: string; region?: string } = {}): RegistryAccess => ({ type: "aws", ...more });
const basic = (username?: string): RegistryAccess => ({
  type: "basic",
  ...(username === undefined ? {} : { username }),
});
const ecr = (account = "029608264753", region = "us-east-1", rest = "dkr.ecr", end = "amazonaws.com") =>
  `${account}.${rest}.${region}.${end}/team/app:1`;

/** What is reported for the image. */
function reported(image: string, registry: RegistryAccess | undefined): string {
  const text = `services:\n  a:\n    image: ${image}\n`;
  const { diagnostics } = validateCompose(text, rulesOfText(registry === undefined ? {} : { registry }));
  return diagnostics
    .filter(({ code }) => code !== "LYC2308")
    .map(({ code, message }) => `${code} ${message.replace("services.a.image is in ", "")}`)
    .join();
}

it.each([
  ["one with a user's password", ecr(), basic("someone"), "a registry of AWS, and the credentials are of type `basic`"],
  [
    "another account's",
    ecr("111122223333"),
    aws({ accessKeyId: own }),
    "the registry of another AWS account than the credentials are of",
  ],
  [
    "another region's",
    ecr(),
    aws({ accessKeyId: own, region: "eu-west-1" }),
    "a registry of another region than the credentials name",
  ],
  [
    "one over IPv6",
    ecr("029608264753", "us-east-1", "dkr-ecr", "on.aws"),
    { type: "none" },
    "a registry of AWS, and the run has no credentials",
  ],
] as const)("reports %s", (_name, image, registry, message) => {
  expect(reported(image, registry)).toBe(`LYC2407 ${message}`);
});

it.each([
  ["images that fit", ecr(), aws({ accessKeyId: own, region: "us-east-1" })],
  ["credentials that are not known yet", ecr(), undefined],
  ["a key id that holds no account", ecr("111122223333"), aws({ accessKeyId: idOf("IOSFODNN7EXAMPLE") })],
  ["a token as a password", ecr(), basic("AWS")],
  ["a user that is not known yet", ecr(), basic()],
  ["the public registry of AWS", "public.ecr.aws/team/app", { type: "none" }],
  ["a host that only looks like it", "x029608264753.dkr.ecr.us-east-1.amazonaws.com/a", { type: "none" }],
] as const)("has nothing against %s", (_name, image, registry) => expect(reported(image, registry)).toBe(""));

it("finds the account in an access key id, where there is one", () => {
  expect(accountOf(own)).toBe("029608264753");
  expect(accountOf(idOf("IOSFODNN7EXAMPLE"))).toBeUndefined();
  expect(accountOf("canary")).toBeUndefined();
});
