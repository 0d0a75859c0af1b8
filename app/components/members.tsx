// One body in the setup: its rules as sentences, its members, and the slips that let them in.
import { useWords } from "../i18n/t";
import type { MemberLine, SetupPage } from "../views/setup";
import { CadenceWords } from "./calendar";
import { LightSign, Who } from "./sign";

type Props = { body: NonNullable<SetupPage["body"]> };

export function Members({ body }: Props) {
  const { t } = useWords();
  const needed = Math.max(1, Math.ceil((body.voters * body.quorum.numerator) / body.quorum.denominator));
  return (
    <section id="body" aria-labelledby="body-name">
      <div className="members-head mb-4">
        <h2 className="title-small" id="body-name">
          {body.fullName}
        </h2>
        <a className="btn btn-main" href={`/setup/bodies/${body.id}/members/new`}>
          {t("setup.invite")}
        </a>
      </div>
      <dl className="facts mb-5">
        <dt>{t("setup.kind")}</dt>
        <dd>{t(`bodyKind.${body.kind}`)}</dd>
        {body.kind !== "community" && body.kind !== "department" && body.kind !== "company" && (
          <>
            <dt>{t("setup.upper")}</dt>
            <dd>{body.upper || t("setup.upper.none")}</dd>
          </>
        )}
        {body.deliberates && (
          <>
            <dt>{t("setup.quorum")}</dt>
            <dd>
              {t("setup.quorum.rule", { due: body.voters, needed })}
              {body.quorum.parties.length > 0 && (
                <>
                  {t("list.comma")}
                  {t("setup.quorum.parties", { parties: body.quorum.parties.map((p) => t(`party.${p}`)).join(t("list.comma")) })}
                </>
              )}
            </dd>
            <dt>{t("cadence.page")}</dt>
            <dd>
              <CadenceWords cadence={body.cadence} /> <a href={`/bodies/${body.id}/cadence`}>{t("cadence.link")}</a>
            </dd>
          </>
        )}
        <dt>{t("robots.page")}</dt>
        <dd>
          <a href={`/bodies/${body.id}/robots`}>{t("robots.link")}</a>
        </dd>
        {body.households > 0 && (
          <>
            <dt>{t("setup.size")}</dt>
            <dd>{t("setup.size.of", { stairwells: body.stairwells, households: body.households })}</dd>
          </>
        )}
        <dt className="unseen">{t("setup.change")}</dt>
        <dd>
          <a href={`/setup/bodies/${body.id}`}>{t("setup.change.of", { what: body.name })}</a>
        </dd>
      </dl>
      {body.members.length === 0 ? <p className="soft">{t("setup.members.none")}</p> : <Table body={body} />}
      <p className="small soft mt-4">{t("setup.slip.hint")}</p>
    </section>
  );
}

function Table({ body }: Props) {
  const { t, dates } = useWords();
  return (
    <table className="table table-fold">
      <thead>
        <tr>
          <th>{t("setup.col.who")}</th>
          <th>{t("setup.col.party")}</th>
          <th>{t("setup.col.role")}</th>
          <th>{t("setup.col.until")}</th>
          <th>{t("setup.col.joined")}</th>
          <th>
            <span className="unseen">{t("setup.col.act")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {body.members.map((m) => (
          <tr key={m.id}>
            <td className="strong">{m.name}</td>
            <td>
              <Who party={m.party} name={t(`party.${m.party}`)} />
            </td>
            <td data-label={t("setup.col.role")}>{t(`role.${m.role}`)}</td>
            <td data-label={t("setup.col.until")} className="num">
              {m.endsOn ? dates.localDay(m.endsOn) : t("setup.until.open")}
            </td>
            <td data-label={t("setup.col.joined")}>
              <Joined m={m} />
            </td>
            <td>
              <MemberActs m={m} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Joined({ m }: { m: MemberLine }) {
  const { t, dates } = useWords();
  if (m.joined) return <LightSign light={{ state: "done", left: null, due: null }} word="setup.joined.yes" />;
  if (!m.slipUntil) return <LightSign light={{ state: "paused", left: null, due: null }} word="setup.joined.no" />;
  return <span className="small soft">{t("setup.joined.slip", { date: dates.day(m.slipUntil) })}</span>;
}

function MemberActs({ m }: { m: MemberLine }) {
  const { t } = useWords();
  return (
    <span className="btns">
      {!m.joined && (
        <a href={`/setup/members/${m.id}/slip`} aria-label={t("setup.slip.of", { name: m.name })}>
          {m.slipUntil ? t("setup.slip.again") : t("setup.slip")}
        </a>
      )}
      <a href={`/setup/members/${m.id}`} aria-label={t("setup.change.of", { what: m.name })}>
        {t("setup.change")}
      </a>
    </span>
  );
}
