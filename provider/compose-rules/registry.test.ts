import { validateCompose } from "../../compose";
import { type RegistryAccess, rulesOfText } from ".";

const aws = (region?: string): RegistryAccess => ({ type: "aws", ...(region === undefined ? {} : { region }) });
const basic = (username?: string): RegistryAccess => ({
  type: "basic",
  ...(username === undefined ? {} : { username }),
});
const ecr = "029608264753.dkr.ecr.us-east-1.amazonaws.com/team/app:1";
const overIpv6 = "029608264753.dkr-ecr.us-east-1.on.aws/team/app:1";

/** The diagnostics that the rule about registries reports for this image. */
function reported(image: string, registry: RegistryAccess | undefined): string {
  const text = `services:\n  a:\n    image: ${image}\n`;
  const { diagnostics } = validateCompose(text, rulesOfText(registry === undefined ? {} : { registry }));
  return diagnostics
    .filter(({ code }) => code !== "LYC2308")
    .map(({ code, message }) => `${code} ${message.replace("services.a.image ", "")}`)
    .join();
}

it.each([
  [
    "one with a user's password",
    ecr,
    basic("someone"),
    "is in a registry of AWS, and the credentials are of type `basic`",
  ],
  ["another region's", ecr, aws("eu-west-1"), "is in a registry of another region than the credentials name"],
  ["one over IPv6", overIpv6, { type: "none" }, "is in a registry of AWS, and the run has no credentials"],
] as const)("reports %s", (_name, image, registry, message) => {
  expect(reported(image, registry)).toBe(`LYC2407 ${message}`);
});

it.each([
  ["images that fit", ecr, aws("us-east-1")],
  ["credentials that are not known yet", ecr, undefined],
  ["credentials whose region is not known yet", ecr, aws()],
  ["a token as a password", ecr, basic("AWS")],
  ["a user that is not known yet", ecr, basic()],
  ["the public registry of AWS", "public.ecr.aws/team/app", { type: "none" }],
  ["a host that only looks like it", "x029608264753.dkr.ecr.us-east-1.amazonaws.com/a", { type: "none" }],
] as const)("has nothing against %s", (_name, image, registry) => expect(reported(image, registry)).toBe(""));
