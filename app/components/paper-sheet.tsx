// A paper to read on a screen: the same blocks that are printed, in the product's own type.
import { Fragment } from "react";
import type { Block, Cell, Piece } from "../papers/paper";
import type { PaperPage } from "../views/paper-page";

export function PaperSheet({ sheet }: { sheet: PaperPage["sheet"] }) {
  return (
    <article className="paper">
      {sheet.masthead ? (
        <>
          <h1 className="paper-masthead">{sheet.title}</h1>
          <p className="center num">{sheet.masthead.number}</p>
          <p className="paper-office">
            <span>{sheet.masthead.office}</span>
            <span className="num">{sheet.masthead.date}</span>
          </p>
        </>
      ) : (
        <h1 className="title paper-title">{sheet.title}</h1>
      )}
      {sheet.blocks.map((block, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is frozen never changes its places
        <Part key={n} block={block} />
      ))}
    </article>
  );
}

function Part({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading": {
      const Heading = block.level === 1 ? "h2" : block.level === 2 ? "h3" : "h4";
      return <Heading>{block.text}</Heading>;
    }
    case "paragraph":
      return (
        <p>
          <Pieces pieces={block.pieces} />
        </p>
      );
    case "entry":
      return (
        <p className="paper-entry" style={{ "--depth": block.depth } as React.CSSProperties}>
          <span className="num">{block.mark}</span> <Pieces pieces={block.pieces} />
        </p>
      );
    case "fact":
      return (
        <p className="paper-fact">
          <b>{block.label}</b>
          <span>{block.text}</span>
        </p>
      );
    case "table":
      return (
        <div className="paper-table">
          <table>
            <tbody>
              {block.rows.map((row, y) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <tr key={y}>
                  {row.map((cell, x) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: see above
                    <Box key={x} cell={cell} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "image":
      return <img src={`/files/${block.photoId}`} alt={block.alt} loading="lazy" />;
    case "blank":
      return null;
    case "signature":
      return (
        <p className="paper-signature">
          <span>{block.label}</span>
          {block.hand?.kind === "text" && <b className="paper-hand">{block.hand.text}</b>}
          {block.hand?.kind === "ink" && <Ink strokes={block.hand.strokes} label={block.label} />}
          <span className="small soft">{block.at}</span>
        </p>
      );
    case "note":
      return <p className="small soft paper-note">{block.text}</p>;
  }
}

/** What a finger drew on 600 × 200. */
function Ink({ strokes, label }: { strokes: readonly (readonly number[])[]; label: string }) {
  const d = strokes
    .map((stroke) => `M${Array.from({ length: Math.floor(stroke.length / 2) }, (_, n) => `${stroke[2 * n]} ${stroke[2 * n + 1]}`).join("L")}`)
    .join("");
  return (
    <svg className="paper-ink" viewBox="0 0 600 200" role="img" aria-label={label}>
      <path d={d} fill="none" stroke="currentColor" strokeWidth="7" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

function Box({ cell }: { cell: Cell }) {
  const Tag = cell.header ? "th" : "td";
  return (
    <Tag>
      {cell.lines.map((line, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <p key={n}>
          <Pieces pieces={line} />
        </p>
      ))}
    </Tag>
  );
}

const Pieces = ({ pieces }: { pieces: readonly Piece[] }) => (
  <>
    {pieces.map(({ text, bold, href }, n) => {
      const words = bold ? <strong>{text}</strong> : text;
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Fragment key={n}>
          {href ? (
            <a href={href} rel="noopener noreferrer nofollow">
              {words}
            </a>
          ) : (
            words
          )}
        </Fragment>
      );
    })}
  </>
);
