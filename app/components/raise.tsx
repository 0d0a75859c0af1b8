// Raising an issue, in three short steps: what, where, and one look before it goes.
import { headline } from "../domain/issue";
import { categories, tracks, visibilities } from "../domain/vocabulary";
import { useT } from "../i18n/t";
import type { IssueRow } from "../views/issue-rows";
import type { RaiseForm } from "../views/raise";
import { Choices, PhotoPick, PhotoStrip, ProblemSummary, Sealed, Select, type Sent, TextArea, TextInput } from "./form";
import { Thumb } from "./frame";
import { Phrase } from "./phrase";
import { Similar } from "./similar";

type Props = RaiseForm & { sent: Sent; requestId: string; max: number; similar: readonly (IssueRow & { canJoin: boolean })[] };

const Step = ({ n }: { n: number }) => {
  const t = useT();
  return <p className="kicker">{t("raise.step", { n })}</p>;
};

export function RaiseWhat({ fields, photos, sent, max, similar }: Props) {
  const t = useT();
  return (
    <form method="post" action="/raise" encType="multipart/form-data" className="stack-wide" data-once>
      <input type="hidden" name="step" value="1" />
      <div>
        <Step n={1} />
        <ProblemSummary sent={sent} fields={{ what: t("raise.what"), photos: t("form.photos") }} />
        <TextArea
          name="what"
          label={t("raise.what")}
          hint={t("raise.what.hint")}
          big
          heading
          sent={sent}
          value={fields.what ?? ""}
          rows={4}
          max={2000}
          keep
          similar
        />
        <div data-similar-into aria-live="polite">
          <Similar rows={similar} />
        </div>
      </div>
      <PhotoPick photos={photos} max={max} sent={sent} removable />
      <Thumb>
        <button className="btn btn-main" data-when-similar={t("raise.next.none")}>
          {similar.length > 0 ? t("raise.next.none") : t("raise.next")}
        </button>
      </Thumb>
    </form>
  );
}

export function RaiseWhere({ fields, places, stairwells, sent }: Props) {
  const t = useT();
  const own = places.find((p) => p.own && p.kind === "building");
  const options = places.map((p) => ({
    value: p.id,
    label: p.own ? t("raise.building.own", { name: p.name }) : p.name,
    group: p.kind === "building" ? p.estate : undefined,
  }));
  const wells = [
    ...Array.from({ length: stairwells }, (_, i) => ({ value: String(i + 1), label: t("raise.stairwell.n", { n: i + 1 }) })),
    { value: "0", label: t("raise.stairwell.whole") },
  ];
  return (
    <form method="post" action="/raise" className="stack-wide" data-once>
      <input type="hidden" name="step" value="2" />
      <div>
        <Step n={2} />
        <h1 className="title mb-4">
          <Phrase>{t("raise.where")}</Phrase>
        </h1>
        <ProblemSummary
          sent={sent}
          fields={{ bodyId: t("raise.building"), stairwell: t("raise.stairwell"), place: t("raise.place"), category: t("raise.category") }}
        />
        <Select name="bodyId" label={t("raise.building")} sent={sent} value={fields.bodyId ?? own?.id ?? ""} options={options} />
      </div>
      {stairwells > 0 && <Choices name="stairwell" label={t("raise.stairwell")} sent={sent} value={fields.stairwell ?? "0"} options={wells} />}
      <TextInput name="place" label={t("raise.place")} hint={t("raise.place.hint")} required={false} sent={sent} value={fields.place ?? ""} />
      <Choices
        name="category"
        label={t("raise.category")}
        sent={sent}
        value={fields.category}
        options={categories.map((value) => ({ value, label: t(`category.${value}`) }))}
      />
      <Thumb>
        <button className="btn btn-main">{t("raise.next.look")}</button>
        <a className="btn btn-plain" href="/raise">
          {t("raise.back")}
        </a>
      </Thumb>
    </form>
  );
}

export function RaiseLook({ fields, places, photos, sent, requestId }: Props) {
  const t = useT();
  const place = places.find((p) => p.id === fields.bodyId);
  const what = fields.what ?? "";
  const stairwell = Number(fields.stairwell);
  return (
    <form method="post" action="/raise" className="stack-wide" data-once>
      <input type="hidden" name="step" value="3" />
      <Sealed requestId={requestId} />
      <div>
        <Step n={3} />
        <h1 className="title mb-4">
          <Phrase>{t("raise.look")}</Phrase>
        </h1>
        <ProblemSummary sent={sent} fields={{ track: t("raise.track"), visibility: t("raise.visibility") }} />
        <section className="kept">
          <p className="small soft">{t("raise.yourWords")}</p>
          <p className="strong">{headline(what)}</p>
          {what !== headline(what) && <p className="said">{what}</p>}
          <p className="small soft mt-3">
            {[
              stairwell > 0 ? t("issue.place.stairwell", { building: place?.name ?? "", n: stairwell }) : (place?.name ?? ""),
              fields.place,
              fields.category ? t(`category.${fields.category as "other"}`) : "",
            ]
              .filter(Boolean)
              .join(t("list.comma"))}
          </p>
          <PhotoStrip photos={photos} />
          <p className="small mt-3">
            <a href="/raise">{t("raise.change")}</a>
          </p>
        </section>
      </div>
      <Choices
        name="track"
        label={t("raise.track")}
        columns={1}
        sent={sent}
        value={fields.track ?? "minor"}
        options={tracks.map((value) => ({ value, label: t(`raise.track.${value}`) }))}
      />
      <Choices
        name="visibility"
        label={t("raise.visibility")}
        columns={1}
        sent={sent}
        value={fields.visibility ?? "community"}
        options={[...visibilities].reverse().map((value) => ({ value, label: t(`visibility.${value}`) }))}
      />
      <Thumb>
        <button className="btn btn-main">{t("raise.send", { body: place?.name ?? "" })}</button>
        <a className="btn btn-plain" href="/raise?step=2">
          {t("raise.back")}
        </a>
      </Thumb>
    </form>
  );
}
