// Forms that lose nothing: what was typed comes back, the problem stands above and beside its field.
import type { ReactNode } from "react";
import { createContext, Fragment, useContext, useId } from "react";
import type { Refusal } from "../domain/refusal";
import type { Values } from "../http/respond.server";
import { refusalWords } from "../i18n/refusal-words";
import { useT, useWords } from "../i18n/t";

export type Sent = { refusal: Refusal; values: Values } | undefined;

export const typed = (sent: Sent, name: string, otherwise = ""): string => {
  const value = sent?.values[name];
  return (Array.isArray(value) ? value[0] : value) ?? otherwise;
};
export const typedMany = (sent: Sent, name: string): readonly string[] => {
  const value = sent?.values[name];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
};

const problemOf = (sent: Sent, name: string): Refusal | null => (sent?.refusal.field === name ? sent.refusal : null);

const FormName = createContext("");
/** Several forms of a page may ask for the same thing: inside, a field's id begins with the form's name. */
export function FormFields({ of, children }: { of: string; children?: ReactNode }) {
  return <FormName.Provider value={`${of}-`}>{children}</FormName.Provider>;
}
const idIn = (form: string, name: string): string => `f-${`${form}${name}`.replaceAll(/[^\w-]/g, "-")}`;
/** The id of a field in the form this stands in. */
export function useIdOf(): (name: string) => string {
  const form = useContext(FormName);
  return (name) => idIn(form, name);
}

/** Above the form: what was refused, that nothing is lost, and where to look. `of`: which form of the page it was. */
export function ProblemSummary({ sent, fields, of }: { sent: Sent; fields: Record<string, string>; of?: string | undefined }) {
  const words = useWords();
  if (!sent) return null;
  const { refusal } = sent;
  const { what, why } = refusalWords(refusal, words);
  const field = refusal.field;
  const label = field ? fields[field] : undefined;
  if (!field || label === undefined)
    return (
      <div className="refusal mb-5" role="alert" tabIndex={-1}>
        <p className="head">{what}</p>
        {why && <p className="rule">{why}</p>}
        <p className="rule">{words.t("form.problem.kept")}</p>
      </div>
    );
  return (
    <div className="error-summary" role="alert" tabIndex={-1}>
      <h2>{words.t("form.problem")}</h2>
      <p>{words.t("form.problem.kept")}</p>
      <p>
        <a href={`#${idIn(of ? `${of}-` : "", field)}`}>
          {label.replace(/[?？]$/, "")}: {what}
        </a>
      </p>
    </div>
  );
}

/** `big`: the question is the page's title; `heading`: its only one. */
type FieldProps = { name: string; label: string; hint?: string | undefined; sent?: Sent; big?: boolean | undefined; heading?: boolean | undefined };

function Problem({ sent, name }: { sent: Sent; name: string }) {
  const words = useWords();
  const idOf = useIdOf();
  const refusal = problemOf(sent, name);
  if (!refusal) return null;
  return (
    <p className="msg" id={`${idOf(name)}-problem`}>
      {refusalWords(refusal, words).what}
    </p>
  );
}

const describedBy = (id: string, name: string, hint: unknown, sent: Sent): string | undefined =>
  [hint ? `${id}-hint` : "", problemOf(sent, name) ? `${id}-problem` : ""].filter(Boolean).join(" ") || undefined;

function Labelled({ name, label, hint, sent, big, heading, children }: FieldProps & { children: ReactNode }) {
  const id = useIdOf()(name);
  const title = (
    <label htmlFor={id} className={big ? "title" : undefined}>
      {label}
    </label>
  );
  return (
    <div className={`field${problemOf(sent, name) ? " field-error" : ""}`}>
      {heading ? <h1 className="title">{title}</h1> : title}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Problem sent={sent} name={name} />
      {children}
    </div>
  );
}

