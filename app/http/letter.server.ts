// A button of a letter: whose it is, what it does, whether it still works; and doing it, in that person's name.
import { confirmWordChannel } from "../commands/channel/confirm";
import { giveIssueFeedback } from "../commands/issue/feedback";
import { replyToMeeting } from "../commands/meeting/reply";
import type { Done } from "../commands/perform.server";
import { acceptTheTask } from "../commands/task/accept";
import { preferWords } from "../commands/word/prefer";
import { eventsOfRequest } from "../data/audit.server";
import { isSealed, pressOf, readLink } from "../data/links.server";
import { loadActor, loadCommunity } from "../data/organisation.server";
import { loadPreference, wishesOf } from "../data/preferences.server";
import { linkSecret } from "../data/secrets.server";
import { loadWord, type WordRow } from "../data/word.server";
import type { Actor } from "../domain/permission";
import type { Outcome } from "../domain/refusal";
import type { Locale } from "../domain/vocabulary";
import { type Act, silenced } from "../domain/word";
import type { WordItem } from "../views/word";
import { wordItems } from "../views/word";
import type { Services, SignedIn } from "./context";
import type { AnswerWords } from "./follow-up.server";

/** `href`: where the thing stands that the button speaks to. */
export type Letter =
  /** Altered, cut short, or of nobody who is still here. */
  | { state: "bad" }
  | { state: "late"; href: string }
  /** What it asks has been answered, or has changed since. */
  | { state: "changed"; href: string }
  | { state: "used"; act: Act; at: string; href: string }
  /** Somebody else is signed in on this device. */
  | { state: "other"; name: string }
  | { state: "open"; act: Act; name: string; item: WordItem | null; href: string };

/** Where the thing stands; answering it may be over, so not the form for it. */
function placeOf(act: Act, item: WordItem | null): string {
  if (act === "stop" || act === "confirm" || !item) return "/account/word";
  return item.number && (act === "solved" || act === "unsolved") ? `/issues/${item.number}` : item.href;
}

/** `press`: the request's id it would be pressed under. `written`: the language and zone its mail was written in. */
type Found = { letter: Letter; word: WordRow | null; actor: Actor | null; press: string; written: { locale: Locale; timeZone: string } | null };

/** What an address opens. Looking changes nothing: programs that scan mails press every link. */
export async function openLetter(services: Pick<Services, "store" | "now">, token: string, who: SignedIn | null): Promise<Found> {
  const bad: Found = { letter: { state: "bad" }, word: null, actor: null, press: "", written: null };
  const { store } = services;
  const now = services.now();
  const link = readLink(token);
  const word = link ? await loadWord(store.read, link.communityId, link.wordId) : null;
  if (!link || !word || !isSealed(await linkSecret(store, now), link, word)) return bad;
  const actor = await loadActor(store.read, word.communityId, word.personId, now);
  if (!actor) return bad;
  // What it is about before whether it was used: who presses twice at the same moment is not told that it has changed.
  const [item = null] = await wordItems(store.read, actor, [word]);
  const chosen = await loadPreference(store.read, actor.communityId, actor.personId);
  const community = await loadCommunity(store.read, actor.communityId);
  const wishes = chosen?.version ?? 0;
  // As its mail was written.
  const written = community && { locale: chosen?.locale ?? community.locale, timeZone: community.timeZone };
  const [used] = await eventsOfRequest(store.read, word.communityId, pressOf(link, wishes - 1));
  const found = (letter: Letter): Found => ({ letter, word, actor, press: pressOf(link, wishes), written });
  const href = placeOf(link.act, item);
  if (used) return found({ state: "used", act: link.act, at: used.at, href });
  if (link.until <= now) return found({ state: "late", href });
  if (who && (who.actor.personId !== actor.personId || who.actor.communityId !== actor.communityId)) return found({ state: "other", name: who.actor.name });
  const always = link.act === "stop" || link.act === "confirm";
  if (!always && !item?.acts.includes(link.act)) return found({ state: "changed", href });
  return found({ state: "open", act: link.act, name: actor.name, item, href });
}

/** Do what the button says, once: the log knows the press by the button's own id. `said`: what its page asks about an answer. */
export async function pressLetter(
  services: Pick<Services, "store" | "now" | "perform">,
  token: string,
  { word, actor, press }: Found,
  said: AnswerWords,
): Promise<Outcome<Done>> {
  const link = readLink(token);
  if (!link || !word || !actor) return { ok: false, refusal: { code: "notFound", params: {} } };
  const { perform, store } = services;
  const once = { requestId: press };
  switch (link.act) {
    case "accept":
      return perform(acceptTheTask, actor, { taskId: word.subjectId }, once);
    case "come":
    case "cannot":
      return perform(replyToMeeting, actor, { meetingId: word.subjectId, coming: link.act === "come" ? "yes" : "no" }, once);
    case "solved":
    case "unsolved": {
      const [item] = await wordItems(store.read, actor, [word]);
      const solved = link.act === "solved" ? "yes" : "no";
      return perform(giveIssueFeedback, actor, { ...said, number: item?.number ?? "", solved }, once);
    }
    case "confirm":
      return perform(confirmWordChannel, actor, { channelId: word.channelId }, once);
    case "stop": {
      const community = await loadCommunity(store.read, actor.communityId);
      const wishes = await wishesOf(store.read, actor.communityId, actor.personId, services.now(), community?.timeZone ?? "UTC");
      return perform(preferWords, actor, { preference: silenced(wishes, "mail") }, once);
    }
  }
}
