import { type Fixtures, web } from "./fixture";

/** Fixtures for the shape of the document: from LYC2104 to the end of LYC21xx. */
export const shapeFixtures = {
  LYC2104: {
    fails: web("ports: 80", "dns: [1]"),
    marks: ["LYC2104@4:12 services.web.ports", "LYC2104@5:11 services.web.dns[0]"],
    passes: web("ports: [80]", "dns: ['1']"),
  },
  LYC2105: { fails: web("imgae: x"), marks: ["LYC2105@4:5 services.web.imgae"], passes: web("x-imgae: x") },
  LYC2106: {
    fails: web("volumes: [{target: /a, type: volume}, {target: /b}]"),
    marks: ["LYC2106@4:43 services.web.volumes[1]"],
    passes: web("volumes: [{target: /a, type: volume}]"),
  },
  LYC2107: { fails: web("cgroup: hosts"), marks: ["LYC2107@4:13 services.web.cgroup"], passes: web("cgroup: private") },
  LYC2108: {
    fails: "services:\n  web/1: {image: i}\n",
    marks: ['LYC2108@2:3 services["web/1"]'],
    passes: "services:\n  web.1: {image: i}\n",
  },
  LYC2109: {
    fails: web("container_name: '?'"),
    marks: ["LYC2109@4:21 services.web.container_name"],
    passes: web("container_name: aa"),
  },
  LYC2110: {
    fails: web("oom_score_adj: 1001"),
    marks: ["LYC2110@4:20 services.web.oom_score_adj"],
    passes: web("oom_score_adj: 1000"),
  },
  LYC2111: {
    fails: web("group_add: [a, b, a]"),
    marks: ["LYC2111@4:23 services.web.group_add[2]"],
    passes: web("group_add: [a, b]", "dns: [a, a]"),
  },
  LYC2112: {
    fails: web("tty: maybe", "scale: many", "cpus: few"),
    marks: ["LYC2112@4:10 services.web.tty", "LYC2112@5:12 services.web.scale", "LYC2112@6:11 services.web.cpus"],
    passes: web("tty: 'yes'", "scale: '2'", "cpus: '.5'"),
  },
  LYC2113: {
    fails:
      "services:\n  web:\n    image: i\n    umask: 18\n    pre_start:\n      - {image: i, dns: a, umask: 18}\njobs:\n  a: {image: i, umask: 18, triggers: {manual: true}}\n",
    marks: [
      "LYC2113@4:5 services.web.umask",
      "LYC2113@5:5 services.web.pre_start",
      "LYC2113@6:20 services.web.pre_start[0].dns",
      "LYC2113@6:28 services.web.pre_start[0].umask",
      "LYC2113@7:1 jobs",
      "LYC2113@8:17 jobs.a.umask",
    ],
    passes: web("post_start: [{command: a}]"),
  },
} satisfies Fixtures;
