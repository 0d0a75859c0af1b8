// A paper to read on a screen: the same blocks that are printed, in the product's own type.
import { ink, inkPath } from "../domain/ink";
import { unbroken } from "../domain/number";
import type { Block, Cell, Piece } from "../papers/paper";
import type { PaperPage } from "../views/paper-page";
import { InOrder } from "./in-order";
import { Phrase } from "./phrase";

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
        <h1 className="title paper-title">
          <Phrase>{sheet.title}</Phrase>
        </h1>
      )}
      <InOrder of={sheet.blocks} each={(block) => <Part block={block} />} />
    </article>
  );
}

function Part({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading": {
      const Heading = block.level === 1 ? "h2" : block.level === 2 ? "h3" : "h4";
      return (
        <Heading>
          <Said text={block.text} />
        </Heading>
      );
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
          <span>
            <Said text={block.text} />
          </span>
        </p>
      );
    case "table":
      return (
        <div className="paper-table">
          <table>
            <tbody>
              <InOrder
                of={block.rows}
                each={(row) => (
                  <tr>
                    <InOrder of={row} each={(cell) => <Box cell={cell} />} />
                  </tr>
                )}
              />
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

function Ink({ strokes, label }: { strokes: readonly (readonly number[])[]; label: string }) {
  return (
    <svg className="paper-ink" viewBox={`0 0 ${ink.width} ${ink.height}`} role="img" aria-label={label}>
      <path d={inkPath(strokes)} fill="none" stroke="currentColor" strokeWidth={ink.line} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

function Box({ cell }: { cell: Cell }) {
  const Tag = cell.header ? "th" : "td";
  return (
    <Tag>
      <InOrder
        of={cell.lines}
        each={(line) => (
          <p>
            <Pieces pieces={line} />
          </p>
        )}
      />
    </Tag>
  );
}

/** Words with their numbers whole. */
const Said = ({ text }: { text: string }) => (
  <InOrder of={unbroken(text)} each={({ text, whole }) => (whole ? <span className="nowrap">{text}</span> : text)} />
);

const Pieces = ({ pieces }: { pieces: readonly Piece[] }) => (
  <InOrder
    of={pieces}
    each={({ text, bold, href }) => {
      const words = bold ? (
        <strong>
          <Said text={text} />
        </strong>
      ) : (
        <Said text={text} />
      );
      return href ? (
        <a href={href} rel="noopener noreferrer nofollow">
          {words}
        </a>
      ) : (
        words
      );
    }}
  />
);