export function TextArea({
  rows = 4,
  keep,
  similar,
  required = true,
  max = 2000,
  value,
  ...field
}: FieldProps & { rows?: number; keep?: boolean; similar?: boolean; required?: boolean; max?: number; value?: string }) {
  const t = useT();
  const { name, hint, sent } = field;
  const id = useIdOf()(name);
  return (
    <Labelled {...field}>
      <textarea
        className="input"
        id={id}
        name={name}
        rows={rows}
        // A browser counts some characters twice, and cuts what is pasted without a word: the command counts, and says so.
        maxLength={max * 2}
        defaultValue={typed(sent, name, value)}
        aria-required={required || undefined}
        aria-invalid={problemOf(sent, name) ? true : undefined}
        aria-describedby={describedBy(id, name, hint, sent)}
        data-keep={keep || undefined}
        data-similar={similar ? "/similar" : undefined}
      />
      {keep && (
        <p className="small soft" data-kept hidden>
          {t("form.keptHere")}
        </p>
      )}
    </Labelled>
  );
}

/** `problem`: the name refusals know this field by, when the form asks for it in pieces. */
export function TextInput({
  type = "text",
  value,
  required = true,
  autoComplete,
  inputMode,
  problem,
  ...field
}: FieldProps & { type?: string; value?: string; required?: boolean; autoComplete?: string; inputMode?: "numeric" | "tel" | "text"; problem?: string }) {
  const { name, hint } = field;
  const id = useIdOf()(name);
  const sent = problem && field.sent?.refusal.field === problem ? { ...field.sent, refusal: { ...field.sent.refusal, field: name } } : field.sent;
  return (
    <Labelled {...field} sent={sent}>
      <input
        className="input"
        id={id}
        name={name}
        type={type}
        defaultValue={type === "password" ? "" : typed(sent, name, value)}
        autoComplete={autoComplete}
        inputMode={inputMode}
        aria-required={required || undefined}
        aria-invalid={problemOf(sent, name) ? true : undefined}
        aria-describedby={describedBy(id, name, hint, sent)}
      />
    </Labelled>
  );
}

export type Option = { value: string; label: string; hint?: string | undefined };

/** A few answers as tiles. `more` is what else an answer asks; browsers that can show it only below the one chosen. */
export function Choices({
  options,
  value,
  columns = 2,
  ...field
}: FieldProps & { options: readonly (Option & { more?: ReactNode })[]; value?: string | undefined; columns?: 1 | 2 | 3 }) {
  const { name, label, hint, sent, big } = field;
  const id = useIdOf()(name);
  const chosen = typed(sent, name, value);
  return (
    <fieldset className={`field${problemOf(sent, name) ? " field-error" : ""}`} id={id} aria-describedby={describedBy(id, name, hint, sent)}>
      <legend className={big ? "title" : undefined}>{label}</legend>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Problem sent={sent} name={name} />
      <div className={`choices${columns > 1 ? ` choices-${columns}` : ""}`}>
        {options.map((option) => (
          <Fragment key={option.value}>
            <label className="choice">
              <input type="radio" name={name} value={option.value} defaultChecked={option.value === chosen} />
              <span>
                {option.label}
                {option.hint && <small className="hint under-label">{option.hint}</small>}
              </span>
            </label>
            {option.more && (
              <fieldset className="choice-more">
                <legend className="unseen">{option.label}</legend>
                {option.more}
              </fieldset>
            )}
          </Fragment>
        ))}
      </div>
    </fieldset>
  );
}

