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

/** Values with one meaning that Lyceum and Compose print differently. */
const ofBoth: readonly Step[] = [
  {
    what: "the project's name has only lowercase letters, digits, dashes and underscores",
    why: "Compose removes other characters from the name",
    apply: (model) => {
      if (!isMap(model) || typeof model.name !== "string") return model;
      const name = projectName(model.name);
      return name === "" ? without(model, "name") : { ...model, name };
    },
  },
  {
    what: "a default name of a network, volume, config or secret is removed",
    why: "Compose adds this name, made of the project's name and the key, if the text has no name",
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
    what: "a range of ports is replaced by its ports",
    why: "Compose prints every port of a range, up to 65535",
    apply: (model) =>
      inServices(model, (service) =>
        Array.isArray(service.ports) ? { ...service, ports: service.ports.flatMap(portsOfRange) } : service,
      ),
  },
  {
    what: "the project's name is removed if it is the name of the folder",
    why: "Compose adds the name of the folder if the text has none, and a run has another name anyway",
    apply: (model, folder) =>
      isMap(model) && model.name === projectName(basename(folder)) ? without(model, "name") : model,
  },
  {
    what: "paths of the project's folder are relative to it",
    why: "Compose prints absolute paths, which are wrong on another machine",
    apply: (model, folder, root) =>
      deeply(model, (value) => {
        if (typeof value !== "string" || !(value.startsWith("../") || `${value}/`.startsWith(`${root}/`))) return value;
        const relativePath = posix.relative(folder, posix.resolve(folder, value));
        return relativePath === "" ? "." : relativePath.startsWith("..") ? relativePath : `./${relativePath}`;
      }),
  },
  {
    what: "a command or entrypoint of null is removed",
    why: "Compose prints null if the text has no such key, and null has no effect",
    apply: (model) =>
      deeply(model, (value, path) => {
        if (!isMap(value) || (path[0] !== "services" && path[0] !== "jobs")) return value;
        return Object.fromEntries(
          Object.entries(value).filter(([key, found]) => !(found === null && /^(command|entrypoint)$/.test(key))),
        );
      }),
  },
  {
    what: "extension keys below the top level are removed",
    why: "Compose's JSON does not contain them",
    apply: (model) =>
      deeply(model, (value, path) =>
        isMap(value) && path.length > 0 && !userNamed.has(path.join(".").replace(/^(services|jobs)\.[^.]+/, "$1.*"))
          ? Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith("x-")))
          : value,
      ),
  },
  {
    what: "an empty list in an extension becomes null",
    why: "Compose prints null for such a list",
    apply: (model) =>
      deeply(model, (value, path) =>
        path[0]?.startsWith("x-") && Array.isArray(value) && isEmpty(value) ? null : value,
      ),
  },
  {
    what: "the default values of a dependency are removed",
    why: "Compose always prints `required: true`, and omits `restart: false`",
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
    what: "dependencies that follow from links, volumes_from and shared namespaces are removed",
    why: "Compose adds these dependencies when it reads the text, also when a remote machine reads it",
    apply: (model) => inServices(model, withoutImplied),
  },
  {
    what: "the networks of a service that is only in the default network are removed",
    why: "a service without `networks` is in the default network, and Compose prints that",
    apply: (model) =>
      inServices(model, (service) => {
        const { networks } = service;
        const only = isMap(networks) && Object.keys(networks).join() === "default" && networks.default === null;
        return only ? without(service, "networks") : service;
      }),
  },
  {
    what: "the default context and `dockerfile` of a build are removed",
    why: "Compose prints both",
    apply: (model) =>
      inServices(model, (service) => {
        const { build } = service;
        if (!isMap(build)) return service;
        const plain = build.dockerfile === "Dockerfile" ? without(build, "dockerfile") : build;
        return { ...service, build: plain.context === "." ? without(plain, "context") : plain };
      }),
  },
  {
    what: "replicas that are equal to `scale` are removed",
    why: "Compose copies `scale` to `deploy.replicas`",
    apply: (model) =>
      inServices(model, (service) => {
        const deploy = mapAt(service, "deploy");
        return deploy.replicas !== undefined && deploy.replicas === service.scale
          ? { ...service, deploy: without(deploy, "replicas") }
          : service;
      }),
  },
  {
    what: "an option of a service's `provider` without a value is removed",
    why: "Compose omits the option",
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
    what: "settings that are zero, false, empty or null are removed, except those whose zero Compose prints",
    why: "Compose omits most settings with such a value",
    apply: (model) => deeply(model, (value, path) => (isMap(value) ? withoutZeros(value, path) : value)),
  },
  {
    what: "a default network without settings is removed",
    why: "every project has this network, whether the text declares it or not",
    apply: (model) => {
      const { default: implied, ...networks } = mapAt(model, "networks");
      const idle = implied !== undefined && (implied === null || isEmpty(implied));
      return idle && isMap(model) ? { ...model, networks } : model;
    },
  },
  {
    what: "an empty section is removed",
    why: "an empty section has no effect",
    apply: (model) =>
      isMap(model)
        ? Object.fromEntries(Object.entries(model).filter(([, value]) => !(isMap(value) && isEmpty(value))))
        : model,
  },
];

/** A value that the newest release prints differently from the oldest release. */
const ofNewest: Step = {
  what: "`create_host_path: true` of a mount is removed",
  why: "the newest release omits this default, and the oldest release prints it",
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
 * Returns both results in a form that can be compared. `root` is the folder to which the paths of the project belong.
 * `used` is called for each step that changes something.
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
