import type { CatalogueEntry } from "../lyceum/catalogue";

/**
 * Every error code of storage. A code keeps its meaning for ever. The page of errors lists each code, and a test
 * compares the page with this table.
 */
export const STORAGE_CATALOGUE = {
  LYC6001: {
    title: "The bucket cannot be reached",
    remedy:
      "Check the network and the proxy, then run the same command again: what is stored already is not sent again.",
  },
  LYC6002: {
    title: "The bucket refused access",
    remedy: "Check in the dashboard that the account has storage and that the API key may use it.",
  },
  LYC6003: {
    title: "The bucket is full",
    remedy: "Remove files that nobody needs with `npx pulumi-lyceum files rm`, then run the same command again.",
  },
  LYC6004: {
    title: "The bucket failed several times",
    remedy: "Run the same command again later: what is stored already is not sent again.",
  },
  LYC6005: {
    title: "The bucket refused the request",
    remedy: "Correct what the message names. If it names nothing, report the message.",
  },
  LYC6006: {
    title: "There is no such file in the bucket",
    remedy: "`npx pulumi-lyceum files` lists what the bucket has.",
  },
  LYC6007: {
    title: "A file changed while it was read",
    remedy: "Wait until nothing writes the file any more, then run the same command again.",
  },
  LYC6008: {
    title: "A local file cannot be used",
    remedy: "Correct the path or its permissions.",
  },
  LYC6009: {
    title: "The name of a file in the bucket is not valid",
    remedy: "A name is a path such as input/data.csv: at most 1024 bytes, no part of it empty, `.` or `..`.",
  },
  LYC6010: {
    title: "What arrived is not what was sent",
    remedy:
      "Run the same command again. If it happens again, something between this machine and the bucket changes files.",
  },
  LYC6011: {
    title: "The answer of the bucket cannot be read",
    remedy: "Check that no proxy or sign-in page answers instead of the bucket, then run the same command again.",
  },
  LYC6012: {
    title: "A file in the bucket belongs to somebody else",
    remedy:
      "Choose another `prefix`. Or, if nobody needs the file, remove it with `npx pulumi-lyceum files rm`, then run the same command again.",
  },
  LYC6013: {
    title: "A link leads out of the folder",
    remedy:
      "Put the file into the folder, or leave the link out with `exclude`. If `source` is the link, name its target instead.",
  },
  LYC6014: {
    title: "Stored files cannot be imported",
    remedy: "Declare the resource instead: files that the bucket has with the same content are not sent again.",
  },
  LYC6015: {
    title: "Storing files was interrupted",
    remedy: "Run the same command again: it sends only the rest.",
  },
  LYC6016: {
    title: "Two resources store the same file",
    remedy: "Give one of them another `prefix`.",
  },
  LYC6020: {
    title: "A file is too large for a program",
    remedy: "Let a run read the file, or fetch it with `npx pulumi-lyceum files get`.",
  },
  LYC6021: {
    title: "A file is not text",
    remedy: "Let the run write text in UTF-8, or fetch the file with `npx pulumi-lyceum files get`.",
  },
  LYC6022: {
    title: "A file is not the one that the run left",
    remedy: "Name its `key` in place of `artifact` to read what the bucket has now, or start the run again.",
  },
} as const satisfies Readonly<Record<`LYC60${string}`, CatalogueEntry>>;

/** A stable error code of storage. */
export type StorageErrorCode = keyof typeof STORAGE_CATALOGUE;
