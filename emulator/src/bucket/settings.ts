/** How runs with `enable_s3_mount` see the bucket. Lyceum does not document which of these is right. */
export const MOUNT_KINDS = ["both", "service", "machine"] as const;

/** What a test can set. */
export interface BucketSettings {
  /** How long new credentials are valid. */
  readonly credentialSeconds: number;
  /** The largest number of bytes in the bucket. With null, only the disk limits it. */
  readonly quotaBytes: number | null;
  /**
   * `service`: each service has the bucket at `/mnt/s3`. `machine`: only the machine has it, and a service mounts a
   * path of it (`/mnt/s3/KEY:/data`). `both`: both work.
   */
  readonly mount: (typeof MOUNT_KINDS)[number];
}

/** The settings of a new emulator. */
export const DEFAULT_SETTINGS: BucketSettings = { credentialSeconds: 3600, quotaBytes: null, mount: "both" };
