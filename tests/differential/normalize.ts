import { basename, posix } from "node:path";
import type { Release } from "./docker-compose";
import { deeply, isMap, type Json, mapAt } from "./json";
import {
  inResources,
  inServices,
  isEmpty,
  portsOfRange,
  projectName,
  userNamed,
  without,
  withoutImplied,
  withoutZeros,
} from "./parts";
import { ofCompose, type Step } from "./printed-by-compose";

/** Values that mean the same but are printed in different forms by the two. */
const ofBoth: readonly Step[] = [
  {
    what: "the project's name is in small letters, digits, dashes and underscores",
    why: "Compose leaves out of it what is not",
    apply: (model) => {
      if (!isMap(model) || typeof model.name !== "string") return model;
      const name = projectName(model.name);
      return name === "" ? without(model, "name") : { ...model, name };
    },
  },
  {
    what: "names of networks, volumes, configs and secrets that are made of the project's name and theirs go",
    why: "Compose names them so where none is written",
    apply: (model, folder) => {
      const written = isMap(model) && typeof model.name === "string" ? model.name : projectName(basename(folder));
      return inResources(model, (resource, key) =>
        resource.name === `${written}_${key}` || (resource.external === true && resource.name === key)
          ? without(resource, "name")
          : resource,
      );
    },
  },
  {
    what: "a wide range of ports is its ports",
    why: "Compose writes out each of them, up to 65535",
    apply: (model) =>
      inServices(model, (service) =>
        Array.isArray(service.ports) ? { ...service, ports: service.ports.flatMap(portsOfRange) } : service,
      ),
  },
  {
    what: "the project's name goes where it is the folder's",
    why: "Compose takes that one where none is written; a run has a name of its own",
    apply: (model, folder) =>
      isMap(model) && model.name === projectName(basename(folder)) ? without(model, "name") : model,
  },
  {
    what: "paths of the project's folder are relative to it",
    why: "Compose writes absolute ones, which mean nothing elsewhere",
    apply: (model, folder, root) =>
      deeply(model, (value) => {
        if (typeof value !== "string" || !(value.startsWith("../") || `${value}/`.startsWith(`${root}/`))) return value;
        const relativePath = posix.relative(folder, posix.resolve(folder, value));
        return relativePath === "" ? "." : relativePath.startsWith("..") ? relativePath : `./${relativePath}`;
      }),
  },
  {
    what: "a command or entrypoint that is null goes",
    why: "Compose prints it where none is written, and it says nothing",
    apply: (model) =>
      deeply(model, (value, path) => {
        if (!isMap(value) || (path[0] !== "services" && path[0] !== "jobs")) return value;
        return Object.fromEntries(
          Object.entries(value).filter(([key, found]) => !(found === null && /^(command|entrypoint)$/.test(key))),
        );
      }),
  },
  {
    what: "extension keys below the top go",
    why: "Compose's JSON leaves them out",
    apply: (model) =>
      deeply(model, (value, path) =>
        isMap(value) && path.length > 0 && !userNamed.has(path.join(".").replace(/^(services|jobs)\.[^.]+/, "$1.*"))
          ? Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith("x-")))
          : value,
      ),
  },
  {
    what: "an empty list in an extension is nothing",
    why: "Compose prints it so",
    apply: (model) =>
      deeply(model, (value, path) =>
        path[0]?.startsWith("x-") && Array.isArray(value) && isEmpty(value) ? null : value,
      ),
  },
  {
    what: "a dependency that is required, and one that restarts nothing, need not say so",
    why: "Compose always says the one and leaves the other out",
    apply: (model) =>
      inServices(model, (service) => {
        const dependencies = Object.entries(mapAt(service, "depends_on")).map(([name, found]) => [
          name,
          isMap(found) && found.required === true ? without(found, "required") : found,
        ]);
        return "depends_on" in service ? { ...service, depends_on: Object.fromEntries(dependencies) } : service;
      }),
  },
  {
    what: "dependencies that follow from links, volumes_from and shared namespaces go",
    why: "Compose adds them when it reads the text, wherever that is",
    apply: (model) => inServices(model, withoutImplied),
  },
  {
    what: "a service that is in the default network alone says nothing of networks",
    why: "without a word a service is in it, and Compose writes that out",
    apply: (model) =>
      inServices(model, (service) => {
        const { networks } = service;
        const only = isMap(networks) && Object.keys(networks).join() === "default" && networks.default === null;
        return only ? without(service, "networks") : service;
      }),
  },
  {
    what: "a build from the project's folder by its `Dockerfile` need not say so",
    why: "Compose writes both out",
    apply: (model) =>
      inServices(model, (service) => {
        const { build } = service;
        if (!isMap(build)) return service;
        const plain = build.dockerfile === "Dockerfile" ? without(build, "dockerfile") : build;
        return { ...service, build: plain.context === "." ? without(plain, "context") : plain };
      }),
  },
  {
    what: "replicas that are the scale go",
    why: "Compose copies `scale` there",
    apply: (model) =>
      inServices(model, (service) => {
        const deploy = mapAt(service, "deploy");
        return deploy.replicas !== undefined && deploy.replicas === service.scale
          ? { ...service, deploy: without(deploy, "replicas") }
          : service;
      }),
  },
  {
    what: "an option of a provider without a value goes",
    why: "Compose leaves it out",
    apply: (model) =>
      inServices(model, (service) => {
        const provider = mapAt(service, "provider");
        const options = Object.entries(mapAt(provider, "options")).filter(([, found]) => !isEmpty(found));
        return "options" in provider
          ? { ...service, provider: { ...provider, options: Object.fromEntries(options) } }
          : service;
      }),
  },
  {
    what: "settings that are zero, false, empty or nothing go, but for those of which Compose keeps a zero",
    why: "Compose prints most settings only when they differ from that",
    apply: (model) => deeply(model, (value, path) => (isMap(value) ? withoutZeros(value, path) : value)),
  },
  {
    what: "a default network without settings goes",
    why: "it is there without a word",
    apply: (model) => {
      const { default: implied, ...networks } = mapAt(model, "networks");
      const idle = implied !== undefined && (implied === null || isEmpty(implied));
      return idle && isMap(model) ? { ...model, networks } : model;
    },
  },
  {
    what: "an empty section goes",
    why: "nothing is in it",
    apply: (model) =>
      isMap(model)
        ? Object.fromEntries(Object.entries(model).filter(([, value]) => !(isMap(value) && isEmpty(value))))
        : model,
  },
];

