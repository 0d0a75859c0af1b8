// Streams to pages that are open: so many for each person.
/** As many as a person may have sockets. */
const mostEach = 40;

export class Streams {
  private readonly open = new Map<string, number>();

  /** One more page of this person follows something. @returns what to call when it does no more, or null when they have too many. */
  enter(personId: string): (() => void) | null {
    const before = this.open.get(personId) ?? 0;
    if (before >= mostEach) return null;
    this.open.set(personId, before + 1);
    return () => {
      const left = (this.open.get(personId) ?? 1) - 1;
      if (left === 0) this.open.delete(personId);
      else this.open.set(personId, left);
    };
  }
}
