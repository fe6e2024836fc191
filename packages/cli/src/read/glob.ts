/** Whether a name fits a pattern in which `*` stands for any characters and `?` for one. */
export function fitsGlob(name: string, pattern: string): boolean {
  let [at, inside] = [0, 0]
  let [star, from] = [-1, 0]
  while (at < name.length) {
    if (inside < pattern.length && pattern[inside] === '*') {
      star = inside++
      from = at
    } else if (inside < pattern.length && (pattern[inside] === '?' || pattern[inside] === name[at])) {
      at += 1
      inside += 1
    } else if (star !== -1) {
      inside = star + 1
      at = ++from
    } else return false
  }
  return /^\**$/.test(pattern.slice(inside))
}
