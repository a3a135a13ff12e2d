import { join } from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { lyceumPolicies } from "pulumi-lyceum/policy";

// One policy for each key of the file that `ci preview` reads, too.
new PolicyPack("runs", { policies: lyceumPolicies({ folder: join(__dirname, "../infra") }) });
