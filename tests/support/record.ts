// A meeting on paper: the council's third meeting, with a roll call, a proxy, a recusal and everything else minutes carry.
import { createHash } from "node:crypto";
import {
  type OpenAddendum,
  type OpenMinutes,
  type OpenSummary,
  type RecordFile,
  type RecordNode,
  type RecordPerson,
  type Signature,
  said,
} from "../../app/papers/record";
import { seal } from "../../app/papers/seal";
import { communityKey, fileOf, newKey, signStatement } from "../../app/papers/sign";

export const key = communityKey(newKey());
export const made = "2026-04-01T08:00:00.000Z";
const digest = (text: string) => createHash("sha256").update(text).digest("hex");
/** Salts that are the same on every run. */
export const saltOf = (seed: string) => (place: string) => createHash("sha256").update(`${seed}\n${place}`).digest("base64url").slice(0, 22);

const text = (words: string, bold = false) => ({ text: said(words), bold, href: null });
const paragraph = (words: string): RecordNode => ({ kind: "paragraph", runs: [text(words)] });

const person = (n: number, name: string, party: RecordPerson["party"], rest: Partial<RecordPerson> = {}): RecordPerson => ({
  ref: `p${n}`,
  name: said(name),
  party,
  role: "member",
  votes: true,
  presence: "present",
  reason: null,
  proxyTo: null,
  arrivedAt: null,
  leftAt: null,
  ...rest,
});

export const head = (): Omit<OpenMinutes, "kind" | "items" | "attachments"> => ({
  format: "yishi-record/1",
  id: "r1",
  round: 1,
  frozenAt: "2026-03-26T13:00:00.000Z",
  locale: "zh-CN",
  timeZone: "Asia/Shanghai",
  community: { id: "c1", name: said("宝源社区") },
  body: { id: "b1", kind: "council", name: said("宝源花园邻里议事厅") },
  meeting: {
    id: "m3",
    position: 3,
    startsAt: "2026-03-26T11:00:00.000Z",
    endsAt: "2026-03-26T12:30:00.000Z",
    openedAt: "2026-03-26T11:02:00.000Z",
    closedAt: "2026-03-26T12:41:00.000Z",
    place: said("居委会二楼"),
  },
  procedure: {
    code: "council",
    version: 2,
    title: { zh: "邻里议事厅议事规则", en: "Rules of the neighbourhood council" },
    rules: [{ id: "v1", text: { zh: "过半数通过", en: "More than half carries" }, source: { zh: "本规则第六条", en: "Article 6" } }],
  },
  people: [
    person(1, "王秀英", "branch", { role: "chair" }),
    person(2, "李明", "residents", { role: "recorder" }),
    person(3, "陈芳", "ownersCommittee", { presence: "left", leftAt: "2026-03-26T12:10:00.000Z" }),
    person(4, "赵强", "property", { arrivedAt: "2026-03-26T11:20:00.000Z" }),
    person(5, "刘桂兰", "owners", { role: "head", presence: "excused", reason: said("住院"), proxyTo: "p3" }),
    person(6, "欧阳建国", "owners", { role: "head", presence: "absent" }),
    person(7, "周工", "department", { role: "observer", votes: false }),
  ],
  chair: "p1",
  recorder: "p2",
  quorum: { due: 6, present: 4, needed: 4 },
  required: ["p1", "p2"],
});

