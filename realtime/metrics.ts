// What the server did, in numbers a monitor reads (Prometheus text).
const bounds = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] as const;

/** Durations in milliseconds, counted in buckets. */
export class Durations {
  readonly counts = new Array<number>(bounds.length + 1).fill(0);
  sum = 0;
  count = 0;
  add(ms: number): void {
    let n = 0;
    while (n < bounds.length && ms > (bounds[n] ?? 0)) n++;
    this.counts[n] = (this.counts[n] ?? 0) + 1;
    this.sum += ms;
    this.count++;
  }
}

export class Metrics {
  readonly commits = new Durations();
  readonly fanOut = new Durations();
  readonly folds = new Durations();
  updates = 0;
  deliveries = 0;
  bytesIn = 0;
  bytesOut = 0;
  resyncs = 0;
  readonly cut = new Map<string, number>();

  text(now: { rooms: number; sockets: number; logBytes: number }): string {
    const lines: string[] = [];
    const gauge = (name: string, value: number) => lines.push(`# TYPE yishi_live_${name} gauge`, `yishi_live_${name} ${value}`);
    const counter = (name: string, value: number) => lines.push(`# TYPE yishi_live_${name} counter`, `yishi_live_${name} ${value}`);
    const durations = (name: string, d: Durations) => {
      lines.push(`# TYPE yishi_live_${name}_ms histogram`);
      let sum = 0;
      for (const [n, bound] of bounds.entries()) {
        sum += d.counts[n] ?? 0;
        lines.push(`yishi_live_${name}_ms_bucket{le="${bound}"} ${sum}`);
      }
      lines.push(
        `yishi_live_${name}_ms_bucket{le="+Inf"} ${d.count}`,
        `yishi_live_${name}_ms_sum ${d.sum.toFixed(3)}`,
        `yishi_live_${name}_ms_count ${d.count}`,
      );
    };
    gauge("rooms", now.rooms);
    gauge("sockets", now.sockets);
    gauge("unfolded_bytes", now.logBytes);
    counter("updates_total", this.updates);
    counter("deliveries_total", this.deliveries);
    counter("received_bytes_total", this.bytesIn);
    counter("sent_bytes_total", this.bytesOut);
    counter("resyncs_total", this.resyncs);
    lines.push("# TYPE yishi_live_cut_total counter");
    for (const [reason, n] of this.cut) lines.push(`yishi_live_cut_total{reason="${reason}"} ${n}`);
    durations("commit", this.commits);
    durations("fan_out", this.fanOut);
    durations("fold", this.folds);
    return `${lines.join("\n")}\n`;
  }
}
