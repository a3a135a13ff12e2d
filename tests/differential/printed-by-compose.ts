import { deeply, isMap, type Json, mapAt } from "./json";
import { inServices, isSize, without, withoutDependencies } from "./parts";

/** One step that changes a result so that it can be compared. */
export interface Step {
  readonly what: string;
  readonly why: string;
  /** `root` is the folder to which the paths of the project belong. */
  readonly apply: (model: Json, folder: string, root: string) => Json;
}

/** Values that Compose adds to those in the files. */
export const ofCompose: readonly Step[] = [
  {
    what: "a dollar sign in a key is one",
    why: "Compose doubles every dollar sign of its print, and puts no variables into keys",
    apply: (model) =>
      deeply(model, (value) =>
        isMap(value)
          ? Object.fromEntries(Object.entries(value).map(([key, found]) => [key.replaceAll("$$", "$"), found]))
          : value,
      ),
  },
  {
    what: "profiles go",
    why: "what is printed runs; a text that is sent on must not need a profile to be asked for",
    apply: (model) => inServices(model, (service) => without(service, "profiles")),
  },
  {
    what: "an optional dependency on a service that is not there goes",
    why: "a profile keeps the service off; on its own the text would name a service that it does not have",
    apply: (model) =>
      inServices(model, (service) =>
        withoutDependencies(service, (name, found) => {
          const optional = isMap(found) && found.required === false;
          return optional && !(name in mapAt(model, "services"));
        }),
      ),
  },
  {
    what: "a count of -1 is `all`",
    why: "it is how Compose prints it",
    apply: (model) => deeply(model, (value, path) => (value === -1 && path.at(-1) === "count" ? "all" : value)),
  },
  {
    what: "keys of `blkio_config` begin in lower case",
    why: "Compose's JSON has Path, Rate and Weight, which it would not read",
    apply: (model) =>
      deeply(model, (value, path) =>
        isMap(value) && path[2] === "blkio_config" && path.length > 3
          ? Object.fromEntries(Object.entries(value).map(([key, found]) => [key.toLowerCase(), found]))
          : value,
      ),
  },
  {
    what: "a size of -1 is a number",
    why: "Compose prints a text there that it would refuse to read",
    apply: (model) =>
      deeply(model, (value, path) =>
        value === "-1" && isSize.test(path.at(-1) ?? "") && path.at(-2) !== "storage_opt" ? -1 : value,
      ),
  },
];
