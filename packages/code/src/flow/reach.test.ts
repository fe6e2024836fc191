import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { summarizeModule } from '../summary/summarize-module.ts'
import { hold, link, memberIn, partOf, Place } from './place.ts'
import { Reach } from './reach.ts'

/** A class as minifiers write it: private members with short names, and methods that hand all they have to one another. */
function minifiedClass(methods: number): string {
  const members = Array.from({ length: methods }, (_, index) => {
    const [next, far] = [(index + 1) % methods, (index * 7 + 3) % methods]
    return (
      `#f${index};#m${index}(t,e={}){let{a:i=this.#f${far},b:s}=e,r=this.#f${index};` +
      `if(r===void 0)return this.#m${next}(t,{...e,c:i});` +
      `r.push(this.#m${far}(s,e));this.#f${next}=(n,o)=>{this.#f${index}[n]=o;return this.#m${index}(o,r)};` +
      `return r.map(n=>this.#f${far}(n,t))}`
    )
  })
  return `export class L{${members.join('')}get(t,e){return this.#m0(t,e)}}`
}

function visitsFor(methods: number): number {
  const before = Reach.visits
  summarizeModule({ file: 'l.js', text: minifiedClass(methods) })
  return Reach.visits - before
}

describe('the analysis of a class whose methods all lead to one another', () => {
  it('comes to four times as many places where it has four times as many methods', () => {
    const ratio = visitsFor(24) / visitsFor(6)
    expect(ratio).toBeGreaterThan(3)
    expect(ratio).toBeLessThan(6)
  }, 60_000)
})

type Link = readonly ['from' | 'whole' | 'owner' | 'held', from: number, to: number]

const PLACES = 9
const links: fc.Arbitrary<readonly Link[]> = fc.array(
  fc.tuple(
    fc.constantFrom('from' as const, 'whole' as const, 'owner' as const, 'held' as const),
    fc.nat(PLACES - 1),
    fc.nat(PLACES - 1),
  ),
  { maxLength: 24 },
)

function netOf(given: readonly Link[]): readonly Place[] {
  const places = Array.from({ length: PLACES }, (_, index) =>
    index % 2 === 0 ? new Place({ captured: `v${index}`, isExact: index % 4 === 0 }) : new Place(),
  )
  for (const [kind, from, to] of given) {
    const [a, b] = [places[from], places[to]]
    if (a === undefined || b === undefined) continue
    if (kind === 'from') link(a, b)
    else if (kind === 'held') hold(a, b)
    else link(kind === 'whole' ? partOf(a) : memberIn(a), b)
  }
  return places
}

/** The same by walking from one place to the next, without knots. */
function walked(start: Place, startMode: 'self' | 'part'): readonly string[] {
  const met = new Set<string>()
  const seen = new Map<Place, Set<string>>()
  const queue: [Place, 'self' | 'member' | 'part'][] = [[start, startMode]]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [place, mode] = next
    const modes = seen.get(place) ?? new Set()
    seen.set(place, modes)
    if (modes.has(mode)) continue
    modes.add(mode)
    if (place.source !== undefined) met.add(`${place.source.captured} ${mode === 'self' ? 'self' : 'part'}`)
    for (const one of place.from?.items ?? []) queue.push([one, mode])
    for (const one of place.wholes?.items ?? []) queue.push([one, 'part'])
    for (const one of place.owners?.items ?? []) queue.push([one, mode === 'self' ? 'member' : 'part'])
    if (mode === 'self') continue
    for (const one of place.held?.items ?? []) {
      queue.push([one, 'self'])
      if (mode === 'part' || place.source?.isExact !== true) queue.push([one, 'part'])
    }
  }
  return [...met].toSorted()
}

describe('the values of a place', () => {
  it('are those that a walk through the net meets, in whatever order is asked', () => {
    fc.assert(
      fc.property(links, fc.array(fc.tuple(fc.nat(PLACES - 1), fc.boolean()), { minLength: 1 }), (given, questions) => {
        const places = netOf(given)
        const reach = new Reach()
        for (const [index, isPart] of questions) {
          const place = places[index]
          if (place === undefined) continue
          const met = Array.from(reach.of(place, isPart).met, (one) => {
            return `${one.place.source?.captured} ${one.isPart ? 'part' : 'self'}`
          })
          expect([...new Set(met)].toSorted()).toEqual(walked(place, isPart ? 'part' : 'self'))
        }
      }),
    )
  })
})
