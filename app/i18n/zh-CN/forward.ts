// 会议记录生效以后接着往上报、往下转。
export default {
  "forward.title": "接着办",
  "forward.up": "报到{{to}}",
  "forward.up.of": "把{{number}}报到{{to}}",
  "forward.down": "转下去",
  "forward.down.of": "把{{number}}转下去",
  "forward.from": "{{body}}第{{n}}次会议记录",
  "forward.decided": "{{text}}\n（{{from}}）",
  "forward.undecided": "会上议过，没有作出决议。（{{from}}）",
  "forward.papers": "议过的会议",
  "forward.paper": "{{body}}第{{n}}次会议记录",
} as const;
