// Mails as people read them: opened in a browser, in both languages, on a telephone and beside a preview pane.
import { expect, test } from "@playwright/test";
import type { Letter } from "../../app/domain/letter";
import type { Act } from "../../app/domain/word";
import { wordsFor } from "../../app/i18n/t";
import type { WordItem } from "../../app/views/word";
import { mailOf } from "../../app/work/word/mail";
import type { Parcel } from "../../app/work/word/send";
import { faults } from "../support/axe";
import { desk, phone } from "../support/pages";

const at = "2026-05-12T01:20:00.000Z";
const item = (over: Partial<WordItem>): WordItem => ({
  id: "w1",
  type: "issue.answered",
  variant: "done",
  why: "raiser",
  kind: "mine",
  urgency: "owed",
  waits: true,
  stands: true,
  at,
  read: false,
  href: "/issues/2026-0147/feedback",
  number: "2026-0147",
  title: "",
  about: null,
  body: "",
  n: 0,
  when: "",
  place: "",
  said: "",
  acts: ["solved", "unsolved"],
  ...over,
});
const say = { "zh-CN": true, en: false } as const;
const mailsOf = (locale: "zh-CN" | "en") => {
  const zh = say[locale];
  const letter = { id: "0123456789abcdef", createdAt: at } as Letter;
  const answered = item({
    title: zh ? "二次供水改造：高层早晚没水" : "Second water supply: no water upstairs morning and evening",
    body: zh ? "社区联席会议" : "Joint meeting of the community",
    said: zh
      ? "21栋的立管和泵房都换好了。\n早晚水压已经测过，<b>够</b>。"
      : "Pipes and pump rooms of all 21 buildings are renewed.\nThe pressure was measured morning and evening, and is <b>enough</b>.",
  });
  const meeting = item({
    id: "w2",
    type: "meeting.called",
    why: "invited",
    number: "",
    title: "",
    body: zh ? "宝源花园邻里议事厅" : "Baoyuan neighbourhood council",
    n: 5,
    when: "2026-05-14T11:00:00.000Z",
    place: zh ? "居委会二楼" : "Residents’ committee, first floor",
    href: "/meetings/m1",
    acts: ["come", "cannot"],
  });
  const task = item({
    id: "w3",
    type: "task.assigned",
    why: "assignee",
    title: zh ? "勘察21栋的立管和泵房，出设计图" : "Survey the pipes and pump rooms of 21 buildings",
    when: at,
    href: "/tasks/t1",
    acts: ["accept"],
  });
  const confirm = item({ id: "w4", type: "channel.opened", why: "itself", number: "", acts: ["confirm"], href: "/account/word" });
  const parcel = (items: WordItem[]): Parcel => ({
    letter,
    address: { kind: "mail", to: "reader@example.cn" },
    items,
    words: wordsFor(locale, "Asia/Shanghai", at),
    community: { id: "c", name: zh ? "宝源社区" : "Baoyuan community", locale, timeZone: "Asia/Shanghai", dayEndsAt: "18:00", createdAt: at, version: 1 },
    name: zh ? "7栋301住户" : "Resident of 7-301",
    origin: "https://yishi.example.cn",
    limit: 10_000,
    link: (of, act) => `c.${of.id}.${act}.tok`,
  });
  const many = [
    answered,
    meeting,
    task,
    ...Array.from({ length: 30 }, (_, n) => item({ id: `x${n}`, type: "issue.noted", variant: "", acts: [], title: answered.title, body: answered.body })),
  ];
  // With what can be pressed in each.
  const pressed = (items: WordItem[], acts: Act[]) => ({ ...mailOf(parcel(items)), acts });
  return {
    one: pressed([answered], ["solved", "unsolved", "stop"]),
    several: pressed([answered, meeting, task], ["solved", "unsolved", "come", "cannot", "accept", "stop"]),
    many: pressed(many, ["solved", "unsolved", "come", "cannot", "accept", "stop"]),
    confirm: pressed([confirm], ["confirm"]),
  };
};

for (const locale of ["zh-CN", "en"] as const)
  for (const [name, mail] of Object.entries(mailsOf(locale)))
    test(`[WD13] a mail reads in a browser, ${locale}: ${name}`, async ({ browser }) => {
      const { t } = wordsFor(locale, "Asia/Shanghai", at);
      for (const [size, viewport] of Object.entries({ phone, preview: { width: 720, height: 900 }, desk }))
        for (const colorScheme of ["light", "dark"] as const) {
          const context = await browser.newContext({ viewport, colorScheme, javaScriptEnabled: true });
          const page = await context.newPage();
          const fetched: string[] = [];
          page.on("request", (request) => fetched.push(request.url()));
          await page.setContent(mail.html);
          expect(await faults(page)).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
          expect(await page.locator("a.fill").count()).toBe(1);
          const button = await page.locator("a.fill").boundingBox();
          expect(button?.height).toBeGreaterThanOrEqual(44);
          // Whoever hears the mail instead of seeing it finds every button by what it is and says, and each leads where its text does.
          for (const act of mail.acts) {
            const found = page.getByRole("link", { name: t(`word.act.${act}`), exact: true }).first();
            await expect(found).toBeVisible();
            await found.focus();
            expect(await found.evaluate((link) => link === document.activeElement)).toBe(true);
            expect(await found.getAttribute("href")).toContain(`.${act}.tok`);
          }
          expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale);
          // Nothing is fetched: nobody learns that the mail was read, and it reads without a network.
          expect(fetched.filter((url) => !url.startsWith("about:"))).toEqual([]);
          // What people wrote is text.
          expect(await page.locator("blockquote b").count()).toBe(0);
          if (process.env.MAIL_SHOTS)
            await page.screenshot({ path: `${process.env.MAIL_SHOTS}/mail-${name}-${locale}-${size}-${colorScheme}.png`, fullPage: true });
          await context.close();
        }
      expect(mail.subject).not.toContain("\n");
      // The plain text says the same.
      for (const link of mail.html.matchAll(/href="([^"]+)"/g))
        if (link[1]?.includes("/letter/")) expect(mail.text).toContain(link[1].replaceAll("&#38;", "&"));
    });
