/** What a picture shows, without what differs from run to run: times, spinners, and the order of steps that run at once. */
export function pictureText(svg: string): string {
  const rows = new Map<string, string>()
  for (const [, y = '', text = ''] of svg.matchAll(/<text [^>]*y="(\d+)"[^>]*>([^<]*)<\/text>/g)) {
    rows.set(y, `${rows.get(y) ?? ''}${text}`)
  }
  const texts = [...rows.values()].map((row) =>
    row
      .replaceAll(/\d+/g, '0')
      .replaceAll(/[\u2800-\u28FF]/g, '*')
      .trimEnd(),
  )
  return texts.toSorted().join('\n')
}
