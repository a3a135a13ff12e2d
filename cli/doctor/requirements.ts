import { ownManifest } from "../../provider/lyceum/own-version";

/** The least versions of Node and the Pulumi SDK, as this package's manifest has them. */
export function requirements(): { readonly node: string; readonly pulumi: string } {
  const { engines, peerDependencies } = ownManifest() ?? {};
  const least = (range: unknown): string => /(?<!\d)\d+\.\d+\.\d+/.exec(String(range))?.[0] ?? "0.0.0";
  return { node: least(engines?.node), pulumi: least(peerDependencies?.["@pulumi/pulumi"]) };
}
