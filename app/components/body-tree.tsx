// The tree of bodies, drawn as the staircase is: the upper level above.
import { useT } from "../i18n/t";
import type { TreeLine } from "../views/setup";

export function BodyTree({
  lines,
  label,
  href,
  current,
}: {
  lines: readonly TreeLine[];
  label: string;
  href: (id: string) => string;
  current?: string | undefined;
}) {
  const t = useT();
  const deepest = Math.max(0, ...lines.map((l) => l.level));
  return (
    <nav aria-label={label}>
      <ul className="tree">
        {lines.map((line) => (
          <li key={line.id}>
            <a href={href(line.id)} aria-current={line.id === current ? "page" : undefined} style={{ "--i": deepest - line.level } as React.CSSProperties}>
              {line.name}
              <small>{t("setup.people", { n: line.people })}</small>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