export const minutes = (): OpenMinutes => ({
  ...head(),
  kind: "minutes",
  items: [
    {
      id: "i1",
      issueNumber: "2026-0147",
      title: said("二次供水改造"),
      minutes: 30,
      late: false,
      carried: 1,
      recused: [{ ref: "p4", reason: said("物业和报价单位有合同") }],
      votes: [
        {
          id: "v1",
          question: said("21栋泵房和立管是否一并改造？"),
          method: "rollCall",
          status: "carried",
          base: "present",
          numerator: 1,
          denominator: 2,
          strict: true,
          counts: {
            branch: { for: 1, against: 0, abstained: 0 },
            residents: { for: 1, against: 0, abstained: 0 },
            ownersCommittee: { for: 1, against: 0, abstained: 0 },
            owners: { for: 0, against: 0, abstained: 1 },
          },
          ballots: [
            { ref: "p1", choice: "for", by: null },
            { ref: "p2", choice: "for", by: null },
            { ref: "p3", choice: "for", by: null },
            { ref: "p5", choice: "abstained", by: "p3" },
          ],
        },
      ],
      decisions: [
        {
          id: "d1",
          text: said("21栋泵房和立管一并改造，上报社区联席会议，请协调水务、住建两个部门。"),
          method: "showOfHands",
          outcome: "escalated",
          counts: {},
          voteId: "v1",
          recordedAt: "2026-03-26T11:40:00.000Z",
          ratifyBy: "2026-04-10",
          tasks: [{ id: "t1", title: said("把估价单和住户名单送到社区"), assignee: said("物业"), dueOn: "2026-04-02", proof: said("签收单") }],
        },
      ],
      nodes: [
        { kind: "speech", speaker: said("赵强"), runs: [text("泵房水泵和立管建于1997年，刘桂兰家3栋2单元501室，电话13812341234，早晚没有水。")] },
        {
          kind: "paragraph",
          runs: [
            text("会议认为，"),
            text("王秀", true),
            text("英提出的办法可行，见", false),
            { text: said("报告"), bold: false, href: said("https://example.org/r") },
          ],
        },
        { kind: "list", ordered: true, items: [[paragraph("先查勘")], [paragraph("再报价"), { kind: "list", ordered: false, items: [[paragraph("三家")]] }]] },
        {
          kind: "table",
          rows: [
            [
              { header: true, nodes: [paragraph("项目")] },
              { header: true, nodes: [paragraph("元")] },
            ],
            [
              { header: false, nodes: [paragraph("水泵")] },
              { header: false, nodes: [paragraph("86,000")] },
            ],
          ],
        },
        { kind: "image", photoId: "photo1", digest: digest("photo1"), alt: said("泵房锈蚀的立管") },
        { kind: "vote", voteId: "v1" },
        { kind: "decision", decisionId: "d1" },
        { kind: "attendance", ref: "p3", presence: "left", at: "2026-03-26T12:10:00.000Z" },
      ],
    },
    {
      id: "i2",
      issueNumber: "2026-0139",
      title: said("消防通道停车"),
      minutes: 20,
      late: true,
      added: { at: "2026-03-25T02:00:00.000Z", rule: "2.3" },
      carried: 0,
      recused: [],
      votes: [],
      decisions: [
        {
          id: "d2",
          text: said("物业完成划线、立牌。"),
          method: "consensus",
          outcome: "adopted",
          counts: {},
          voteId: null,
          recordedAt: "2026-03-26T12:00:00.000Z",
          tasks: [{ id: "t2", title: said("划线、立牌"), assignee: said("物业"), dueOn: "2026-04-25", proof: said("") }],
        },
      ],
      nodes: [paragraph("大家都同意划线。"), { kind: "attachment", attachmentId: "a1" }],
    },
  ],
  attachments: [{ id: "a1", itemId: "i2", name: said("现场照片.jpg"), type: "image/jpeg", bytes: 240_123, digest: digest("a1") }],
});

export const summary = (): OpenSummary => ({
  ...head(),
  kind: "summary",
  id: "s1",
  required: ["p1"],
  number: { year: 2026, n: 3 },
  issuedAt: "2026-03-27T01:00:00.000Z",
  opening: [said("2026年3月26日，宝源花园邻里议事厅在居委会二楼召开第三次例会，党支部书记主持。会议应到6人，实到4人，符合表决人数。纪要如下：")],
  parts: [
    {
      title: said("关于二次供水改造"),
      issueNumber: "2026-0147",
      paragraphs: [said("会议听取了7号楼楼栋长的情况说明和物业的查勘意见。会议认为，泵房水泵和立管建于1997年，21栋情况相同，单栋更换不能解决。")],
      resolutions: [said("21栋泵房和立管一并改造，上报社区联席会议。"), said("估价单和住户名单由物业于2026年4月2日前送社区。")],
    },
    {
      title: said("关于消防通道停车"),
      issueNumber: "2026-0139",
      paragraphs: [said("会议协商一致，决定：")],
      resolutions: [said("物业于2026年4月25日前完成划线、立牌。")],
    },
  ],
  attachments: [],
});

export const addendum = (to: { id: string; fingerprint: string }, n = 1): OpenAddendum => ({
  ...head(),
  kind: "addendum",
  id: `r1-${n}`,
  frozenAt: "2026-03-30T03:00:00.000Z",
  required: ["p2"],
  to,
  paragraphs: [said(`第${n}处更正：第一项里“1997年”应为“1996年”，王秀英核对。`)],
});

export const strokes = [
  [40, 60, 180, 40, 320, 90, 420, 150],
  [300, 30, 280, 170],
];

/** A sealed, signed, adopted file with two addenda. */
export function signedFile(open: OpenMinutes | OpenSummary = minutes(), seed = "a"): RecordFile {
  const frozen = seal(open, saltOf(seed));
  const signatures: Signature[] = [];
  for (const [n, signer] of open.required.entries()) {
    const mark = n === 0 ? { kind: "typed" as const, text: open.people[0]?.name.said ?? "" } : { kind: "drawn" as const, strokes };
    const by = { signer, office: n === 0 ? "chair" : "recorder", at: `2026-03-28T0${n}:00:00.000Z`, mark, salt: saltOf(seed)(`mark${n}`) };
    signatures.push(signStatement(key, frozen, by, signatures));
  }
  const addenda = [1, 2].map((n) => {
    const more = seal(addendum({ id: open.id, fingerprint: frozen.fingerprint }, n), saltOf(`${seed}${n}`));
    const by = {
      signer: "p2",
      office: "recorder",
      at: "2026-03-30T04:00:00.000Z",
      mark: { kind: "typed" as const, text: "李明" },
      salt: saltOf(seed)(`add${n}`),
    };
    return fileOf(more, { signatures: [signStatement(key, more, by, [])], adoptedAt: "2026-03-30T04:00:00.000Z", anchor: null, addenda: [] }, key, made);
  });
  return fileOf(frozen, { signatures, adoptedAt: "2026-03-28T02:00:00.000Z", anchor: { seq: 412, hash: digest("anchor") }, addenda }, key, made);
}
