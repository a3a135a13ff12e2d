// Made from the schema of compose-go by compose/loading/testing/model-types.ts: `UPDATE_GOLDEN=1 npm run unit -- compose/loading`.
import type { ComposeValue } from "../model/model";

/** The sections of a loaded project. A section that no file has is empty. */
export interface ProjectSections {
  readonly services: Readonly<Record<string, Service>>;
  readonly jobs: Readonly<Record<string, Job>>;
  readonly networks: Readonly<Record<string, Network>>;
  readonly volumes: Readonly<Record<string, Volume>>;
  readonly configs: Readonly<Record<string, Config>>;
  readonly secrets: Readonly<Record<string, Secret>>;
  readonly models: Readonly<Record<string, Model>>;
}

/** The value of `services.*.volumes[].bind` in a loaded project. */
export interface BindOptions {
  readonly propagation?: string;
  readonly create_host_path?: boolean;
  readonly recursive?: "enabled" | "disabled" | "writable" | "readonly";
  readonly selinux?: "z" | "Z";
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.blkio_config` in a loaded project. */
export interface BlkioConfig {
  readonly device_read_bps?: readonly BlkioRate[];
  readonly device_read_iops?: readonly BlkioRate[];
  readonly device_write_bps?: readonly BlkioRate[];
  readonly device_write_iops?: readonly BlkioRate[];
  readonly weight?: number | string;
  readonly weight_device?: readonly BlkioWeight[];
}

/**
 * The value at each of these paths in a loaded project:
 * * `services.*.blkio_config.device_read_bps[]`
 * * `services.*.blkio_config.device_read_iops[]`
 * * `services.*.blkio_config.device_write_bps[]`
 * * `services.*.blkio_config.device_write_iops[]`
 */
export interface BlkioRate {
  readonly path?: string;
  readonly rate?: number;
}

/** The value of `services.*.blkio_config.weight_device[]` in a loaded project. */
export interface BlkioWeight {
  readonly path?: string;
  readonly weight?: number | string;
}

/** The value of `services.*.build` in a loaded project. */
export interface Build {
  readonly context?: string;
  readonly dockerfile?: string;
  readonly dockerfile_inline?: string;
  readonly entitlements?: readonly string[];
  readonly args?: Readonly<Record<string, string | null>>;
  readonly ssh?: Readonly<Record<string, string | number | boolean | null>> | readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly cache_from?: readonly string[];
  readonly cache_to?: readonly string[];
  readonly no_cache?: boolean;
  readonly no_cache_filter?: readonly string[];
  readonly additional_contexts?: Readonly<Record<string, string>>;
  readonly network?: string;
  readonly provenance?: string;
  readonly sbom?: string;
  readonly pull?: boolean;
  readonly target?: string;
  readonly shm_size?: number;
  readonly extra_hosts?: readonly string[];
  readonly isolation?: string;
  readonly privileged?: boolean;
  readonly secrets?: readonly FileMount[];
  readonly tags?: readonly string[];
  readonly ulimits?: Readonly<Record<string, number | string | Ulimit>>;
  readonly platforms?: readonly string[];
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `configs.*` in a loaded project. */
export interface Config {
  readonly name?: string;
  readonly content?: string;
  readonly environment?: string;
  readonly file?: string;
  readonly external?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly template_driver?: string;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The keys that services, jobs and init containers share in a loaded project. */
export interface Container {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly blkio_config?: BlkioConfig;
  readonly cap_add?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly cgroup?: "host" | "private";
  readonly cgroup_parent?: string;
  readonly command?: readonly string[] | null;
  readonly configs?: readonly FileMount[];
  readonly cpu_count?: number;
  readonly cpu_percent?: number;
  readonly cpu_shares?: number;
  readonly cpu_quota?: number;
  readonly cpu_period?: number;
  readonly cpu_rt_period?: number;
  readonly cpu_rt_runtime?: number;
  readonly cpus?: number;
  readonly cpuset?: string;
  readonly credential_spec?: CredentialSpec;
  readonly device_cgroup_rules?: readonly string[];
  readonly devices?: readonly Device[];
  readonly dns?: readonly string[];
  readonly dns_opt?: readonly string[];
  readonly dns_search?: readonly string[];
  readonly domainname?: string;
  readonly entrypoint?: readonly string[] | null;
  readonly env_file?: readonly (string | EnvFile)[];
  readonly label_file?: readonly string[];
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly extra_hosts?: readonly string[];
  readonly gpus?: readonly DeviceRequest[];
  readonly group_add?: readonly string[];
  readonly hostname?: string;
  readonly image?: string;
  readonly init?: boolean;
  readonly ipc?: string;
  readonly isolation?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly logging?: Logging;
  readonly mac_address?: string;
  readonly mem_limit?: number;
  readonly mem_reservation?: number;
  readonly mem_swappiness?: number;
  readonly memswap_limit?: number;
  readonly network_mode?: string;
  readonly models?: Readonly<Record<string, ServiceModel | null>>;
  readonly networks?: Readonly<Record<string, ServiceNetwork | null>>;
  readonly oom_kill_disable?: boolean;
  readonly oom_score_adj?: number;
  readonly pid?: string | null;
  readonly pids_limit?: number;
  readonly platform?: string;
  readonly privileged?: boolean;
  readonly pull_policy?: string;
  readonly pull_refresh_after?: string;
  readonly read_only?: boolean;
  readonly runtime?: string;
  readonly security_opt?: readonly string[];
  readonly shm_size?: number;
  readonly secrets?: readonly FileMount[];
  readonly sysctls?: Readonly<Record<string, string>>;
  readonly stop_grace_period?: string;
  readonly stop_signal?: string;
  readonly storage_opt?: Readonly<Record<string, string>>;
  readonly tmpfs?: readonly string[];
  readonly ulimits?: Readonly<Record<string, number | Ulimit>>;
  readonly umask?: number | null;
  readonly use_api_socket?: boolean;
  readonly user?: string;
  readonly uts?: string;
  readonly userns_mode?: string;
  readonly volumes?: readonly Mount[];
  readonly volumes_from?: readonly string[];
  readonly working_dir?: string;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.credential_spec` in a loaded project. */
export interface CredentialSpec {
  readonly config?: string;
  readonly file?: string;
  readonly registry?: string;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.depends_on.*` in a loaded project. */
export interface Dependency {
  readonly restart?: boolean;
  readonly required?: boolean;
  readonly condition: "service_started" | "service_healthy" | "service_completed_successfully";
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.deploy` in a loaded project. */
export interface Deploy {
  readonly mode?: string;
  readonly endpoint_mode?: string;
  readonly replicas?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly rollback_config?: UpdateConfig;
  readonly update_config?: UpdateConfig;
  readonly resources?: Resources;
  readonly restart_policy?: RestartPolicy;
  readonly placement?: Placement;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.develop` in a loaded project. */
export interface Develop {
  readonly watch?: readonly WatchRule[];
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.devices[]` in a loaded project. */
export interface Device {
  readonly source: string;
  readonly target?: string;
  readonly permissions?: string;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/**
 * The value at each of these paths in a loaded project:
 * * `services.*.deploy.resources.reservations.devices[]`
 * * `services.*.gpus[]`
 */
export interface DeviceRequest {
  readonly capabilities?: readonly string[];
  readonly count?: number | "all";
  readonly device_ids?: readonly string[];
  readonly driver?: string;
  readonly options?: Readonly<Record<string, string>>;
}

/** The value of `services.*.deploy.resources.reservations.generic_resources[].discrete_resource_spec` in a loaded project. */
export interface DiscreteResource {
  readonly kind?: string;
  readonly value?: number;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.env_file[]` in a loaded project. */
export interface EnvFile {
  readonly path: string;
  readonly format?: string;
  readonly required?: boolean | string;
}

/** The value of `services.*.extends` in a loaded project. */
export interface Extends {
  readonly service: string;
  readonly file?: string;
}

/**
 * The value at each of these paths in a loaded project:
 * * `services.*.build.secrets[]`
 * * `services.*.configs[]`
 * * `services.*.secrets[]`
 */
export interface FileMount {
  readonly source?: string;
  readonly target?: string;
  readonly uid?: string;
  readonly gid?: string;
  readonly mode?: string;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.deploy.resources.reservations.generic_resources[]` in a loaded project. */
export interface GenericResource {
  readonly discrete_resource_spec?: DiscreteResource;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.healthcheck` in a loaded project. */
export interface Healthcheck {
  readonly disable?: boolean;
  readonly interval?: string;
  readonly retries?: number;
  readonly test?: readonly string[];
  readonly timeout?: string;
  readonly start_period?: string;
  readonly start_interval?: string;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/**
 * The value at each of these paths in a loaded project:
 * * `services.*.develop.watch[].exec`
 * * `services.*.post_start[]`
 * * `services.*.pre_stop[]`
 */
export interface Hook {
  readonly command: readonly string[] | null;
  readonly user?: string;
  readonly privileged?: boolean;
  readonly working_dir?: string;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.volumes[].image` in a loaded project. */
export interface ImageOptions {
  readonly subpath?: string;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.pre_start[]` in a loaded project. */
export interface InitContainer extends Container {
  readonly per_replica?: boolean;
}

/** The value of `networks.*.ipam` in a loaded project. */
export interface Ipam {
  readonly driver?: string;
  readonly config?: readonly IpamPool[];
  readonly options?: Readonly<Record<string, string>>;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `networks.*.ipam.config[]` in a loaded project. */
export interface IpamPool {
  readonly subnet?: string;
  readonly ip_range?: string;
  readonly gateway?: string;
  readonly aux_addresses?: Readonly<Record<string, string>>;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `jobs.*` in a loaded project. */
export interface Job extends Workload {
  readonly triggers: Triggers;
}

/** The value of `services.*.logging` in a loaded project. */
export interface Logging {
  readonly driver?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `models.*` in a loaded project. */
export interface Model {
  readonly name?: string;
  readonly model: string;
  readonly context_size?: number;
  readonly runtime_flags?: readonly string[];
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.volumes[]` in a loaded project. */
export interface Mount {
  readonly type: "bind" | "volume" | "tmpfs" | "cluster" | "npipe" | "image";
  readonly source?: string;
  readonly target: string;
  readonly read_only?: boolean;
  readonly consistency?: string;
  readonly bind?: BindOptions;
  readonly volume?: VolumeOptions;
  readonly tmpfs?: TmpfsOptions;
  readonly image?: ImageOptions;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `networks.*` in a loaded project. */
export interface Network {
  readonly name?: string;
  readonly driver?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly ipam?: Ipam;
  readonly external?: boolean;
  readonly internal?: boolean;
  readonly enable_ipv4?: boolean;
  readonly enable_ipv6?: boolean;
  readonly attachable?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.deploy.placement` in a loaded project. */
export interface Placement {
  readonly constraints?: readonly string[];
  readonly preferences?: readonly PlacementPreference[];
  readonly max_replicas_per_node?: number;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.deploy.placement.preferences[]` in a loaded project. */
export interface PlacementPreference {
  readonly spread?: string;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.ports[]` in a loaded project. */
export interface Port {
  readonly name?: string;
  readonly mode: string;
  readonly host_ip?: string;
  readonly target: number;
  readonly published?: string;
  readonly protocol: string;
  readonly app_protocol?: string;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.provider` in a loaded project. */
export interface Provider {
  readonly type: string;
  readonly options?: Readonly<Record<string, readonly string[]>>;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.deploy.resources.limits` in a loaded project. */
export interface ResourceLimits {
  readonly cpus?: number;
  readonly memory?: number;
  readonly pids?: number;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.deploy.resources.reservations` in a loaded project. */
export interface ResourceReservations {
  readonly cpus?: number;
  readonly memory?: number;
  readonly generic_resources?: readonly GenericResource[];
  readonly devices?: readonly DeviceRequest[];
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.deploy.resources` in a loaded project. */
export interface Resources {
  readonly limits?: ResourceLimits;
  readonly reservations?: ResourceReservations;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.deploy.restart_policy` in a loaded project. */
export interface RestartPolicy {
  readonly condition?: string;
  readonly delay?: string;
  readonly max_attempts?: number;
  readonly window?: string;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.triggers.schedule[]` in a loaded project. */
export interface Schedule {
  readonly cron: string;
  readonly timezone?: string;
  readonly concurrency?: "forbid" | "queue";
  readonly missed_fires?: "one" | "skip";
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `secrets.*` in a loaded project. */
export interface Secret {
  readonly name?: string;
  readonly environment?: string;
  readonly file?: string;
  readonly external?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly driver?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly template_driver?: string;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*` in a loaded project. */
export interface Service extends Workload {
  readonly deploy?: Deploy | null;
  readonly develop?: Develop | null;
  readonly restart?: string;
  readonly scale?: number;
  readonly attach?: boolean;
  readonly container_name?: string;
  readonly provider?: Provider;
  readonly extends?: string | Extends;
  readonly links?: readonly string[];
  readonly external_links?: readonly string[];
  readonly pre_start?: readonly InitContainer[];
  readonly post_start?: readonly Hook[];
  readonly pre_stop?: readonly Hook[];
}

/** The value of `services.*.models.*` in a loaded project. */
export interface ServiceModel {
  readonly endpoint_var?: string;
  readonly model_var?: string;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.networks.*` in a loaded project. */
export interface ServiceNetwork {
  readonly aliases?: readonly string[];
  readonly interface_name?: string;
  readonly ipv4_address?: string;
  readonly ipv6_address?: string;
  readonly link_local_ips?: readonly string[];
  readonly mac_address?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly priority?: number;
  readonly gw_priority?: number;
  readonly use_service_name_alias?: boolean;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.volumes[].tmpfs` in a loaded project. */
export interface TmpfsOptions {
  readonly size?: number;
  readonly mode?: number;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.triggers` in a loaded project. */
export interface Triggers {
  readonly manual?: boolean;
  readonly schedule?: readonly Schedule[];
  readonly [extension: `x-${string}`]: ComposeValue;
}

/**
 * The value at each of these paths in a loaded project:
 * * `services.*.build.ulimits.*`
 * * `services.*.ulimits.*`
 */
export interface Ulimit {
  readonly hard: number;
  readonly soft: number;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/**
 * The value at each of these paths in a loaded project:
 * * `services.*.deploy.rollback_config`
 * * `services.*.deploy.update_config`
 */
export interface UpdateConfig {
  readonly parallelism?: number;
  readonly delay?: string;
  readonly failure_action?: string;
  readonly monitor?: string;
  readonly max_failure_ratio?: number;
  readonly order?: "start-first" | "stop-first";
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `volumes.*` in a loaded project. */
export interface Volume {
  readonly name?: string;
  readonly driver?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly external?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.volumes[].volume` in a loaded project. */
export interface VolumeOptions {
  readonly labels?: Readonly<Record<string, string>>;
  readonly nocopy?: boolean;
  readonly subpath?: string;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The value of `services.*.develop.watch[]` in a loaded project. */
export interface WatchRule {
  readonly ignore?: readonly string[];
  readonly include?: readonly string[];
  readonly path: string;
  readonly action: "rebuild" | "sync" | "restart" | "sync+restart" | "sync+exec";
  readonly target?: string;
  readonly exec?: Hook;
  readonly initial_sync?: boolean;
  readonly [extension: `x-${string}`]: ComposeValue;
}

/** The keys that services and jobs share in a loaded project. */
export interface Workload extends Container {
  readonly build?: Build;
  readonly depends_on?: Readonly<Record<string, Dependency>>;
  readonly healthcheck?: Healthcheck;
  readonly ports?: readonly Port[];
  readonly expose?: readonly string[];
  readonly stdin_open?: boolean;
  readonly tty?: boolean;
  readonly profiles?: readonly string[];
}
