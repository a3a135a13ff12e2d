import { deeply, isMap, type Json, mapAt } from "./json";
import { inServices, isSize, without, withoutDependencies } from "./parts";

/** One step that changes a result so that it can be compared. */
export interface Step {
  readonly what: string;
  readonly why: string;
  /** `root` is the folder to which the paths of the project belong. */
  readonly apply: (model: Json, folder: string, root: string) => Json;
}

/** Steps for the output of Compose only. */
export const ofCompose: readonly Step[] = [
  {
    what: "a doubled dollar sign in a key becomes one",
    why: "Compose doubles every dollar sign when it prints, and does not interpolate keys",
    apply: (model) =>
      deeply(model, (value) =>
        isMap(value)
          ? Object.fromEntries(Object.entries(value).map(([key, found]) => [key.replaceAll("$$", "$"), found]))
          : value,
      ),
  },
  {
    what: "profiles are removed",
    why: "Compose prints only services that run, and the printed text must run without a named profile",
    apply: (model) => inServices(model, (service) => without(service, "profiles")),
  },
  {
    what: "an optional dependency on a service that does not exist is removed",
    why: "the service is off by its profile, so the printed text names a service that it does not contain",
    apply: (model) =>
      inServices(model, (service) =>
        withoutDependencies(service, (name, found) => {
          const optional = isMap(found) && found.required === false;
          return optional && !(name in mapAt(model, "services"));
        }),
      ),
  },
  {
    what: "a count of -1 becomes `all`",
    why: "Compose prints -1 for `all`",
    apply: (model) => deeply(model, (value, path) => (value === -1 && path.at(-1) === "count" ? "all" : value)),
  },
  {
    what: "keys of `blkio_config` are in lowercase",
    why: "Compose's JSON has Path, Rate and Weight, which Compose itself refuses as input",
    apply: (model) =>
      deeply(model, (value, path) =>
        isMap(value) && path[2] === "blkio_config" && path.length > 3
          ? Object.fromEntries(Object.entries(value).map(([key, found]) => [key.toLowerCase(), found]))
          : value,
      ),
  },
  {
    what: "a size of -1 becomes a number",
    why: "Compose prints a text that it refuses as input",
    apply: (model) =>
      deeply(model, (value, path) =>
        value === "-1" && isSize.test(path.at(-1) ?? "") && path.at(-2) !== "storage_opt" ? -1 : value,
      ),
  },
];
