// Changes a page into what the server would send now, node by node: what is the same stays the same node, so focus,
// scrolling, open details and typed words stay where they are.

const nameOf = (node: Node): string | null => (node instanceof Element ? node.id || node.getAttribute("data-key") : null);
const alike = (a: Node, b: Node): boolean => a.nodeName === b.nodeName && nameOf(a) === nameOf(b);

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Whether somebody is filling in a form: something typed or chosen in it is not what the server put there. */
export function filling(form: HTMLFormElement): boolean {
  return [...form.elements].some((element) => {
    const field = element as Field;
    if (field instanceof HTMLSelectElement) return [...field.options].some((o) => o.selected !== o.defaultSelected && field.value !== "");
    if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
    if (!(field instanceof HTMLInputElement) || field.type === "hidden") return false;
    return field.type === "radio" || field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  });
}

/** Typed words, which no change of the page may take. */
const typed = (node: Node): boolean =>
  node instanceof Element &&
  [...node.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, input:not([type])")].some((f) => f.value !== f.defaultValue);

/**
 * Makes `from` like `to`. A form somebody is filling in is left alone, and one with typed words is kept even where the new
 * page has none. What must be seen until the next press (`data-stays`: a refusal) stays, unless this answers a press.
 */
export function morph(from: Element, to: Element, press: boolean): void {
  const active = document.activeElement;
  change(from, to, press);
  // A node that had to move has lost the focus.
  if (active instanceof HTMLElement && active !== document.activeElement && active.isConnected) active.focus();
}

function change(from: Element, to: Element, press: boolean): void {
  if (from.isEqualNode(to)) return;
  // A button that names what is chosen belongs to its form, wherever it stands.
  const form = from instanceof HTMLButtonElement && "names" in from.dataset ? from.form : from;
  if (form instanceof HTMLFormElement && filling(form) && !(press && form.dataset.sent)) return;
  attributes(from, to);
  children(from, to, press);
  if (from instanceof HTMLFormElement && press && from.dataset.sent && !from.querySelector(".field-error")) from.reset();
}

function attributes(from: Element, to: Element): void {
  for (const { name } of [...from.attributes])
    if (!to.hasAttribute(name) && !(from instanceof HTMLDetailsElement && name === "open") && name !== "data-sent") from.removeAttribute(name);
  for (const { name, value } of [...to.attributes]) {
    if (from instanceof HTMLDetailsElement && name === "open") continue;
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
}

function children(from: Element, to: Element, press: boolean): void {
  let at: ChildNode | null = from.firstChild;
  const wanted = [...to.childNodes];
  for (const [n, next] of wanted.entries()) {
    // What stays without a place of its own on the new page is stepped over.
    for (let node: ChildNode | null = at; node && stays(node, press) && !later(wanted, n, node); node = node.nextSibling) at = node.nextSibling;
    const match = find(at, next);
    if (!match) {
      from.insertBefore(document.importNode(next, true), at);
      continue;
    }
    if (match !== at) from.insertBefore(match, at);
    else at = at.nextSibling;
    if (match instanceof Element && next instanceof Element) change(match, next, press);
    else if (match.nodeValue !== next.nodeValue) match.nodeValue = next.nodeValue;
  }
  while (at) {
    const after: ChildNode | null = at.nextSibling;
    if (!stays(at, press)) at.remove();
    at = after;
  }
}

const later = (wanted: readonly Node[], from: number, node: Node): boolean => wanted.some((next, n) => n >= from && alike(node, next));
const stays = (node: ChildNode, press: boolean): boolean => (node instanceof Element && !press && node.hasAttribute("data-stays")) || typed(node);

/** The node that `next` was before: the same name, or, without a name, the next of its kind. */
function find(at: ChildNode | null, next: Node): ChildNode | null {
  const named = nameOf(next) !== null;
  for (let node = at; node; node = node.nextSibling) {
    if (alike(node, next)) return node;
    if (!named && nameOf(node) === null && node.nodeType === next.nodeType && node.nodeType === Node.ELEMENT_NODE) return null;
  }
  return null;
}
