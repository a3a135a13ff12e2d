import { child, hasVariables, type Location, stringAt } from "../../compose/rule";
import type { RegistryAccess, RemoteContext, RunContext } from "./context";

/** Reports an image in a private AWS registry (ECR) if the run probably has no valid credentials for the registry. */
export function validateRegistry(context: RemoteContext, { registry }: RunContext): void {
  if (registry === undefined) return;
  for (const location of context.containers) {
    const image = child(location, "image");
    const name = stringAt(image);
    // Only the name of an image in a registry of AWS (ECR) shows that credentials are needed.
    const region = name === undefined || hasVariables(name) ? undefined : ECR_HOST.exec(name)?.[1];
    if (image !== undefined && region !== undefined) validateEcr(context, image, region, registry);
  }
}

function validateEcr(context: RemoteContext, image: Location, region: string, registry: RegistryAccess): void {
  if (registry.type === "none") {
    context.addAt("LYC2407", image, "is in a registry of AWS, and the run has no credentials");
  } else if (registry.type === "basic") {
    // For ECR, the user name is always `AWS`. With this user name, the password may be a valid token, so nothing is
    // reported.
    if (registry.username === undefined || registry.username === "AWS") return;
    context.addAt("LYC2407", image, "is in a registry of AWS, and the credentials are of type `basic`");
  } else if (registry.region !== undefined && registry.region !== region) {
    context.addAt("LYC2407", image, "is in a registry of another region than the credentials name", {
      remedy: "Give the region in the image's name as `region` of `registryCredentials`.",
    });
  }
}

const ECR_HOST = /^\d{12}\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]{1,40})\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\//;
