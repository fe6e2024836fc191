import type { ClassMember } from '../summary/module-summary.ts'

/** Whether members of a class change no instance: neither by themselves, nor by members of it that they use. */
export function keepsInstance(members: readonly ClassMember[], names: readonly string[]): boolean {
  const known = new Set(members.map(({ name }) => name))
  if (known.size === 0 || names.some((name) => !known.has(name))) return false
  const seen = new Set<string>()
  const queue = [...names]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    if (name === '*') return false
    for (const one of members) {
      if (one.name !== name) continue
      if (one.hasChange === true) return false
      queue.push(...one.uses)
    }
  }
  return true
}
