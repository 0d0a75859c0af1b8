// Latencies counted in buckets two percent wide, so that a million of them cross a process boundary cheaply.

const base = Math.log(1.02);
const smallest = 0.01;

export type Histogram = number[];

export function add(histogram: Histogram, ms: number): void {
  const bucket = ms <= smallest ? 0 : Math.ceil(Math.log(ms / smallest) / base);
  while (histogram.length <= bucket) histogram.push(0);
  histogram[bucket] = (histogram[bucket] ?? 0) + 1;
}

export function merge(histograms: Histogram[]): Histogram {
  const sum: Histogram = [];
  for (const histogram of histograms) {
    histogram.forEach((count, bucket) => {
      while (sum.length <= bucket) sum.push(0);
      sum[bucket] = (sum[bucket] ?? 0) + count;
    });
  }
  return sum;
}

/** The latency in ms which `share` of the counted ones stay below; null when there are none. */
export function percentile(histogram: Histogram, share: number): number | null {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  for (const [bucket, count] of histogram.entries()) {
    seen += count;
    if (seen >= total * share) return smallest * Math.exp(bucket * base);
  }
  return null;
}