/** A value that the newest release prints in another form than the oldest. */
const ofNewest: Step = {
  what: "`create_host_path: true` of a mount goes",
  why: "it is the default of the newest release, which the oldest release prints and the newest does not",
  apply: (model) =>
    deeply(model, (value, path) =>
      isMap(value) && path.at(-1) === "bind" && value.create_host_path === true
        ? without(value, "create_host_path")
        : value,
    ),
};

interface Context {
  readonly root?: string;
  readonly used?: (what: string) => void;
  readonly release?: Release;
}

/**
 * Both results in a form that can be compared. `root` is the folder to which the paths of the project belong. `used` is
 * called for each step that changes something.
 */
export function normalized(
  model: Json,
  folder: string,
  by: "compose" | "us",
  { root = posix.dirname(folder), used = () => {}, release = "oldest" }: Context = {},
): Json {
  const common = release === "newest" ? [ofNewest, ...ofBoth] : ofBoth;
  const steps = by === "compose" ? [...ofCompose, ...common] : common;
  return steps.reduce((result, step) => {
    const next = step.apply(result, folder, root);
    if (JSON.stringify(next) !== JSON.stringify(result)) used(step.what);
    return next;
  }, model);
}

/** A description of each step, in one line. */
export const stepNames: readonly string[] = [...ofCompose, ...ofBoth].map(({ what }) => what);
