import { sizeText } from "../display/sizes";
import { bytesOf } from "../files";
import { createTrees, findRun, releaseMounts, removeMounts, runFolder, storeMounts } from "../files/mounts";
import { countOf, mountsFolder, namesOf } from "../files/resource";
import { folderOf, type Report, type Uploads } from "../lifecycle";
import { readMountPath } from "../lyceum/configuration/settings";
import { type Bucket, StorageError } from "../storage";

/** The effects and settings of a process that are necessary for uploads. */
export interface UploadPorts {
  /** Returns the account's bucket. Called only when a request is sent, because a preview needs no credentials. */
  readonly bucket: () => Bucket;
  readonly report: Report;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Counts bytes that are about to be sent. Throws an error if the policy of a pipeline does not allow them. */
  readonly admit: (bytes: number) => void;
  /** The setting `s3MountPath`. */
  readonly mountPath: () => string | undefined;
}

/**
 * The shortest time between two progress texts on the resource's row in Pulumi's output, in milliseconds. The text
 * after the last file does not wait for this time.
 */
const PROGRESS_EVERY = 5000;

/**
 * Makes the functions that read local files that services mount, and that store and remove these files in the bucket.
 */
export function createUploads({ bucket, report, now, mountPath, admit }: UploadPorts): Uploads {
  const trees = createTrees(now);
  return {
    read: trees.describe,
    mountPath: () => readMountPath(mountPath()),
    folder: mountsFolder,
    async store({ urn, writer, resource, run, mounts }, signal) {
      const read = [];
      for (const mount of mounts) {
        const { hash, files } = await trees.read(mount.local, mount.leave);
        if (hash !== mount.content)
          throw new StorageError("LYC6007", `The files of ${mount.path} changed after the command had checked them.`);
        read.push({ files, folder: (folder: string) => folderOf(mount, { resource, run: folder }) });
      }
      let [count, total, stored, sent, shownAt] = [0, 0, 0, 0, now()];
      const show = (): void => {
        if (stored < count && now() - shownAt < PROGRESS_EVERY) return;
        shownAt = now();
        report.progress(
          urn,
          `stored ${stored} of ${countOf(count, "file")}, ${sizeText(sent)} of ${sizeText(total)}, before the start`,
        );
      };
      const progress = {
        planned: ({ puts }: { readonly puts: readonly { readonly file: { readonly bytes: number } }[] }) => {
          count = puts.length;
          total = bytesOf(puts.map(({ file }) => file));
          admit(total);
        },
        onBytes: (bytes: number) => {
          sent += bytes;
          if (stored < count) show();
        },
        onStored: () => {
          stored += 1;
          show();
        },
      };
      const folder = await storeMounts(bucket(), { writer, resource, run, mounts: read }, progress, { signal });
      if (count > 0)
        report.notice(urn, `Stored ${countOf(count, "file")} (${sizeText(total)}) in the bucket for the run.`);
      return folder;
    },
    likelyFolder: ({ resource, run }) => runFolder(resource, run),
    find: ({ resource, run }, signal) => findRun(bucket(), { resource, run }, { signal }),
    release: ({ resource, run }, signal) => releaseMounts(bucket(), { resource, folder: run }, { signal }),
    async remove({ urn, writer, folders, planned }, signal) {
      const { removed, changed } = await removeMounts(
        bucket(),
        {
          writer,
          resource: folders.resource,
          folder: folders.run,
          planned: [...planned].map((hash) => `${folders.resource}files/${hash}/`),
        },
        { signal },
      );
      if (removed.length > 0) report.progress(urn, `removed ${countOf(removed.length, "file")} from the bucket`);
      if (changed.length > 0) {
        const are = changed.length === 1 ? "stays" : "stay";
        report.notice(
          urn,
          `${countOf(changed.length, "file")} that the run has changed ${are} in the bucket: ${namesOf(changed)}.`,
        );
      }
    },
  };
}
