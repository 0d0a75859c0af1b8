import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page } from "../components/frame";
import { Phrase } from "../components/phrase";
import { RuleText, useSaid } from "../components/procedure";
import { found, look } from "../http/look.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { type Kept, termsPage } from "../views/procedures";

export const meta = titled("terms.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  return found(await termsPage(db, viewer, { meetingId: args.params.id ?? "" }));
}

export default function MeetingTerms() {
  const { meeting, title, version, procedure, rules, own } = useLoaderData<typeof loader>();
  const { t } = useWords();
  const said = useSaid();
  const name = t("meeting.name", { body: meeting.body, n: meeting.position });
  return (
    <Page back={{ href: `/meetings/${meeting.id}`, to: name }}>
      <h1 className="title mb-3">
        <Phrase>{t("terms.title")}</Phrase>
      </h1>
      {rules.length === 0 ? (
        <p className="measure">{t("terms.none")}</p>
      ) : (
        <>
          <p className="head">{said(title)}</p>
          <p className="soft measure mt-2">{t("terms.lead", { n: version })}</p>
          <ul className="rules mt-4">
            {rules.map((rule) => (
              <li key={rule.id}>
                <RuleText rule={rule} />
                {rule.now && <Now now={rule.now} />}
              </li>
            ))}
          </ul>
          <h2 className="head mt-5">{t("terms.own", { body: meeting.body })}</h2>
          <p className="mt-2">
            <b>{t(own.met ? "terms.kept" : "terms.notYet")}</b>{" "}
            <span>{t("meeting.quorum.figures", { due: own.due, present: own.present, needed: own.needed })}</span>
            {own.parties.length > 0 && <> {t("meeting.quorum.parties", { parties: own.parties.map((p) => t(`party.${p}`)).join(t("list.comma")) })}</>}
          </p>
          <p className="mt-5">
            <a href={`/procedures#${procedure}`}>{t("terms.all")}</a>
          </p>
        </>
      )}
    </Page>
  );
}

/** In words first: whether it is kept, and by which figures. */
function Now({ now }: { now: NonNullable<Kept> }) {
  const { t } = useWords();
  const figures = (): string => {
    switch (now.what) {
      case "notice":
        return now.late === 0 ? t("terms.notice.kept") : t("terms.notice.late", { n: now.late });
      case "quorum":
        return t("meeting.quorum.figures", { due: now.due, present: now.present, needed: now.needed });
      case "parties":
        return now.kept ? t("terms.parties.kept") : t("terms.parties.missing", { parties: now.missing.map((p) => t(`party.${p}`)).join(t("list.comma")) });
      case "members":
        return t("terms.members", { n: now.n });
    }
  };
  return (
    <p className={`now${now.kept ? "" : " now-soon"} mt-2`}>
      <b>{t(now.kept ? "terms.kept" : "terms.notYet")}</b> <span>{figures()}</span>
    </p>
  );
}
