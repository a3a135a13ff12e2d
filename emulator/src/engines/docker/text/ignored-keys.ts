import { asMapping, isSet, type Mapping } from "./model";

/**
 * Keys of a Compose service that the docker engine leaves out when it runs a text. For each of them, a sentence: if a
 * service has the key, the output of the run shows the sentence.
 */
const IGNORED: Readonly<Record<string, string>> = {
  ports: "`ports` are not published on this machine; the services of the run reach one another all the same",
  logging: "`logging` is left out, since the output is read from the daemon's own log",
  pre_stop: "`pre_stop` hooks are not run",
  oom_kill_disable: "`oom_kill_disable` is left out: a run cannot change the machine it runs on",
  oom_score_adj: "`oom_score_adj` is left out: a run cannot change the machine it runs on",
  stop_grace_period: "`stop_grace_period` means nothing: the `graceful_timeout` of the start counts",
};

/**
 * Keys of a service's connection to a network that contain addresses. These keys are left out, because an address
 * belongs to a subnet, and two runs cannot have the same subnet.
 */
export const ADDRESSES: readonly string[] = ["ipv4_address", "ipv6_address", "link_local_ips", "mac_address"];
/**
 * Options of a network that the docker engine leaves out, because they may request a subnet or a bridge that another
 * run has.
 */
const NETWORK_OPTIONS = ["ipam", "driver_opts", "enable_ipv6", "enable_ipv4"];

/** The keys of a Compose service that the docker engine leaves out when it runs a text. */
export const IGNORED_KEYS: readonly string[] = Object.keys(IGNORED);

/** Returns sentences for the output of the run: one for each key that the docker engine leaves out of a service. */
export function ignoredKeys(service: Mapping): readonly string[] {
  const keys = Object.entries(IGNORED).filter(([key]) => isSet(service[key]));
  const addressed = Object.entries(asMapping(service.networks)).filter(([, attachment]) =>
    ADDRESSES.some((key) => isSet(asMapping(attachment)[key])),
  );
  return [
    ...keys.map(([, sentence]) => `${sentence}.`),
    ...addressed.map(([name]) => `The addresses of this service on the network ${name} are left out.`),
  ];
}

/** Returns a sentence for each network from which the docker engine leaves out options. */
export function ignoredNetworkOptions(networks: Mapping): readonly string[] {
  return Object.entries(networks).flatMap(([name, network]) => {
    const set = NETWORK_OPTIONS.filter((key) => isSet(asMapping(network)[key]));
    return set.length === 0 ? [] : [`${set.map((key) => `\`${key}\``).join(", ")} of the network ${name} left out.`];
  });
}