/** Several answers, each a row one can press anywhere. */
export function CheckList({ options, values, none, ...field }: FieldProps & { options: readonly Option[]; values: readonly string[]; none: string }) {
  const { name, label, hint, sent } = field;
  const id = useIdOf()(name);
  const chosen = new Set(sent ? typedMany(sent, name) : values);
  return (
    <fieldset className={`field${problemOf(sent, name) ? " field-error" : ""}`} id={id} aria-describedby={describedBy(id, name, hint, sent)}>
      <legend>{label}</legend>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Problem sent={sent} name={name} />
      {options.length === 0 && <p className="soft">{none}</p>}
      <div className="checks">
        {options.map((option) => (
          <label key={option.value} className="check">
            <input type="checkbox" name={name} value={option.value} defaultChecked={chosen.has(option.value)} />
            <span>
              {option.label}
              {option.hint && <small className="hint under-label">{option.hint}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function Select({
  options,
  value,
  required = true,
  empty,
  ...field
}: FieldProps & { options: readonly (Option & { group?: string | undefined })[]; value?: string; required?: boolean; empty?: string }) {
  const t = useT();
  const { name, hint, sent } = field;
  const id = useIdOf()(name);
  const groups = [...new Set(options.map((o) => o.group ?? ""))];
  const list = (of: string) =>
    options
      .filter((o) => (o.group ?? "") === of)
      .map((o) => (
        <option key={o.value} value={o.value}>
          {o.label}
        </option>
      ));
  return (
    <Labelled {...field}>
      <select
        className="input"
        id={id}
        name={name}
        defaultValue={typed(sent, name, value)}
        aria-required={required || undefined}
        aria-invalid={problemOf(sent, name) ? true : undefined}
        aria-describedby={describedBy(id, name, hint, sent)}
      >
        <option value="">{empty ?? t("form.choose")}</option>
        {groups.map((group) =>
          group ? (
            <optgroup key={group} label={group}>
              {list(group)}
            </optgroup>
          ) : (
            <Fragment key="">{list("")}</Fragment>
          ),
        )}
      </select>
    </Labelled>
  );
}

export function PhotoPick({
  photos,
  max,
  sent,
  removable,
  name = "photos",
  label,
}: {
  photos: readonly { id: string }[];
  max: number;
  sent?: Sent;
  removable?: boolean;
  name?: string;
  label?: string;
}) {
  const t = useT();
  const idOf = useIdOf();
  const id = useId();
  return (
    <div className={`field${problemOf(sent, name) ? " field-error" : ""}`} id={idOf(name)}>
      <label htmlFor={id}>{label ?? t("form.photos.add")}</label>
      <p className="hint" id={`${id}-hint`}>
        {t("form.photos.hint", { max })}
      </p>
      <Problem sent={sent} name={name} />
      <PhotoStrip photos={photos} />
      {removable && photos.length > 0 && (
        <p className="btns mt-3">
          {photos.map((photo, n) => (
            <button key={photo.id} className="btn btn-small" name="drop" value={photo.id}>
              {t("form.photos.remove.of", { n: n + 1 })}
            </button>
          ))}
        </p>
      )}
      <input className="input" id={id} type="file" name={name} accept="image/*" multiple aria-describedby={`${id}-hint`} />
    </div>
  );
}

export function FilePick({ accept, ...field }: FieldProps & { accept: string }) {
  const { name, hint, sent } = field;
  const id = useIdOf()(name);
  return (
    <Labelled {...field}>
      <input
        className="input"
        id={id}
        type="file"
        name={name}
        accept={accept}
        aria-invalid={problemOf(sent, name) ? true : undefined}
        aria-describedby={describedBy(id, name, hint, sent)}
      />
    </Labelled>
  );
}

export function PhotoStrip({ photos }: { photos: readonly { id: string }[] }) {
  const t = useT();
  if (photos.length === 0) return null;
  return (
    <div className="photos">
      {photos.map((photo, n) => (
        <a key={photo.id} href={`/files/${photo.id}`}>
          <img src={`/files/${photo.id}?small`} alt={t("photo.alt", { n: n + 1 })} width={128} height={96} loading="lazy" />
        </a>
      ))}
    </div>
  );
}

/** Hidden fields of every form: the version the person saw, and an id that makes a second press the same press. */
export function Sealed({ version, requestId }: { version?: number | undefined; requestId: string }) {
  return (
    <>
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      <input type="hidden" name="requestId" value={requestId} />
    </>
  );
}
