import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { representInMeeting } from "../commands/meeting/represent";
import { takeSeat } from "../commands/meeting/seat";
import { FormFields, ProblemSummary, Sealed, Select, type Sent, typed } from "../components/form";
import { Page, Thumb } from "../components/frame";
import { Phrase } from "../components/phrase";
import { useSaid } from "../components/procedure";
import { QuorumSign } from "../components/quorum";
import { Who } from "../components/sign";
import type { Presence } from "../domain/meeting";
import { found, look } from "../http/look.server";
import { act, forAct, formOf, one, orNull, valuesOf } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { type MeetingPage, meetingPage, type SeatLine } from "../views/meeting-page";
import { couldAttend } from "../views/people";

export const meta = titled("meeting.roll");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const meeting = found(await meetingPage(db, viewer, { meetingId: args.params.id ?? "" }));
  const guests = meeting.can.seat
    ? await couldAttend(
        db,
        viewer,
        meeting.seats.map((s) => s.personId),
      )
    : [];
  return forAct({ meeting, requestId, guests }, meeting.can.seat);
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args.request);
  const values = valuesOf(form);
  const personId = one(values, "personId");
  const input = { meetingId: args.params.id, personId };
  const next = () => `/meetings/${args.params.id}/attendance#seat-${personId}`;
  if ("proxyTo" in values) return act(args, representInMeeting, () => ({ ...input, proxyTo: orNull(one(values, "proxyTo")) }), next, form);
  return act(args, takeSeat, () => ({ ...input, presence: one(values, "presence") }), next, form);
}

export default function Attendance() {
  const { meeting, guests, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const name = t("meeting.name", { body: meeting.body.name, n: meeting.position });
  return (
    <Page width="narrow" back={{ href: `/meetings/${meeting.id}`, to: name }}>
      <h1 className="title mb-3">
        <Phrase>{t("meeting.roll.title", { name })}</Phrase>
      </h1>
      <p className="soft measure mb-5">{t("meeting.roll.lead")}</p>
      <ProblemSummary
        sent={sent}
        of={sent && "proxyTo" in sent.values ? typed(sent, "personId") : "guest"}
        fields={{ personId: t("meeting.roll.guest"), proxyTo: t("room.proxy") }}
      />
      <QuorumSign meeting={meeting} />
      <ul className="seats mt-5">
        {meeting.seats.map((seat, n) => (
          <li key={seat.personId} id={`seat-${seat.personId}`}>
            <div>
              <Who party={seat.party} name={seat.name} />
              <p className="small soft">
                {[
                  t(`role.${seat.role}`),
                  !seat.votes && t("meeting.noVote"),
                  seat.presence === "unknown" && t(`meeting.reply.${seat.reply}`),
                  seat.proxyTo && t("room.proxy.is", { name: meeting.seats.find((s) => s.personId === seat.proxyTo)?.name ?? "" }),
                ]
                  .filter(Boolean)
                  .join(t("list.comma"))}
              </p>
            </div>
            {may && (
              <form method="post" className="end">
                <Sealed requestId={`${requestId}-${n}`} />
                <input type="hidden" name="personId" value={seat.personId} />
                {presencesOf(seat).map((presence) => (
                  <button
                    key={presence}
                    className="btn btn-small"
                    name="presence"
                    value={presence}
                    aria-pressed={seat.presence === presence}
                    aria-label={t("meeting.presence.of", { name: seat.name, presence: t(`meeting.presence.${presence}`) })}
                  >
                    {t(`meeting.presence.${presence}`)}
                  </button>
                ))}
              </form>
            )}
            {may && meeting.proxies && seat.votes && seat.presence !== "present" && (
              <Represented meeting={meeting} seat={seat} sent={sent} requestId={`${requestId}-p${n}`} />
            )}
          </li>
        ))}
      </ul>
      {may && guests.length > 0 && (
        <section className="section">
          <h2 className="title-small">{t("meeting.roll.guest")}</h2>
          <p className="soft mb-3">{t("meeting.roll.guest.lead")}</p>
          <form method="post" className="stack" data-once>
            <Sealed requestId={`${requestId}-guest`} />
            <input type="hidden" name="presence" value="present" />
            <FormFields of="guest">
              <Select name="personId" label={t("setup.col.who")} sent={sent} options={guests.map((g) => ({ value: g.id, label: g.name }))} />
            </FormFields>
            <button className="btn">{t("meeting.roll.guest.button")}</button>
          </form>
        </section>
      )}
      <Thumb>
        <a className="btn btn-main" href={`/meetings/${meeting.id}`}>
          {t("meeting.roll.done")}
        </a>
        {may && (
          <a className="btn btn-plain" href={`/meetings/${meeting.id}/table`}>
            {t("room.table")}
          </a>
        )}
      </Thumb>
    </Page>
  );
}

/** Whoever was there may have left; nobody else. */
const presencesOf = (seat: SeatLine): readonly Presence[] =>
  seat.presence === "present" || seat.presence === "left" ? ["present", "left", "absent"] : ["present", "excused", "absent"];

/** Who votes for somebody that cannot come. */
function Represented({ meeting, seat, sent, requestId }: { meeting: MeetingPage; seat: SeatLine; sent: Sent; requestId: string }) {
  const t = useT();
  const said = useSaid();
  const { proxies } = meeting;
  const others = meeting.seats.filter((s) => s.votes && s.personId !== seat.personId && (!proxies?.sameParty || s.party === seat.party));
  if (!proxies || others.length === 0) return null;
  return (
    <details className="more" open={sent?.values.personId === seat.personId && "proxyTo" in sent.values}>
      <summary>{t("room.proxy")}</summary>
      <form method="post" className="stack" data-once>
        <Sealed requestId={requestId} />
        <input type="hidden" name="personId" value={seat.personId} />
        <FormFields of={seat.personId}>
          <Select
            name="proxyTo"
            label={t("room.proxy.to", { name: seat.name })}
            hint={said(proxies.rule.text)}
            sent={sent?.values.personId === seat.personId ? sent : undefined}
            value={seat.proxyTo ?? ""}
            empty={t("room.proxy.none")}
            required={false}
            options={others.map((s) => ({ value: s.personId, label: s.name }))}
          />
        </FormFields>
        <button className="btn">{t("room.proxy.button")}</button>
      </form>
    </details>
  );
}
