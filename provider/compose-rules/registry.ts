import { child, hasVariables, type Location, stringAt } from "../../compose/rule";
import type { RegistryAccess, RemoteContext, RunContext } from "./context";

/** A private registry of AWS (ECR), by the host of an image. */
interface Ecr {
  readonly account: string;
  readonly region: string;
}

/** Images that the run's credentials can hardly fetch. */
export function validateRegistry(context: RemoteContext, { registry }: RunContext): void {
  if (registry === undefined) return;
  for (const { location } of context.services) {
    const image = child(location, "image");
    const name = stringAt(image);
    const ecr = name === undefined || hasVariables(name) ? undefined : ecrOf(name);
    // Whether an image elsewhere needs credentials at all, nobody can tell by its name.
    if (image !== undefined && ecr !== undefined) validateEcr(context, image, ecr, registry);
  }
}

function validateEcr(
  context: RemoteContext,
  image: Location,
  { account, region }: Ecr,
  registry: RegistryAccess,
): void {
  if (registry.type === "none") {
    context.addAt("LYC2407", image, "is in a registry of AWS, and the run has no credentials");
  } else if (registry.type === "basic") {
    // The one user that ECR knows; the password is then a token for twelve hours.
    if (registry.username === undefined || registry.username === "AWS") return;
    context.addAt("LYC2407", image, "is in a registry of AWS, and the credentials are of type `basic`");
  } else {
    const own = registry.accessKeyId === undefined ? undefined : accountOf(registry.accessKeyId);
    if (own !== undefined && own !== account) {
      context.addAt("LYC2407", image, "is in the registry of another AWS account than the credentials are of", {
        remedy: "Give credentials of that account, unless its registry lets yours in.",
      });
    } else if (registry.region !== undefined && registry.region !== region) {
      context.addAt("LYC2407", image, "is in a registry of another region than the credentials name", {
        remedy: "Give the region in the image's name as `region` of `registryCredentials`.",
      });
    }
  }
}

const ecrHost = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]{1,40})\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\//;

function ecrOf(image: string): Ecr | undefined {
  const [, account, region] = ecrHost.exec(image) ?? [];
  return account === undefined || region === undefined ? undefined : { account, region };
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * The account that an AWS access key id belongs to: what follows its first four letters is base 32, and there the forty
 * bits behind the first are the account. `undefined` for an id of another form; those issued before 2019 hold none, and
 * have that first bit unset.
 */
export function accountOf(accessKeyId: string): string | undefined {
  if (!/^A[KS]IA[Q-Z2-7][A-Z2-7]{15}$/.test(accessKeyId)) return undefined;
  let bits = 0n;
  // Ten letters are fifty bits; the first of them and the last nine are something else.
  for (const letter of accessKeyId.slice(4, 14)) bits = bits * 32n + BigInt(letters.indexOf(letter));
  const account = (bits >> 9n) & 0xff_ffff_ffffn;
  return account.toString().padStart(12, "0");
}
