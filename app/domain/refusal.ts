// A refusal is a value: a stable code, the figures its sentence needs, and the field it is about.
export type Refusal = { code: string; params: Record<string, string | number>; field?: string };

export type Accepted<T> = { ok: true; value: T };
export type Refused = { ok: false; refusal: Refusal };
export type Outcome<T> = Accepted<T> | Refused;

export function refuse(code: string, params: Refusal["params"] = {}, field?: string): Refused {
  return { ok: false, refusal: field ? { code, params, field } : { code, params } };
}

export function accept<T>(value: T): Accepted<T> {
  return { ok: true, value };
}
